"""docs/api.md: the Python API, from signatures and docstrings."""

from __future__ import annotations

import enum
import importlib
import inspect
import re
import typing
from collections.abc import Iterator
from types import ModuleType

MODULES: dict[str, tuple[str, ...]] = {
    "portalis.translation.translator": (
        "NeMoTranslator", "TranslationConfig", "TranslationResult", "TranslatedItem",
    ),
    "portalis.translation.nemo_service": (
        "NeMoService", "InferenceConfig", "PromptContext", "BackendError", "TransientError", "OutOfMemory",
    ),
    "portalis.mapping.type_mapper": (
        "TypeMapper", "MappedType", "RustSignature", "MappingOptions", "MappingError", "AnnotationError",
        "UnmappedType",
    ),
    "portalis.mapping.error_mapper": (
        "ErrorMapper", "ErrorHandlingStrategy", "ErrorMapping", "UnknownException", "RaiseError",
    ),
    "portalis.validation.validator": (
        "TranslationValidator", "ValidationLevel", "ValidationResult", "Issue", "ToolError",
    ),
    "portalis.validation.semantic_checker": (
        "SemanticChecker", "EquivalenceResult", "Counterexample", "Evidence", "Pair", "Finding", "CheckError",
    ),
    "portalis.utils.ast_utils": (
        "parse_source", "definitions", "functions", "classes", "docstrings", "doctest_examples",
        "imported_names", "free_variables", "Definition", "DoctestExample",
    ),
    "portalis.utils.cuda_utils": (
        "check_cuda_available", "get_gpu_memory_info", "optimize_gpu_memory", "GpuMemory", "FreedMemory",
    ),
}  # fmt: skip
"""The public modules, and what is documented of each, in order."""

_HEAD = """\
# Python API

What the command line does can be called from Python. Modules, names, arguments and results
on this page are stable; what it does not name may change with any version.

| module | names |
|---|---|"""
_TAIL = """
The type table behind `TypeMapper` is described in [types](types.md), the exceptions of `ErrorMapper` in
[errors](errors.md), what `SemanticChecker` accepts and how it judges in
[checking Rust against Python](semantic-checker.md), models and their backends in
[the model engine](model-engine.md), and the codes that errors and warnings carry in
[diagnostics](diagnostics.md).
"""
_SECTIONS = ("Args", "Returns", "Raises", "Attributes", "Yields")
_SECTION = re.compile(rf"^({'|'.join(_SECTIONS)}):$")
_ENTRY = re.compile(r"^ {4}([*\w.,| ]+): (.*)$")
_WIDTH = 100


def api_page() -> str:
    """The text of docs/api.md."""
    parts = [_HEAD]
    for name, names in MODULES.items():
        links = ", ".join(f"[`{one}`](#{one.lower()})" for one in names)
        parts.append(f"| [`{name}`](#{name.replace('.', '').lower()}) | {links} |")
    parts.append(_TAIL)
    for name, names in MODULES.items():
        module = importlib.import_module(name)
        parts.append(f"## `{name}`\n")
        parts.append(_markdown(inspect.getdoc(module) or ""))
        for one in names:
            parts += _entry(one, getattr(module, one))
    return "\n".join(parts).rstrip() + "\n"


def documented() -> Iterator[tuple[str, object]]:
    """Every class, function, method and property on the page, with its dotted name."""
    for module_name, names in MODULES.items():
        module: ModuleType = importlib.import_module(module_name)
        for name in names:
            value = getattr(module, name)
            yield f"{module_name}.{name}", value
            if inspect.isclass(value):
                for method, inner in public_methods(value):
                    yield f"{module_name}.{name}.{method}", plain(inner)


