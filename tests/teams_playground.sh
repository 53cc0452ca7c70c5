#!/usr/bin/env bash
# Plays the first minutes of a season in Microsoft's own Agents Playground: the real bot, a real browser. It is outside the
# suite because it fetches from npm. Needs Node.js 20, npm, Chromium, and what the tests need (python3 start.py test has
# fetched that); keeps a picture under docs/pictures.
#   tests/teams_playground.sh [PYTHON]
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-.venv/bin/python}
if ! "$python" -c "import playwright" 2>/dev/null; then
  echo "$python has no playwright: 'python3 start.py test --quick' fetches what the tests need." >&2
  exit 1
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
  @microsoft/m365agentsplayground@0.2.28
"$python" -m tests.teams_playground "$place/node_modules/.bin/agentsplayground"
