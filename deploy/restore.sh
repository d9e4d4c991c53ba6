#!/bin/sh
# Puts a copy back into an EMPTY database, then lets the service bring its schema up to date.
#   QVE_DATABASE_URL=… deploy/restore.sh FILE
# Stop the service first. Whoever erased everything after the copy was made is in it again: see
# docs/exploitation.md, « Restaurer ».
set -eu
umask 077
file=${1:?usage: restore.sh FILE}
url=${QVE_DATABASE_URL:?the empty database to fill}
[ -f "$file" ] || { echo "restore.sh: no such file: $file" >&2; exit 1; }
if [ -f "$file.sha256" ]; then
  (cd "$(dirname "$file")" && sha256sum --check --quiet "$(basename "$file").sha256")
fi

case $url in
postgresql*)
  target="postgresql://${url#*://}"
  tables=$(psql --no-psqlrc --tuples-only --no-align --dbname "$target" \
    --command "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
  [ "$tables" = 0 ] || { echo "restore.sh: the database is not empty" >&2; exit 1; }
  pg_restore --exit-on-error --single-transaction --no-owner --no-privileges \
    --dbname "$target" "$file"
  ;;
sqlite*)
  target="/${url#*:////}"
  [ ! -e "$target" ] || { echo "restore.sh: the database is not empty" >&2; exit 1; }
  mkdir -p "$(dirname "$target")"
  cp "$file" "$target.partial"
  mv "$target.partial" "$target"
  ;;
*) echo "restore.sh: unknown kind of database" >&2; exit 2 ;;
esac
echo "restored: $file"
