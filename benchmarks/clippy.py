"""Scoreboard: what clippy says of translated Rust, per thousand lines.

    python benchmarks/clippy.py path/to/package [path/to/another …]

Translates each package to a crate, as a user would, and runs `cargo clippy` with its default lints on it.
Lines are those of the modules that were translated, without the runtime that a crate carries; what clippy
says of the runtime is counted apart.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from measure import portalis, table
from portalis.emit import cargo


def lines(crate: Path) -> tuple[int, int]:
    """Lines of Rust below `src`: of the translated modules, of the carried runtime. Blank lines count."""
    own = runtime = 0
    for file in (crate / "src").rglob("*.rs"):
        count = len(file.read_text(encoding="utf-8").splitlines())
        if "runtime" in file.relative_to(crate / "src").parts:
            runtime += count
        else:
            own += count
    return own, runtime


def main() -> int:
    """Translates, runs clippy, prints; 0 always, for warnings are figures here."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", type=Path, nargs="+", help="folders of packages, or files")
    parser.add_argument("--cache", type=Path, help="use this cache instead of an empty one")
    options = parser.parse_args()
    for package in options.packages:
        with tempfile.TemporaryDirectory(prefix="portalis-bench-") as scratch:
            cache = options.cache.resolve() if options.cache else Path(scratch) / "cache"
            cache.mkdir(parents=True, exist_ok=True)
            crate = Path(scratch) / "crate"
            portalis(["translate", str(package), "-o", str(crate), "--quiet"], cache)
            run = cargo.check(crate, cache / "target", clippy=True)
            _show(package.name, crate, run)
    return 0


def _show(name: str, crate: Path, run: cargo.Run) -> None:
    own, runtime = lines(crate)
    found = [(message.file, message.code or message.text) for message in run.messages]
    carried = sum("runtime/" in str(file) for file, _ in found)
    kinds = Counter(code for file, code in found if "runtime/" not in str(file))
    print(f"\n{name}")
    table(
        [
            ("lines of translated Rust", own),
            ("warnings", f"{kinds.total()} ({1000 * kinds.total() / (own or 1):.2f} per thousand lines)"),
            ("lines of carried runtime", runtime),
            ("warnings there", carried),
        ]
    )
    for code, count in kinds.most_common(10):
        print(f"{count:>6}  {code}")


if __name__ == "__main__":
    raise SystemExit(main())
