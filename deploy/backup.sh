#!/bin/sh
# Copies the whole database to a file: nothing is kept that cannot be read back.
#   QVE_DATABASE_URL=… deploy/backup.sh FOLDER [DAYS]
# DAYS (14): older copies in FOLDER are removed; what a person erased is gone from all of them then.
# The keys (QVE_SECRET_KEYS, or var/secret.key and var/push.key) are not in it: keep them elsewhere, apart.
set -eu
umask 077
folder=${1:?usage: backup.sh FOLDER [DAYS]}
days=${2:-14}
url=${QVE_DATABASE_URL:?the database to copy}
mkdir -p "$folder"
name="$folder/qve-$(date -u +%Y%m%dT%H%M%SZ)"

case $url in
postgresql*)
  file=$name.pgdump
  # Our URLs name their driver; PostgreSQL's own tools do not know it.
  pg_dump --format=custom --compress=6 --no-owner --no-privileges \
    --dbname "postgresql://${url#*://}" --file "$file.partial"
  pg_restore --list "$file.partial" >/dev/null
  ;;
sqlite*)
  file=$name.sqlite3
  python3 - "/${url#*:////}" "$file.partial" <<'COPY'
import sqlite3, sys
source = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
copy = sqlite3.connect(sys.argv[2])
with copy:
    source.backup(copy)
[[found]] = copy.execute("PRAGMA integrity_check").fetchall()
sys.exit(found != "ok")
COPY
  ;;
*) echo "backup.sh: unknown kind of database" >&2; exit 2 ;;
esac

mv "$file.partial" "$file"
(cd "$folder" && sha256sum "$(basename "$file")" >"$(basename "$file").sha256")
find "$folder" -maxdepth 1 -name 'qve-*' -mtime "+$days" -delete
echo "$file"
