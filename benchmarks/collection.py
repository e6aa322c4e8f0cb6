"""Scoreboard: a collection of independent files through `portalis build`, judged by their own doctests.

    python benchmarks/collection.py path/to/checkout --folders maths,strings,sorts

Takes the files below the folders that have doctests and import nothing but the standard library, puts them
into one package, and goes on as `library.py` does. A file that can't be parsed, has no doctest, or imports
something else is left out and counted.

    python benchmarks/collection.py --standard-library heapq,bisect,textwrap

does the same with modules of the running Python's standard library, each with the stub that mypy ships
for it beside it. Of stubs and modules, those of the running version are taken.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mypy

from library import Result, Setup, compare_doctests, show
from measure import frequent, portalis, read_report, save

_PACKAGE = "collection"
_TYPESHED = Path(mypy.__file__).parent / "typeshed" / "stdlib"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What went into the package, in files, and what was left out, in files by reason."""

    taken: int
    left_out: Counter[str]


def gather(checkout: Path, folders: list[str], package: Path) -> Gathered:
    """Copies the files that qualify below `package`, in the folders where they stood."""
    left_out: Counter[str] = Counter()
    taken = 0
    for folder in folders:
        for file in sorted((checkout / folder).rglob("*.py")):
            if file.name == "__init__.py":
                continue
            reason = _unfit(file)
            if reason:
                left_out[reason] += 1
                continue
            copy = package / file.relative_to(checkout)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            taken += 1
    for inner in (package, *(path for path in package.rglob("*") if path.is_dir())):
        (inner / "__init__.py").touch()
    return Gathered(taken, left_out)


def _unfit(file: Path) -> str:
    """Why a file is left out; "" where it is taken."""
    if not file.stem.isidentifier():
        return "its name can't be imported"
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError):
        return "can't be parsed"
    if any(name not in sys.stdlib_module_names for name in _imports(tree)):
        return "imports more than the standard library"
    documented = (ast.AsyncFunctionDef, ast.FunctionDef, ast.ClassDef, ast.Module)
    docs = (ast.get_docstring(node) for node in ast.walk(tree) if isinstance(node, documented))
    return "" if any(doc and ">>>" in doc for doc in docs) else "has no doctests"


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name.partition(".")[0] for name in names)
            case ast.ImportFrom(module=module, level=level):
                yield "." if level else (module or "").partition(".")[0]


def gather_standard(modules: list[str], package: Path) -> Gathered:
    """Copies modules of the running Python's library and mypy's stubs of them."""
    library = Path(sysconfig.get_paths()["stdlib"])
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    left_out: Counter[str] = Counter()
    for name in modules:
        source, stub = library / f"{name}.py", _TYPESHED / f"{name}.pyi"
        if not source.is_file():
            left_out["is not one file of Python"] += 1
            continue
        shutil.copyfile(source, package / source.name)
        if stub.is_file():
            shutil.copyfile(stub, package / stub.name)
    return Gathered(len(modules) - left_out.total(), left_out)


def main() -> int:
    """Gathers, builds, compares, prints; 0 where nothing is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkout", type=Path, nargs="?", help="the folder that holds the folders")
    parser.add_argument("--folders", default="", help="folders to take, with commas between")
    parser.add_argument("--standard-library", default="", help="modules to take, with commas between")
    parser.add_argument("--flags", default="", help="doctest options")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--cache", type=Path, help="use this cache instead of an empty one")
    parser.add_argument("--out", type=Path, help="leave the package and its hybrid below this folder")
    options = parser.parse_args()
    if bool(options.checkout) == bool(options.standard_library):
        parser.error("give a checkout with --folders, or --standard-library")
    with tempfile.TemporaryDirectory(prefix="portalis-bench-") as scratch:
        place = options.out.resolve() if options.out else Path(scratch)
        package, out = place / "src" / _PACKAGE, place / "out"
        shutil.rmtree(package, ignore_errors=True)
        if options.checkout:
            gathered = gather(options.checkout.resolve(), options.folders.split(","), package)
        else:
            gathered = gather_standard(options.standard_library.split(","), package)
        result = Result(package.name)
        cache = options.cache.resolve() if options.cache else Path(scratch) / "cache"
        cache.mkdir(parents=True, exist_ok=True)
        _, result.build_cold = portalis(["build", str(package), "-o", str(out), "--quiet"], cache)
        report = read_report(out)
        result.summary, result.diagnostics = report["summary"], frequent(report)
        compare_doctests(result, package, out, Setup(options.flags, (), Path(scratch)))
    left = ", ".join(f"{count} {reason}" for reason, count in gathered.left_out.most_common())
    print(f"{gathered.taken} files; left out: {left or 'none'}")
    show(result)
    save(result, options.json)
    return int(bool(result.broken))


if __name__ == "__main__":
    raise SystemExit(main())
