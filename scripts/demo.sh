#!/usr/bin/env bash
# From a fresh clone to a verified Rust build of examples/textkit, imported from Python and timed.
set -euo pipefail
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

exec python scripts/demo.py "$@"
