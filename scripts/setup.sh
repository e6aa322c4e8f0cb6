# Sourced by the other scripts: makes .venv with Portalis in it, once, and again when pyproject.toml changes.
# Leaves the environment active. Usage: . scripts/setup.sh [EXTRA]

portalis_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$portalis_root"

portalis_fail() {
    printf 'error: %s\n' "$1" >&2
    printf 'help: %s\n' "$2" >&2
    exit 2
}

portalis_python() {
    # The Python to build the environment from: $PYTHON, else the newest of the usual names that is 3.11 or later.
    local candidate
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

portalis_check_rust() {
    if ! command -v cargo >/dev/null 2>&1 && [ -x "$HOME/.cargo/bin/cargo" ]; then
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    command -v cargo >/dev/null 2>&1 ||
        portalis_fail "cargo was not found" \
            "install Rust 1.91 or later: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
    local version
    version=$(rustc --version | sed -E 's/^rustc ([0-9]+)\.([0-9]+).*/\1 \2/')
    # shellcheck disable=SC2086
    set -- $version
    if [ "$1" -lt 1 ] || { [ "$1" -eq 1 ] && [ "$2" -lt 91 ]; }; then
        portalis_fail "rustc is $1.$2, and 1.91 is needed" "update Rust: rustup update stable"
    fi
    command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || command -v clang >/dev/null 2>&1 ||
        portalis_fail "no C compiler was found, and Rust links with one" \
            "install one: apt install build-essential, dnf install gcc, or xcode-select --install"
}

portalis_environment() {
    local extra=$1 python stamp wanted
    stamp=.venv/.portalis-setup
    wanted="$extra $(cksum <pyproject.toml)"
    if [ ! -x .venv/bin/python ]; then
        python=$(portalis_python) ||
            portalis_fail "no Python 3.11 or later was found" "install one, or name it: PYTHON=/path/to/python3.12"
        echo "setting up .venv with $($python --version) …" >&2
        "$python" -m venv .venv ||
            portalis_fail "the virtual environment could not be made" "on Debian and Ubuntu: apt install python3-venv"
    fi
    if [ ! -f "$stamp" ] || { [ "$(cat "$stamp")" != "$wanted" ] && [ "$(cat "$stamp")" != "dev ${wanted#* }" ]; }; then
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -e ".${extra:+[$extra]}" ||
            portalis_fail "installing Portalis failed" "the message above says why; a network connection is needed once"
        printf '%s\n' "$wanted" >"$stamp"
    fi
    PATH="$portalis_root/.venv/bin:$PATH"
    export PATH
}

portalis_check_rust
portalis_environment "${1:-}"
