"""`.pyi` beside each module, from the source's own annotations, by mypy's stub generator.

The generator reads copies and is told their files: asked for a package it would import it, and user
code is never run here.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

# Nobody imports from these.
_NO_STUB = frozenset({"__portalis__.py", "__portalis_callables__.py", "__main__.py"})

# -P: the folder where this runs must not hide modules of the standard library.
_STUBGEN = (sys.executable, "-P", "-c", "from mypy.stubgen import main; main()")


def write_stubs(packages: Path, import_names: Iterable[str]) -> str:
    """Write stubs beside the modules of packages.

    A module that has a stub keeps it; one whose source doesn't parse gets none.

    Args:
        packages: the folder that holds the packages.
        import_names: their names.

    Returns:
        What the generator complained of where it failed, or "".
    """
    sources = [
        path
        for name in import_names
        for path in sorted((packages / name).rglob("*.py"))
        if not path.with_suffix(".pyi").exists() and path.name not in _NO_STUB and _parses(path)
    ]
    if not sources:
        return ""
    with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
        copies, out = Path(scratch, "source"), Path(scratch, "stubs")
        for source in sources:
            _copy(source.relative_to(packages), packages, copies)
        names = [str(source.relative_to(packages)) for source in sources]
        command = [*_STUBGEN, "--parse-only", "--quiet", "--ignore-errors", "--output", str(out), *names]
        done = subprocess.run(command, cwd=copies, capture_output=True, text=True, check=False)
        for source in sources:
            stub = out / source.relative_to(packages).with_suffix(".pyi")
            if stub.is_file():
                shutil.copyfile(stub, source.with_suffix(".pyi"))
    return (done.stderr or done.stdout).strip() if done.returncode else ""


def _copy(relative: Path, packages: Path, copies: Path) -> None:
    """Copy a source, and make every folder above it a package so that its module name is its path."""
    target = copies / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(packages / relative, target)
    for folder in relative.parents[:-1]:
        (copies / folder / "__init__.py").touch()


def _parses(path: Path) -> bool:
    try:
        ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
