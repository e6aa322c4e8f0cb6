"""The hybrid package: the user's package, copied, with Rust answering for the verified functions.

out/kit/          the sources and data files; a module with bound functions has one more line
out/kit/__portalis__.py, _portalis_native.abi3.so
out/portalis-report.json
"""

from __future__ import annotations

import ast
import pprint
import shutil
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from portalis.compiler.unit import CompiledProject, Item
from portalis.emit.binding import calls_python
from portalis.emit.binding_manifest import NATIVE_MODULE
from portalis.emit.publish import staged
from portalis.emit.report import REPORT_NAME, Report, write
from portalis.emit.stubs import write_stubs

BRIDGE = "__portalis__.py"
CALLABLES = "__portalis_callables__.py"

_LEFT_OUT = frozenset(
    {
        "__pycache__",
        ".git",
        ".hg",
        ".svn",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        ".hypothesis",
        ".tox",
        ".nox",
        ".venv",
        ".DS_Store",
        BRIDGE,
        CALLABLES,
    }
)

Bound = dict[str, dict[str, tuple[int, int, bool]]]
"""Per module: qualified name to first line of the code, number of parameters, whether it may call itself."""


class HybridError(Exception):
    """The package can't be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is copied: `root` is the import root, with `<name>/` or `<name>.py` for each import name."""

    root: Path
    import_names: tuple[str, ...]


def write_hybrid(
    sources: Sources,
    compiled: CompiledProject,
    bound: Collection[str],
    native: Path | None,
    out_dir: Path,
    *,
    report: Report | None = None,
    stubs: bool = True,
    avoid: Sequence[Path] = (),
) -> str:
    """Write the hybrid package into a folder: all of it, or on any failure none.

    Args:
        sources: the user's package or single module.
        compiled: the compiler's answer, for the places of the functions.
        bound: keys (`module:qualname`) that Rust shall answer for; none gives a package that is pure Python
            but lists its native functions, as verification needs it.
        native: the built extension; None leaves it out.
        out_dir: becomes the folder to put on `sys.path`.
        report: written beside the package; without it the folder is not marked as ours.
        stubs: whether to write `.pyi` files.
        avoid: folders that aren't copied, wherever they stand in the sources; `out_dir` never is.

    Returns:
        What the stub generator complained of where it failed, or "".

    Raises:
        OutputError: the folder is somebody else's, or can't be written.
        HybridError: a source is missing.
    """
    items = [item for item in compiled.items if item.key in bound and item.rust is not None]
    with staged(out_dir) as stage:
        outside = (stage.parent, out_dir.absolute(), *(folder.absolute() for folder in avoid))
        for name in sources.import_names:
            _copy(sources.root, name, stage, outside)
        table = _bind_modules(items, compiled, stage)
        for name in sources.import_names:
            own = {module: rows for module, rows in table.items() if module.split(".")[0] == name}
            (stage / name / BRIDGE).write_text(_bridge(own), encoding="utf-8")
            if calls_python(compiled):
                (stage / name / CALLABLES).write_text(_resource("portalis_callables.py"), encoding="utf-8")
            if native is not None:
                shutil.copyfile(native, stage / name / f"{NATIVE_MODULE}{_suffix()}")
        complaint = write_stubs(stage, sources.import_names) if stubs else ""
        if report is not None:
            write(report, stage / REPORT_NAME)
    return complaint


def _suffix() -> str:
    """The ending of a stable-ABI extension module here."""
    return ".pyd" if sys.platform == "win32" else ".abi3.so"


def _copy(root: Path, name: str, stage: Path, avoid: Sequence[Path]) -> None:
    """Copy a package, or make a single module one."""
    package, module = root / name, root / f"{name}.py"
    if package.is_dir():
        shutil.copytree(
            package, stage / name, ignore=lambda folder, names: _ignored(Path(folder), names, avoid)
        )
        # A package from a read-only place (an installed one, say) is ours to write to.
        for path in (stage / name, *(stage / name).rglob("*")):
            path.chmod(path.stat().st_mode | (0o700 if path.is_dir() else 0o600))
    elif module.is_file():
        (stage / name).mkdir()
        shutil.copyfile(module, stage / name / "__init__.py")
        if "__main__" in module.read_text(encoding="utf-8", errors="replace"):
            (stage / name / "__main__.py").write_text(_RUN_AS_MAIN, encoding="utf-8")
    else:
        raise HybridError(f"there is no package or module `{name}` in {root}")


_RUN_AS_MAIN = '''\
"""Runs the module as a program, as `python -m` did when it was a single file."""

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).with_name("__init__.py")), run_name="__main__")
'''


