#!/bin/bash
# Takes a Consul command with or without the leading "consul"; an agent gets the image's data and config directories
# first, so that the same flags given later win. Anything else is run as it stands.
set -euo pipefail

case ${1:-} in
  -*) set -- consul "$@" ;;
  agent) set -- consul "$@" ;;
  *) [[ "$(consul --help "${1:-}" 2>&1)" != *"consul ${1:-} "* ]] || set -- consul "$@" ;;
esac
if [ "$1" = consul ] && [ "${2:-}" = agent ]; then
  shift 2
  set -- consul agent -data-dir=/consul/data -config-dir=/consul/config "$@"
fi
exec "$@"
