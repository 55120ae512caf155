#!/usr/bin/env bash
# Makes .venv with the pinned dependencies; called by `make setup`.
set -euo pipefail
cd "$(dirname "$0")"

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=""
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.14; do
  if new_enough "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
  echo "LibCoach needs Python 3.11 or newer; install it, or name it: make setup PYTHON=/path/to/python" >&2
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { [ -x .venv/bin/python ] && new_enough .venv/bin/python; }; then
  echo "LibCoach: making .venv with $("$python" --version)"
  rm -rf .venv
  if ! "$python" -m venv .venv >"$log" 2>&1; then
    cat "$log" >&2
    echo "Python could not make a virtual environment (on Debian: apt-get install python3-venv)." >&2
    exit 1
  fi
fi

echo "LibCoach: installing the pinned dependencies (once, about 1.5 GB; two to four minutes)"
export PIP_CONSTRAINT="$PWD/constraints.txt" PIP_DISABLE_PIP_VERSION_CHECK=1
if [ -t 1 ]; then progress=(--progress-bar on); else progress=(-q --progress-bar off); fi
.venv/bin/python -m pip install "${progress[@]}" --no-warn-script-location \
  -r <(.venv/bin/python - <<'PY'
import tomllib
project = tomllib.load(open("pyproject.toml", "rb"))
print("\n".join(project["project"]["dependencies"] + project["dependency-groups"]["dev"]))
PY
)
.venv/bin/python -m pip install -q --no-deps -e .
touch .venv/ready
echo "LibCoach: ready"
