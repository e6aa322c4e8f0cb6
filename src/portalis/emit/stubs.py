"""`.pyi` beside each module, from the source's own annotations, by mypy's stub generator."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path


class StubError(Exception):
    """mypy's stub generator failed; the message is what it said."""


def write_stubs(root: Path, import_names: Iterable[str], packages: Path) -> int:
    """Write stubs for the modules of packages, beside the copies of their source.

    A module that has a stub keeps it. A module whose source doesn't parse gets none.

    Args:
        root: the folder that holds the sources (packages or single files) by import name.
        import_names: the packages and single modules.
        packages: the folder with the copies; a single module is a package there.

    Returns:
        How many stubs were written.

    Raises:
        StubError: the generator failed.
    """
    targets = [root / name if (root / name).is_dir() else root / f"{name}.py" for name in import_names]
    with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
        out = Path(scratch)
        # -P: the user's folder, where this runs, must not hide modules of the standard library.
        command = [sys.executable, "-P", "-c", "from mypy.stubgen import main; main()"]
        names = [str(path.relative_to(root)) for path in targets]
        command += ["--parse-only", "--quiet", "--ignore-errors", "--output", str(out), *names]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StubError((done.stderr or done.stdout).strip())
        written = 0
        for stub in sorted(out.rglob("*.pyi")):
            target = packages / stub.relative_to(out)
            source = target.with_suffix(".py")
            if not source.exists():
                target = packages / stub.relative_to(out).with_suffix("") / "__init__.pyi"
                source = target.with_suffix(".py")
            if source.exists() and not target.exists():
                shutil.copyfile(stub, target)
                written += 1
    return written
