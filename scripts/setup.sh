#!/bin/sh
# Prepares everything the project needs in its own folder: uv, Python 3.10, the locked packages.
# Usage: scripts/setup.sh [--dev]      Log: var/setup.log
set -u
cd "$(dirname "$0")/.." || exit 1
mkdir -p var .tools
LOG=var/setup.log
: > "$LOG"
unset VIRTUAL_ENV
export UV_COMPILE_BYTECODE=1 UV_NO_PROGRESS=1

now() { date +%s; }
ok() { printf '✓ %s (%s s)\n' "$1" "$(($(now) - $2))"; }
fail() { printf '✗ %s\n' "$1" >&2; printf '  Journal : %s\n' "$LOG" >&2; exit 1; }

why() {  # the one sentence for what went wrong, from the log
  if grep -qiE 'dns error|error sending request|failed to fetch|connection refused|name resolution|no address|timed out|could not connect|NewConnectionError|ProxyError|from versions: none' "$LOG"; then
    echo "Le réseau ne répond pas : il faut accéder à PyPI pour installer les paquets."
  elif grep -qiE "command '(gcc|cc|clang|x86_64[^']*)'|no compiler|gcc: (command )?not found|unable to execute 'gcc'|Python\.h" "$LOG"; then
    echo "Il manque un compilateur C ou les en-têtes de Python (Debian : apt install build-essential python3-dev)."
  elif grep -qi 'no space left' "$LOG"; then
    echo "Le disque est plein."
  else
    echo "$1"
  fi
}

find_uv() {
  for candidate in .tools/uv/bin/uv "$(command -v uv 2>/dev/null)" "$HOME/.local/bin/uv"; do
    if [ -n "$candidate" ] && "$candidate" --version >>"$LOG" 2>&1; then UV=$candidate; return 0; fi
  done
  return 1
}

install_uv() {
  # PYENV_VERSION: with our .python-version, pyenv would offer 3.10 only, which may not be there.
  for python in python3 /usr/bin/python3 python3.13 python3.12 python3.11 python3.10; do
    for version in '' system; do
      if PYENV_VERSION=$version "$python" -m pip --version >/dev/null 2>&1; then
        PYENV_VERSION=$version "$python" -m pip install --quiet --disable-pip-version-check \
          --root-user-action=ignore --upgrade --target .tools/uv uv >>"$LOG" 2>&1 && find_uv && return 0
      fi
    done
  done
  return 1
}

started=$(now)
find_uv || install_uv || fail "$(why "uv n’a pas pu être installé : installez-le (https://docs.astral.sh/uv/) ou installez pip.")"
ok "uv" "$started"

started=$(now)
if ! "$UV" python find 3.10 >>"$LOG" 2>&1; then
  "$UV" python install 3.10 >>"$LOG" 2>&1 ||
    fail "Python 3.10 est introuvable et n’a pas pu être installé : installez-le (pyenv install 3.10) puis relancez."
fi
ok "Python 3.10" "$started"

started=$(now)
groups=--no-dev
stamp=.venv/.ready
if [ "${1:-}" = --dev ]; then groups='--group dev'; stamp=.venv/.ready-dev; fi
if [ ! -f "$stamp" ] || [ uv.lock -nt "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
  # --inexact: what tests need stays when the service is prepared again.
  # shellcheck disable=SC2086
  "$UV" sync --frozen --inexact $groups >>"$LOG" 2>&1 ||
    fail "$(why "Les paquets n’ont pas pu être installés.")"
  touch "$stamp"
fi
ok "Paquets" "$started"
