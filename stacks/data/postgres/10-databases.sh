#!/bin/bash
# A database and a role per service, each closed to the others. Runs once, when the volume is
# empty; sourced or executed, both are fine. psql reads the passwords itself, so that none ever
# stands on a command line or in the environment.
set -e
for service in user category product cart order; do
  psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --set=service="$service" \
    --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\set password_file /run/secrets/ :service -db-password
\set password `cat :password_file`
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done

psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 \
  --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
SQL
