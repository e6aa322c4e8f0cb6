"""Rewrites the Rust snapshots beside the programs: `python tests/cases/regenerate.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Translate every program and write its Rust; no extension is built."""
    sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "src")]
    from tests.cases import harness

    programs = harness.programs(HERE)
    with tempfile.TemporaryDirectory() as folder:
        built = harness.build("cases", programs, Path(folder), compile_=False)
    for program in programs:
        snapshot = HERE / f"{program.path}.rs"
        before = snapshot.read_text(encoding="utf-8") if snapshot.is_file() else ""
        after = built.rust[program.module]
        if after != before:
            snapshot.write_text(after, encoding="utf-8")
            print(f"{'written' if not before else 'changed'} {snapshot.relative_to(HERE)}")
    for name, diagnostics in sorted(built.refused.items()):
        print(f"stays python {name}: {diagnostics[0].code} {diagnostics[0].message}" if diagnostics else name)


if __name__ == "__main__":
    main()
