#!/usr/bin/env bash
# Sets up everything and runs every check: lint, format, types, generated documentation, tests.
# Arguments go to pytest: scripts/test.sh -m "not slow" tests/mapping
set -euo pipefail
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh" dev

ruff check .
ruff format --check .
mypy
python scripts/gen_docs.py --check
PORTALIS_TEST_MODEL=${PORTALIS_TEST_MODEL-$(scripts/test_model.sh)}
export PORTALIS_TEST_MODEL
exec python -m pytest "$@"
