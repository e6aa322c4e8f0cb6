"""One source file: bytes to text to tree, with every way it can fail as a diagnostic.

Files are read as Python reads them: a byte order mark and the encoding line of PEP 263 are
honoured, and the three line endings become one. A file that cannot be read or parsed costs
only itself.
"""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portalis.compiler.frontend import comments
from portalis.compiler.frontend.comments import Comment, Suppression
from portalis.diagnostics import Diagnostic, Span

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 150
_ENCODING_HINT = "save the file as UTF-8, or declare its encoding in line 1 (`# -*- coding: latin-1 -*-`)"


@dataclass(frozen=True, slots=True)
class ImportEdge:
    """An import statement's target: the module named, and the names taken from it (empty for `import m`).

    `typing_only` marks imports under `if TYPE_CHECKING:`, which do not happen at run time.
    """

    module: str
    names: tuple[str, ...]
    line: int
    typing_only: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SourceModule:
    """A parsed file of the project.

    `path` is absolute (`<stdin>` for piped text); `relative` is the posix path from the import
    root (`pkg/mod.py`). `comments` and `suppressions` are keyed by 1-based line. The nodes of `tree` are
    the keys by which the oracle is asked, so work on this tree and not on a copy.
    """

    name: str
    path: Path
    relative: str
    text: str
    tree: ast.Module
    is_package: bool
    imports: tuple[ImportEdge, ...]
    comments: dict[int, Comment]
    suppressions: dict[int, Suppression]
    lines: tuple[int, ...] = ()
    """The line of the file from which each line comes, by its number, where the text is not the file's."""

    def line(self, at: int) -> int:
        """The line of the file from which a line of the text comes."""
        return self.lines[at] if 0 < at < len(self.lines) else at


class UnreadableError(Exception):
    """A file that cannot become a module; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def read(path: Path, name: str, relative: str, *, is_package: bool) -> SourceModule:
    """Read and parse one file.

    Raises:
        UnreadableError: the file cannot be opened, decoded or parsed, or is too large or too deep.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableError(
            _finding(
                "PT002",
                f"file cannot be read: {reason.lower()}",
                hint="check that it exists and its permissions",
            )
        ) from error
    return from_bytes(data, path, name, relative, is_package=is_package)