def _ignored(folder: Path, names: list[str], avoid: Sequence[Path]) -> set[str]:
    """What isn't copied: caches, what is no file or folder, links that lead back up, our own output."""
    left_out: set[str] = set()
    here = folder.resolve()
    for name in names:
        path = folder / name
        cache = name in _LEFT_OUT or name.endswith((".pyc", ".pyo")) or name.startswith(NATIVE_MODULE)
        odd = not (path.is_file() or path.is_dir()) or path.absolute() in avoid
        loop = path.is_symlink() and path.is_dir() and here.is_relative_to(path.resolve())
        if cache or odd or loop:
            left_out.add(name)
    return left_out


def _bind_modules(items: Sequence[Item], compiled: CompiledProject, stage: Path) -> Bound:
    """Append the footer to each module with bound functions; returns what each binds."""
    recursive = _recursive(compiled)
    table: Bound = {}
    by_module: dict[str, list[Item]] = {}
    for item in items:
        by_module.setdefault(item.module, []).append(item)
    for module, members in sorted(by_module.items()):
        file = _module_file(stage, module)
        source = file.read_bytes()
        lines = _first_lines(source)
        rows: dict[str, tuple[int, int, bool]] = {}
        for item in members:
            line = lines.get((item.qualname, item.line))
            if line is not None and item.rust is not None:
                rows[item.qualname] = (line, len(item.rust.params), item.key in recursive)
        if rows:
            table[module] = rows
            level = len(file.relative_to(stage).parts) - 1
            file.write_bytes(with_footer(source, module, level))
    return table


def _module_file(stage: Path, module: str) -> Path:
    path = stage.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.is_file():
        raise HybridError(f"there is no source for module `{module}`")
    return file


def with_footer(source: bytes, module: str, level: int) -> bytes:
    """The source of a module with one more line, which binds its functions and leaves no name behind.

    The line is ASCII, so it fits every encoding a source may declare. It does nothing where the file
    isn't imported as part of its package.

    Args:
        source: the file as it is.
        module: its dotted name.
        level: how many packages it stands in, itself included if it is one.
    """
    newline = b"\r\n" if b"\r\n" in source else b"\n"
    gap = b"" if not source or source.endswith((b"\n", b"\r")) else newline
    line = (
        f'if __package__ and __name__ != "__main__": '
        f'__import__("__portalis__", globals(), None, ("bind",), {level}).bind("{module}", globals())'
    )
    return source + gap + line.encode("ascii", "backslashreplace") + newline


def _first_lines(source: bytes) -> dict[tuple[str, int], int]:
    """The first line of each function's code (that of its first decorator), by qualified name and `def` line.

    A function whose name is bound again later is left out: callers see only the last one.
    """
    lines: dict[tuple[str, int], int] = {}
    last: dict[str, tuple[str, int]] = {}

    def walk(body: Sequence[ast.stmt], prefix: str) -> None:
        for node in body:
            match node:
                case ast.FunctionDef(name=name):
                    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                    for line in {node.lineno, first}:
                        lines[prefix + name, line] = first
                    last[prefix + name] = (prefix + name, first)
                case ast.ClassDef(name=name):
                    walk(node.body, f"{prefix}{name}.")
                case ast.If() | ast.Try() | ast.With() | ast.For() | ast.While():
                    walk([child for child in ast.walk(node) if isinstance(child, ast.FunctionDef)], prefix)
                case _:
                    pass

    walk(ast.parse(source).body, "")
    return {key: first for key, first in lines.items() if last[key[0]][1] == first}


def _recursive(compiled: CompiledProject) -> frozenset[str]:
    """The keys of functions that may call themselves, through whatever others."""
    calls = {item.key: item.rust.callees for item in compiled.items if item.rust is not None}
    found: set[str] = set()
    for key in calls:
        seen: set[str] = set()
        pending = list(calls[key])
        while pending:
            callee = pending.pop()
            if callee not in seen:
                seen.add(callee)
                pending.extend(calls.get(callee, ()))
        if key in seen:
            found.add(key)
    return frozenset(found)


def _resource(name: str) -> str:
    return (resources.files("portalis.emit.resources") / name).read_text(encoding="utf-8")


def _bridge(bound: Bound) -> str:
    """The text of `__portalis__.py` for a package."""
    text = _resource("portalis_module.py")
    version = f"({sys.version_info.major}, {sys.version_info.minor})"
    rows = pprint.pformat(bound, width=110, sort_dicts=True)
    for name, kind, value in (
        ("PYTHON", "tuple[int, int]", version),
        ("BOUND", "dict[str, dict[str, tuple[int, int, bool]]]", rows),
    ):
        start = text.index(f"{name}: {kind} = ")
        end = text.index("\n", start)
        text = f"{text[:start]}{name}: {kind} = {value}{text[end:]}"
    return text
