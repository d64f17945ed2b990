#!/bin/bash
# Deletes the oldest daily log indices: those older than KEEP_DAYS, then as many as it takes for
# all of them to fit into KEEP_MEGABYTES. Never the current day's. What Elasticsearch refused is one
# index: kept as long, and begun anew when it takes a tenth of that space. Tells one JSON line for
# each index deleted, and one when Elasticsearch stops or starts answering.
set -u
: "${ELASTICSEARCH_URL:?}" "${KEEP_DAYS:?}" "${KEEP_MEGABYTES:?}" "${EVERY_SECONDS:?}"
trap 'exit 0' TERM INT

say() { # level message [more JSON members]
  printf '{"@timestamp":"%s","log.level":"%s","service.name":"log-retention","message":"%s"%s}\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" "$1" "$2" "${3:+,$3}"
}

ask() { # method path
  curl --silent --show-error --fail --max-time 20 --request "$1" "$ELASTICSEARCH_URL/$2"
}

# "name bytes", oldest first: the day is in the name.
daily_indices() {
  ask GET '_cat/indices/filebeat-*?h=index,store.size&bytes=b&s=index' |
    grep -E '^filebeat-[0-9]{4}\.[0-9]{2}\.[0-9]{2} '
}

delete() { # index reason
  if ask DELETE "$1" >/dev/null; then
    say INFO "deleted $1: $2" "\"index\":\"$1\""
  else
    say ERROR "could not delete $1" "\"index\":\"$1\""
    return 1
  fi
}

round() {
  local today oldest total=0 index bytes
  today="filebeat-$(date -u +%Y.%m.%d)"
  oldest="filebeat-$(date -u -d "$KEEP_DAYS days ago" +%Y.%m.%d)"
  local -a names=() sizes=()
  while read -r index bytes; do
    names+=("$index")
    sizes+=("${bytes:-0}")
    total=$((total + ${bytes:-0}))
  done < <(daily_indices)
  for i in "${!names[@]}"; do
    index="${names[i]}"
    [[ "$index" < "$today" ]] || break
    if [[ "$index" < "$oldest" ]]; then
      delete "$index" "older than $KEEP_DAYS days" || continue
    elif ((total > KEEP_MEGABYTES * 1024 * 1024)); then
      delete "$index" "all days together exceed $KEEP_MEGABYTES MB" || continue
    else
      break
    fi
    total=$((total - sizes[i]))
  done
}

refused() {
  local bytes
  bytes=$(ask GET '_cat/indices/rejected-logs*?h=store.size&bytes=b') && [[ -n $bytes ]] || return 0
  if ((bytes > KEEP_MEGABYTES * 1024 * 1024 / 10)); then
    delete rejected-logs "it takes more than a tenth of $KEEP_MEGABYTES MB"
  else
    ask POST "rejected-logs/_delete_by_query?conflicts=proceed&q=@timestamp:%3Cnow-${KEEP_DAYS}d" \
      >/dev/null
  fi
}

answering=unknown
while true; do
  if ask GET '' >/dev/null 2>&1; then
    [[ $answering == no ]] && say INFO "Elasticsearch answers again"
    answering=yes
    round
    refused
  else
    [[ $answering == yes ]] && say WARN "Elasticsearch does not answer"
    answering=no
  fi
  # In the background, so that a signal ends the wait.
  sleep "$EVERY_SECONDS" &
  wait $!
done
