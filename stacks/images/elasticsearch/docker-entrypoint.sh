#!/bin/bash
# Starts the node as process 1; any other program is run as it stands.
set -euo pipefail

case ${1:-eswrapper} in
  eswrapper | elasticsearch) ;;
  *) exec "$@" ;;
esac
read -ra options <<<"${ES_JAVA_OPTS:-}"
exec java @/usr/share/elasticsearch/java-options "${options[@]}" dev.platformkit.elasticsearch.EmbeddedNode
