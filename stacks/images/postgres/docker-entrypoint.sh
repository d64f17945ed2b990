#!/bin/bash
# Starts Postgres; on an empty data directory creates the cluster first, as the official image does:
# POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB, POSTGRES_INITDB_ARGS, each also as ..._FILE, then every *.sh, *.sql and
# *.sql.gz of /docker-entrypoint-initdb.d in order. Until all of that is done nothing listens on TCP, and the cluster
# stands in a folder of its own: a first start that failed or was killed leaves nothing that the next would mistake for
# a database.
set -euo pipefail

setting() { # NAME DEFAULT: the variable, or the content of the file that NAME_FILE names
  local name=$1 file=${1}_FILE
  if [ -n "${!file:-}" ]; then
    [ -z "${!name:-}" ] || die "both $name and $file are set; give one"
    printf '%s' "$(<"${!file}")"
  else
    printf '%s' "${!name:-$2}"
  fi
}

die() {
  echo "postgres: $*" >&2
  exit 1
}

create_cluster() {
  local password user database cluster=$PGDATA/unfinished
  password=$(setting POSTGRES_PASSWORD '')
  user=$(setting POSTGRES_USER postgres)
  database=$(setting POSTGRES_DB "$user")
  [ -n "$password" ] || die "the data directory is empty and no password given; set POSTGRES_PASSWORD_FILE"
  [ ! -d "$cluster" ] || find "$PGDATA" -mindepth 1 -delete

  # shellcheck disable=SC2046  # the arguments are words by intent
  initdb --pgdata="$cluster" --username="$user" --pwfile=<(printf '%s\n' "$password") \
    --auth-local=trust --auth-host=scram-sha-256 $(setting POSTGRES_INITDB_ARGS '')
  echo 'host all all all scram-sha-256' >>"$cluster/pg_hba.conf"

  pg_ctl --pgdata="$cluster" --options="-c listen_addresses=''" --wait --silent start
  export PGUSER=$user PGDATABASE=postgres PGHOST=''
  if [ "$database" != postgres ]; then
    psql --no-psqlrc --set=ON_ERROR_STOP=1 --set=name="$database" --quiet <<<'CREATE DATABASE :"name"'
  fi
  export PGDATABASE=$database
  run_init_files
  unset PGUSER PGDATABASE PGHOST
  pg_ctl --pgdata="$cluster" --mode=fast --wait --silent stop

  # PG_VERSION, by which a finished cluster is known, comes last.
  find "$cluster" -mindepth 1 -maxdepth 1 ! -name PG_VERSION -exec mv --target-directory="$PGDATA" {} +
  mv "$cluster/PG_VERSION" "$PGDATA"
  rmdir "$cluster"
}

run_init_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    [ -e "$file" ] || continue
    echo "postgres: running $file"
    case $file in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) psql --no-psqlrc --set=ON_ERROR_STOP=1 --file="$file" ;;
      *.sql.gz) gunzip --stdout "$file" | psql --no-psqlrc --set=ON_ERROR_STOP=1 ;;
      *) echo "postgres: ignoring $file" ;;
    esac
  done
}

[ $# -gt 0 ] && [ "${1:0:1}" != - ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
  [ -s "$PGDATA/PG_VERSION" ] || create_cluster
  unset POSTGRES_PASSWORD
fi
exec "$@"
