#!/bin/sh
# Bring what the browser loads: npm's pinned packages into node_modules/, and of these what is shipped into faces/web/vendor/.
#
#   scripts/vendor.sh BIN      BIN: the virtual environment's bin/, into which Node.js comes from PyPI where the machine has none
#
# The lock file names no registry: npm uses the one that it is set up with. No package runs scripts of its own (.npmrc).
set -eu
cd "$(dirname "$0")/.."
bin=$(cd "$1" && pwd)

fit() { command -v "$1" >/dev/null && command -v npm >/dev/null && "$1" -e 'process.exit(parseInt(process.version.slice(1)) < 20 ? 1 : 0)'; }

if ! fit node; then
    PATH="$bin:$PATH"
    if ! fit node; then
        echo "No Node.js of version 20 or newer here: taking one from PyPI into .venv (70 MB) ..."
        "$bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements/node.txt
    fi
fi
npm ci --loglevel=error >/dev/null
node scripts/vendor.mjs