def public_methods(cls: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties that a class defines itself."""
    for name, value in vars(cls).items():
        if not name.startswith("_") and (inspect.isfunction(plain(value)) or isinstance(value, property)):
            yield name, value


def plain(value: object) -> object:
    """The function under a class method, a static method or a cache."""
    if isinstance(value, (classmethod, staticmethod)):
        value = value.__func__
    return inspect.unwrap(value) if callable(value) else value


def _entry(name: str, value: object) -> Iterator[str]:
    yield f"### `{name}`\n"
    if inspect.isclass(value):
        yield from _class(name, value)
    else:
        yield _call(name, value)
        yield _markdown(inspect.getdoc(value) or "")


def _class(name: str, value: type) -> Iterator[str]:
    if issubclass(value, enum.Enum):
        yield _fenced([f"{name}.{member.name}" for member in value])
    elif typing.is_typeddict(value):
        fields = [f"{key}: {_type(annotation)}" for key, annotation in inspect.get_annotations(value).items()]
        yield _fenced([f"class {name}(TypedDict):", *(f"    {field}" for field in fields)])
    elif issubclass(value, BaseException):
        bases = ", ".join(base.__name__ for base in value.__bases__)
        yield _fenced([f"class {name}({bases})"])
    else:
        yield _call(name, value)
    yield _markdown(inspect.getdoc(value) or "")
    if hasattr(value, "__enter__"):
        yield "It is a context manager.\n"
    for method, inner in public_methods(value):
        yield f"#### `{name}.{method}`\n"
        if isinstance(inner, property):
            returns = inspect.get_annotations(inner.fget).get("return") if inner.fget else None
            yield _fenced([f"{method}: {_type(returns)}"])
        else:
            yield _call(method, plain(inner))
        yield _markdown(inspect.getdoc(inner) or "")


def _fenced(lines: list[str]) -> str:
    return "\n".join(["```python", *lines, "```\n"])


def _call(name: str, value: object) -> str:
    """A call's parameters as a user would write them, one a line where they are many."""
    signature = inspect.signature(value)  # type: ignore[arg-type]
    shown: list[str] = []
    starred = False
    for one in signature.parameters.values():
        if one.name in ("self", "cls"):
            continue
        if one.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            starred = True
            shown.append("*")
        shown.append(_parameter(one))
    returns = signature.return_annotation
    tail = (
        ""
        if inspect.isclass(value) or returns in (inspect.Signature.empty, None)
        else f" -> {_type(returns)}"
    )
    tail = "" if tail == " -> None" else tail
    line = f"{name}({', '.join(shown)}){tail}"
    if len(line) <= _WIDTH:
        return _fenced([line])
    return _fenced([f"{name}(", *(f"    {one}," for one in shown), f"){tail}"])


def _parameter(one: inspect.Parameter) -> str:
    text = one.name
    if one.annotation is not inspect.Parameter.empty:
        text += f": {_type(one.annotation)}"
    if one.default is not inspect.Parameter.empty:
        text += f" = {_default(one.default)}"
    return text


def _type(annotation: object) -> str:
    if isinstance(annotation, str):
        return annotation
    return annotation.__name__ if inspect.isclass(annotation) else str(annotation)


def _default(value: object) -> str:
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    return repr(value).replace("'", '"') if isinstance(value, (str, int, float, tuple, type(None))) else "…"


def _markdown(docstring: str) -> str:
    """A docstring as Markdown: sections in bold, their entries as a list, indented examples fenced."""
    lines: list[str] = []
    section = ""
    fence = ""
    for line in docstring.splitlines():
        head = _SECTION.match(line)
        if fence and not _continues(fence, line):
            lines += ["```", ""]
            fence = ""
        if not fence and not section and line.startswith((">>> ", "    ")):
            fence = ">>>" if line.startswith(">>>") else "indented"
            lines.append("```python")
        if fence:
            lines.append(line.removeprefix("    ") if fence == "indented" else line)
        elif head is not None:
            section = head[1]
            lines += [f"**{section}**", ""]
        elif section and (entry := _ENTRY.match(line)) and section != "Returns":
            lines.append(f"- `{entry[1]}`: {entry[2]}")
        elif section and line.startswith("    "):
            lines.append(line.strip() if section == "Returns" else f"  {line.strip()}")
        else:
            section = section if not line.strip() else ""
            if line.startswith(">>> "):
                fence = ">>>"
                lines.append("```python")
            lines.append(line)
    if fence:
        lines.append("```")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _continues(fence: str, line: str) -> bool:
    """Whether a line belongs to the example before it."""
    return bool(line.strip()) if fence == ">>>" else line.startswith("    ")
