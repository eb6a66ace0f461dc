# Shared by the scripts beside this file: where things are, how to speak, how to find Python.
# Written for bash 3.2, which is what macOS brings.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
cd "$ROOT"

say() { printf '%s\n' "$*" >&2; }

# One clear sentence in English and one in Chinese, then the end.
give_up() {
  say "$1"
  say "$2"
  exit 1
}

# Print the comment at the head of a script as its help.
help_of() {
  sed -n '2,/^[^#]/{/^#/!d;s/^# \{0,1\}//;p;}' "$1"
}

asks_for_help() {
  local word
  for word in "$@"; do
    case "$word" in -h | --help) return 0 ;; esac
  done
  return 1
}

# The first Python on this machine that is 3.11 or newer.
find_python() {
  local name
  for name in ${NIANGJIA_PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo "$@"
  else
    return 1
  fi
}
