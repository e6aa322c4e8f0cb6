"""The Rust of loaders: a function that gives what was loaded, and the source that whoever has it sets."""

from __future__ import annotations

from collections.abc import Collection

from portalis.compiler.hir.loaders import Loader
from portalis.compiler.lowering.context import STRUCT_OPTIONS
from portalis.compiler.lowering.function import LoweredFunction, rust_doc
from portalis.compiler.lowering.project_context import ProjectContext
from portalis.compiler.rust.vocabulary import rust_name
from portalis.compiler.types import STR
from portalis.compiler.unit import LoadedValue
from portalis.mapping.python_to_rust import map_type

IMPORTS = frozenset({"std::rc::Rc"})
RUNTIME = frozenset({"loaded"})


def used_loaders(context: ProjectContext, lowered: Collection[LoweredFunction]) -> list[Loader]:
    """The loaders that functions call, in the order of their keys."""
    keys = {key for function in lowered for key in function.loaders}
    return [context.loaders.by_key[key] for key in sorted(keys)]


def loader_text(loader: Loader, context: ProjectContext) -> tuple[str, frozenset[str]]:
    """The items of a loader, before rustfmt, and the paths that they need."""
    gives = map_type(loader.gives, "owned", STRUCT_OPTIONS, context.table)
    home = f"crate::{context.paths[loader.module]}"
    needed = {path for path in gives.imports if path.rpartition("::")[0] != home}
    doc = "".join(f"/// {line}".rstrip() + "\n" for line in rust_doc(loader.doc).splitlines())
    text = _LOADER
    key, lent = ("String", "str") if loader.key is STR else ("i64", "i64")
    for name, value in (
        ("STEM", _stem(loader)), ("GIVES", str(gives)), ("OWNED", key), ("LENT", lent), ("DOC\n", doc),
        ("FUNCTION", rust_name(loader.name)), ("PARAM", rust_name(loader.param)),
        ("TAKEN", "&str" if loader.key is STR else "i64"), ("BY", "" if loader.key is STR else "&"),
    ):  # fmt: skip
        text = text.replace(f"@{name}", value)
    return text, IMPORTS | needed


def loaded_values(context: ProjectContext, lowered: Collection[LoweredFunction]) -> tuple[LoadedValue, ...]:
    """What the emitter must know of the loaders that functions call."""
    return tuple(
        LoadedValue(
            loader.source,
            loader.module,
            loader.name,
            "::".join(filter(None, (context.paths[loader.module], f"{_stem(loader)}_SOURCE"))),
            loader.key,
            loader.gives,
        )
        for loader in used_loaders(context, lowered)
    )


def _stem(loader: Loader) -> str:
    return loader.name.strip("_").upper()


_LOADER = """\
thread_local! {
    static @STEM_LOADED: loaded::Loaded<@OWNED, @GIVES> = loaded::Loaded::default();
}

/// Where `@FUNCTION` gets what it doesn't have yet: to be set before the first call.
pub static @STEM_SOURCE: loaded::Source<@LENT, @GIVES> = loaded::Source::unset();

@DOC
pub fn @FUNCTION(@PARAM: @TAKEN) -> Rc<@GIVES> {
    loaded::load(&@STEM_LOADED, &@STEM_SOURCE, @BY@PARAM)
}"""
