"""docs/support.md: what the compiler translates, found by asking it, and the rows of its library tables."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from portalis import pipeline
from portalis.compiler.stdlib import functions, iterators, random, registry, str_methods
from portalis.config import Config
from portalis.emit.report import ItemReport
from portalis.progress import SILENT

PROBES = Path(__file__).with_name("support_probes.py")
_HEAD = """\
# What is translated

Each line of the first part was compiled when this page was written: *yes* means that `portalis check`
translates it, a code says why not (`portalis explain CODE`). The second part lists the library functions
in the compiler's tables.
What is not here is refused by item with a diagnostic, and stays Python.
"""


def support_page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for title, rows in probed().items():
        parts += [f"## {title}\n", "| Python | translated |", "|---|---|"]
        parts += [f"| `{_cell(code)}` | {answer} |" for code, answer in rows]
        parts.append("")
    parts.append("## Library functions\n")
    known = library()
    compared, calls = _compared()
    parts.append(
        f"{sum(map(len, known.values()))} functions, methods and attributes. The tests compare {compared} "
        f"functions written around them with CPython, each on {calls} generated calls.\n"
    )
    for module, names in known.items():
        parts.append(f"- **{module}**: {', '.join(f'`{name}`' for name in names)}")
    return "\n".join(parts)


def probed() -> dict[str, list[tuple[str, str]]]:
    """By heading, each probe's code and what the compiler says to it."""
    text = PROBES.read_text(encoding="utf-8")
    lines = text.splitlines()
    headings = {index: line[5:] for index, line in enumerate(lines, 1) if line.startswith("# == ")}
    report = pipeline.check([PROBES], Config(), SILENT)
    items = {item.name: item for item in report.items}
    rows: dict[str, list[tuple[str, str]]] = {title: [] for title in headings.values()}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            title = headings[max(line for line in headings if line < node.lineno)]
            rows[title].append((_shown(lines, node), _answer(items[node.name])))
    return rows


def _shown(lines: list[str], node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The body of a one-line function, else the header and the body, on one line."""
    first = node.body[0]
    if len(node.body) == 1 and first.lineno == node.lineno:
        signature = ", ".join(ast.unparse(arg) for arg in ast.walk(node.args) if isinstance(arg, ast.arg))
        code = ast.unparse(first).removeprefix("return ")
        return f"{code}` with `{signature}" if signature else code
    body = lines[first.lineno - 1 : node.end_lineno]
    return " ⏎ ".join(line.strip() for line in body)


def _answer(item: ItemReport) -> str:
    if item.status == "translatable":
        return "yes"
    codes = sorted({one.code for one in item.diagnostics if one.severity == "error"})
    if "PT901" in codes:
        raise SystemExit(f"error: the compiler crashes on {item.name} in {PROBES.name}")
    return ", ".join(f"[{code}](diagnostics.md#{code.lower()})" for code in codes)


def library() -> dict[str, list[str]]:
    """Function names by module, and methods by type, from the compiler's tables."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for full in _functions():
        module, _, name = full.rpartition(".")
        if module.startswith("_"):
            continue  # another name for a public module
        found["built-in functions" if module == "builtins" else f"`{module}`"].add(name)
    for type_name, method in (*functions.METHODS, *functions.ATTRIBUTES):
        found[f"`{type_name}` objects"].add(method)
    found["`random.Random(seed)` objects"].update(random.METHODS)
    found["`str` methods"].update(str_methods.ROWS)
    found["`bytes` methods"].update(str_methods.BYTES_ROWS)
    return {module: sorted(names) for module, names in sorted(found.items())}


def _compared() -> tuple[int, int]:
    """How many functions the tests call on both sides, and how often each."""
    folder = PROBES.parent.parent / "tests" / "stdlib"
    programs = [ast.parse(path.read_text(encoding="utf-8")) for path in (folder / "programs").glob("*.py")]
    found = re.search(
        r'"PORTALIS_LIBRARY_CASES", "(\d+)"', (folder / "test_library.py").read_text(encoding="utf-8")
    )
    if found is None:
        raise SystemExit("error: tests/stdlib does not say how many calls it makes")
    return sum(isinstance(node, ast.FunctionDef) for tree in programs for node in tree.body), int(found[1])


def _functions() -> Iterator[str]:
    yield from functions.ALL
    yield from registry.SPECIAL
    yield from iterators.NAMES


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
