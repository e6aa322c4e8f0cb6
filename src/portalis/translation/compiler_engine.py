"""Runs of the pipeline over texts: many at once share one run of mypy, rustc and verification."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portalis import pipeline
from portalis.compiler.unit import RustFile
from portalis.config import Config
from portalis.emit import cargo, crate
from portalis.emit.report import ItemReport, Report, ReportDiagnostic
from portalis.progress import SILENT
from portalis.translation.request import Request, apart
from portalis.translation.result import Metadata, TranslatedItem, TranslationResult, TranslationStatus
from portalis.translation.single_file import single_file

_PACKAGE = "translated"
_RISING: tuple[TranslationStatus, ...] = ("python", "translatable", "compiled", "verified")


def translate_texts(
    requests: Sequence[Request], config: Config, *, validate: bool, engine: pipeline.Engine | None = None
) -> list[TranslationResult]:
    """Translate texts together, each a module of its own; a text that fails costs only itself.

    Args:
        requests: the texts.
        config: the configuration of a run of all of them.
        validate: whether the Rust is compiled and run against the Python.
        engine: proposes what the compiler refuses, where it is validated.

    Returns:
        A result for each request, in order.

    Raises:
        cargo.CargoError: cargo is missing or could not do its work.
        OSError: no folder can be written.
    """
    began = time.perf_counter()
    results: dict[Request, TranslationResult] = {}
    for group in apart(requests):
        results.update(zip(group, _together(group, config, validate, engine), strict=True))
    share = (time.perf_counter() - began) / max(len(requests), 1)
    return [replace(results[request], processing_time=share) for request in requests]


def _together(
    requests: Sequence[Request], config: Config, validate: bool, engine: pipeline.Engine | None
) -> list[TranslationResult]:
    """The results of texts that can stand in one project."""
    try:
        return _one_run(requests, config, validate, engine)
    except cargo.RustRejected as error:
        # rustc rejects what no function can be blamed for: halves find the text that it comes from.
        if len(requests) == 1:
            problem = f"rustc rejects the Rust, a bug of Portalis: {error}"
            known: Metadata = {"cached": False, "repeatable": False}
            return [TranslationResult("", 0.0, warnings=(problem,), metadata=known)]
        middle = len(requests) // 2
        return [
            result
            for half in (requests[:middle], requests[middle:])
            for result in _together(half, config, validate, engine)
        ]


def _repeatable(state: pipeline.State, module: str) -> bool:
    """Whether another run would say the same: nothing was cut short, and the module could be imported."""
    if module in pipeline.need(state.frozen).problems:
        return False
    return all(seen.repeatable for key, seen in state.evidence.items() if key.startswith(f"{module}:"))


def _one_run(
    requests: Sequence[Request], config: Config, validate: bool, engine: pipeline.Engine | None
) -> list[TranslationResult]:
    with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
        package = Path(scratch) / "source" / _PACKAGE
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("", encoding="utf-8")
        for request in requests:
            (package / f"{request.module}.py").write_bytes(request.source())
        state = pipeline.State([package], config, SILENT, Path(scratch), engine=engine, beside_python=False)
        pipeline.run_stages(pipeline.VERIFY if validate else pipeline.CHECK, state)
        report = pipeline.report_of(state)
        return [_result(request, state, report) for request in requests]


def _result(request: Request, state: pipeline.State, report: Report) -> TranslationResult:
    """The result of one text out of the whole project's."""
    fullname = f"{_PACKAGE}.{request.module}"
    listed = [item for item in report.items if item.module == fullname]
    asked, problem = _asked_for(request, listed)
    notes = [one for one in report.diagnostics if Path(one.file).stem == request.module]
    warnings = [*([problem] if problem else []), *map(_line, notes)]
    warnings += [f"{item.name}: {_line(one)}" for item in listed for one in item.diagnostics]
    warnings = [warning.replace(f"{fullname}.", "") for warning in warnings]
    functions = [item for item in asked if item.kind in ("function", "method")]
    if not functions and not warnings:
        problem = _nothing(request, asked)
        warnings.append(problem)
    status = _lowest([item.status for item in functions])
    own = _own_crate(state, fullname, state.scratch / request.module)
    text = "" if problem and request.unit != "module" else own.text
    imports, body = _split_imports(text)
    origins = [item.model for item in functions if item.model is not None]
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
        engine="model" if origins else "compiler",
        metadata={
            "cached": False,
            "python": report.python,
            "rustc": report.rustc,
            "cases": sum(item.evidence.cases for item in asked if item.evidence is not None),
            "effort": state.config.effort,
            "seed": state.config.seed,
            "repeatable": _repeatable(state, fullname),
            **({"model": origins[0].model, "prompt": origins[0].prompt} if origins else {}),
        },
    )


def _nothing(request: Request, asked: Sequence[ItemReport]) -> str:
    """Why there is no Rust where nothing else says so."""
    if any(item.kind == "class" for item in asked):
        return "an exception becomes a variant of `Error` where a function raises it; no function here does"
    return f"there is nothing to translate in the {request.unit}"


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
    return TranslatedItem(
        item.name, item.kind, item.status, item.confidence or 0.0, cases, item.diagnostics, item.engine
    )


@dataclass(frozen=True, slots=True)
class _OwnCrate:
    """The Rust of one module: its file, the whole as a single file, the crates it needs."""

    text: str
    crate: str
    crates: dict[str, str]


def _own_crate(state: pipeline.State, module: str, folder: Path) -> _OwnCrate:
    """The crate of one module alone, whatever else was translated beside it; empty without any Rust."""
    compilation = pipeline.need(state.compilation)
    lowered = {key: one for key, one in compilation.lowered.items() if key.startswith(f"{module}:")}
    own = replace(compilation, lowered=lowered).project(state.rejected)
    items = tuple(item for item in own.items if item.module == module)
    file = f"{module.rpartition('.')[2]}.rs"
    # Nothing but the crate's root names the module, so it may have a name that says something.
    files = tuple(
        RustFile(f"{_PACKAGE}.rs", one.text.replace(f"`{_PACKAGE}/{file[:-3]}.py`", "Python", 1))
        if Path(one.path).name == file
        else one
        for one in own.files
    )
    if not files:
        return _OwnCrate("", "", {})
    written = crate.write_core(replace(own, items=items, files=files), folder)
    whole = folder / "single.rs"
    whole.write_text(single_file(folder / "src"), encoding="utf-8")
    crate.rustfmt([whole])
    text = (folder / "src" / f"{_PACKAGE}.rs").read_text(encoding="utf-8")
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
