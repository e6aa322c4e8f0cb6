"""The compiler as an engine over texts: many at once share one run of mypy, rustc and verification."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from portalis import pipeline
from portalis.compiler.unit import CompiledProject
from portalis.config import Config
from portalis.emit import crate
from portalis.emit.report import ItemReport, Report, ReportDiagnostic
from portalis.progress import SILENT
from portalis.translation.result import TranslatedItem, TranslationResult, TranslationStatus
from portalis.translation.single_file import single_file

Unit = Literal["function", "class", "module"]

_PACKAGE = "translated"
_RISING: tuple[TranslationStatus, ...] = ("python", "translatable", "compiled", "verified")


@dataclass(frozen=True, slots=True)
class Request:
    """One text to translate: its Python, and what of it is asked for ("" for the only one there is)."""

    python_code: str
    unit: Unit
    name: str = ""


def translate_texts(
    requests: Sequence[Request], config: Config, *, validate: bool
) -> list[TranslationResult]:
    """Translate texts together, each a module of its own; a text that fails costs only itself.

    Args:
        requests: the texts.
        config: the configuration of the run.
        validate: whether the Rust is compiled and run against the Python.

    Returns:
        A result for each request, in order.
    """
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
        package = Path(scratch) / "source" / _PACKAGE
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("", encoding="utf-8")
        for request in requests:
            text = request.python_code.encode("utf-8", "surrogatepass")
            (package / f"{_module(request)}.py").write_bytes(text)
        state = pipeline.State([package], config, SILENT, Path(scratch))
        pipeline.run_stages(pipeline.VERIFY if validate else pipeline.CHECK, state)
        report = pipeline.report_of(state)
        compiled = pipeline.need(state.compiled)
        results = [
            _result(request, _module(request), compiled, report, Path(scratch)) for request in requests
        ]
    share = (time.perf_counter() - began) / max(len(requests), 1)
    return [replace(result, processing_time=share) for result in results]


def _module(request: Request) -> str:
    """A module's name that depends on its text only, so that a batch gives each text the same Rust."""
    return f"text_{hashlib.sha256(request.python_code.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _result(
    request: Request, module: str, compiled: CompiledProject, report: Report, scratch: Path
) -> TranslationResult:
    """The result of one text out of the whole project's."""
    fullname = f"{_PACKAGE}.{module}"
    listed = [item for item in report.items if item.module == fullname]
    asked, problem = _asked_for(request, listed)
    notes = [one for one in report.diagnostics if Path(one.file).stem == module]
    warnings = [*([problem] if problem else []), *map(_line, notes)]
    warnings += [f"{item.name}: {_line(one)}" for item in listed for one in item.diagnostics]
    functions = [item for item in asked if item.kind in ("function", "method")]
    if not functions and not warnings:
        problem = f"there is nothing to translate in the {request.unit}"
        warnings.append(problem)
    status = _lowest([item.status for item in functions])
    own = _own_crate(compiled, fullname, scratch / module)
    text = "" if problem and request.unit != "module" else own.text
    imports, body = _split_imports(text)
    confidence = min((item.confidence or 0.0 for item in functions), default=0.0)
    return TranslationResult(
        text if request.unit == "module" else body,
        confidence if status == "verified" else 0.0,
        imports,
        "python" if problem else status,
        tuple(map(_item, listed)),
        own.crate,
        own.crates,
        tuple(dict.fromkeys(warnings)),
        metadata={
            "cached": False,
            "python": report.python,
            "rustc": report.rustc,
            "cases": sum(item.evidence.cases for item in asked if item.evidence is not None),
        },
    )


def _asked_for(request: Request, items: Sequence[ItemReport]) -> tuple[list[ItemReport], str]:
    """The items that a request is about, and what is wrong with it, if anything."""
    if request.unit == "module":
        return list(items), ""
    found = [item for item in items if item.kind == request.unit and "." not in item.name]
    if request.name:
        found = [item for item in found if item.name == request.name]
        if not found:
            return [], f"the text defines no {request.unit} `{request.name}`"
    if not found:
        return [], f"the text defines no {request.unit}"
    if request.unit == "class":
        heads = tuple(f"{item.name}." for item in found)
        return [item for item in items if item in found or item.name.startswith(heads)], ""
    return found, ""


def _lowest(statuses: Sequence[TranslationStatus]) -> TranslationStatus:
    """The lowest of several statuses; `python` where there are none."""
    return _RISING[min(map(_RISING.index, statuses), default=0)]


def _line(one: ReportDiagnostic) -> str:
    hint = f" ({one.hint})" if one.hint else ""
    return f"{one.line}: {one.code} {one.message}{hint}"


def _item(item: ItemReport) -> TranslatedItem:
    cases = item.evidence.cases if item.evidence is not None else 0
    return TranslatedItem(item.name, item.kind, item.status, item.confidence or 0.0, cases, item.diagnostics)


@dataclass(frozen=True, slots=True)
class _OwnCrate:
    """The Rust of one module: its file, the whole as a single file, the crates it needs."""

    text: str
    crate: str
    crates: dict[str, str]


def _own_crate(compiled: CompiledProject, module: str, folder: Path) -> _OwnCrate:
    """The crate of one module alone; empty texts where nothing of it was translated."""
    items = tuple(item for item in compiled.items if item.module == module)
    file = f"{module.rpartition('.')[2]}.rs"
    files = tuple(one for one in compiled.files if Path(one.path).name in (file, "unions.rs"))
    if not any(Path(one.path).name == file for one in files):
        return _OwnCrate("", "", {})
    exceptions = tuple(one for one in compiled.exceptions if one.module in ("builtins", module))
    # Nothing but the crate's root names the module, so it may have a name that says something.
    renamed = tuple(
        replace(one, path="translated.rs") if Path(one.path).name == file else one for one in files
    )
    alone = replace(compiled, items=items, files=renamed, exceptions=exceptions)
    written = crate.write_core(alone, folder)
    whole = folder / "single.rs"
    whole.write_text(single_file(folder / "src"), encoding="utf-8")
    crate.rustfmt([whole])
    text = (folder / "src" / "translated.rs").read_text(encoding="utf-8")
    return _OwnCrate(text, whole.read_text(encoding="utf-8"), written.crates)


def _split_imports(text: str) -> tuple[tuple[str, ...], str]:
    """The paths of the leading `use` lines, and the text without them and the file's own comment."""
    imports: list[str] = []
    lines = text.splitlines()
    at = 0
    while at < len(lines) and (not lines[at] or lines[at].startswith(("//!", "use ", "#!["))):
        if lines[at].startswith("use "):
            statement = lines[at]
            while not statement.endswith(";"):
                at += 1
                statement += lines[at].strip()
            imports.append(statement.removeprefix("use ").removesuffix(";"))
        at += 1
    return tuple(imports), "\n".join(lines[at:]).strip() + "\n" if at < len(lines) else ""