def from_bytes(data: bytes, path: Path, name: str, relative: str, *, is_package: bool) -> SourceModule:
    """Decode and parse the bytes of a file.

    Raises:
        UnreadableError: as `read`.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    text = decode(data)
    tree = parse(text, str(path))
    remarks = comments.read(text)
    return SourceModule(
        name=name,
        path=path,
        relative=relative,
        text=text,
        tree=tree,
        is_package=is_package,
        imports=tuple(_imports(tree, name, is_package)),
        comments=remarks.comments,
        suppressions=remarks.suppressions,
    )


def decode(data: bytes) -> str:
    """The text of a source file, its line endings made `\\n`.

    Raises:
        UnreadableError: the bytes are not what the encoding (declared, or UTF-8) says.
    """
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise UnreadableError(
            _finding(
                "PT002", "file holds null bytes", line, hint="save the file as UTF-8 text (it may be UTF-16)"
            )
        )
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        raise UnreadableError(_not_decodable(data, error.msg)) from error
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(
            _finding(
                "PT002",
                f"file is not {encoding.upper()}: byte 0x{data[error.start]:02x} cannot be decoded",
                line,
                hint=_ENCODING_HINT,
            )
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, filename: str = "<text>") -> ast.Module:
    """The syntax tree of a source text that Python would compile.

    Raises:
        UnreadableError: a syntax error (also those only the compiler sees, such as `return` outside a
            function), or nesting deeper than `MAX_DEPTH`.
    """
    too_deep = _finding("PT003", "code is nested too deeply", hint=f"keep nesting under {MAX_DEPTH} levels")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, filename)
            deepest = _depth(tree)
            if deepest is not None:
                raise UnreadableError(
                    _finding("PT003", "code is nested too deeply", deepest, hint=too_deep.hint)
                )
            compile(tree, filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise UnreadableError(_syntax_error(error)) from error
    except (RecursionError, MemoryError) as error:
        raise UnreadableError(too_deep) from error
    except ValueError as error:  # what ast.parse raises for a text that is no source at all
        raise UnreadableError(_finding("PT001", f"syntax error: {error}")) from error
    return tree


def _depth(tree: ast.Module) -> int | None:
    """The line of the first node deeper than `MAX_DEPTH`, or None; without recursion."""
    level: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH + 1):
        below: list[ast.AST] = []
        for node in level:
            for name in node._fields:
                value = getattr(node, name, None)
                if isinstance(value, list):
                    below.extend(item for item in value if isinstance(item, ast.AST))
                elif isinstance(value, ast.AST) and value._fields:
                    below.append(value)
        if not below:
            return None
        level = below
    return min((node.lineno for node in level if isinstance(node, ast.expr | ast.stmt)), default=1)


def _syntax_error(error: SyntaxError) -> Diagnostic:
    line, column = error.lineno or 1, max(error.offset or 1, 1)
    end_line = max(error.end_lineno or line, line)
    end_column = error.end_offset or column + 1
    if end_line == line:
        end_column = max(end_column, column + 1)
    span = Span(line, column, end_line, max(end_column, 1))
    message = error.msg[:1].lower() + error.msg[1:] if error.msg else "invalid syntax"
    if "too many nested" in message:
        return Diagnostic("PT003", message, span, hint=f"keep nesting under {MAX_DEPTH} levels")
    return Diagnostic(
        "PT001", f"syntax error: {message}", span, hint="Python itself refuses this file; mend it first"
    )


def _not_decodable(data: bytes, message: str) -> Diagnostic:
    """The first line that is not UTF-8, where `detect_encoding` refused the head of the file."""
    line = 1
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 and no other encoding is declared"
    return _finding(
        "PT002",
        f"file cannot be decoded: {message}",
        line,
        hint=_ENCODING_HINT,
    )


def _too_large(size: int) -> UnreadableError:
    return UnreadableError(
        _finding(
            "PT003",
            f"file is too large: {size / 2**20:.1f} MiB, the limit is {MAX_BYTES // 2**20} MiB",
            hint="keep data in a data file, or leave the file out with `exclude`",
        )
    )


def _finding(code: str, message: str, line: int = 1, *, hint: str = "") -> Diagnostic:
    return Diagnostic(code, message, Span(line, 1, line, 2), hint=hint)


def _imports(tree: ast.Module, name: str, is_package: bool) -> Iterator[ImportEdge]:
    """Every import of the file, relative ones resolved."""
    pending: list[tuple[ast.AST, bool]] = [(tree, False)]
    while pending:
        node, typing_only = pending.pop()
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield ImportEdge(alias.name, (), node.lineno, typing_only)
            case ast.ImportFrom(module=module, names=names, level=level):
                target = _absolute(name, is_package, module, level)
                if target is not None:
                    yield ImportEdge(target, tuple(alias.name for alias in names), node.lineno, typing_only)
            case ast.If(test=test, body=body, orelse=orelse) if _is_type_checking(test):
                pending.extend((stmt, typing_only) for stmt in reversed(orelse))
                pending.extend((stmt, True) for stmt in reversed(body))
            case _:
                pending.extend((stmt, typing_only) for stmt in reversed(_inner_statements(node)))


def _inner_statements(node: ast.AST) -> list[ast.AST]:
    """The statements (and handlers, cases) directly inside a node."""
    found: list[ast.AST] = []
    for name in ("body", "handlers", "cases", "orelse", "finalbody"):
        part = getattr(node, name, None)
        if isinstance(part, list):
            found.extend(part)
    return found


def _is_type_checking(test: ast.expr) -> bool:
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case _:
            return False


def _absolute(name: str, is_package: bool, module: str | None, level: int) -> str | None:
    """The absolute name of `from <level dots><module> import …`; None where the dots lead outside."""
    if not level:
        return module
    parts = name.split(".")
    drop = level - 1 if is_package else level
    if drop >= len(parts) + (0 if is_package else 1) or drop > len(parts):
        return None
    base = parts[: len(parts) - drop]
    return ".".join([*base, *([module] if module else [])]) or None
