"""The crate in which faults are planted: each is a further function beside the one it was made from.

So that rustc runs once for all of them: `checksum`, `checksum_fault_0`, `checksum_fault_1`, … stand in one
module and are bound in one extension. A fault in a function that calls itself calls itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portalis.bench.fault import Fault
from portalis.bench.operators import About
from portalis.bench.sites import sites
from portalis.compiler.driver import Compilation, exception_classes, rust_function
from portalis.compiler.files import module_files
from portalis.compiler.lowering.function import LoweredFunction
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.printer import print_item
from portalis.compiler.rust.vocabulary import runtime_folder
from portalis.compiler.unit import CompiledProject, Item
from portalis.emit.error_enum import is_builtin
from portalis.mapping.naming import snake

_ERROR = re.compile(r"\bError::([A-Z]\w*)\(")
_MODULE = re.compile(r"\b([a-z_]+)::")
MARK = "_fault_"
"""What stands between a function's name and a fault's number."""


def about(compiled: CompiledProject) -> About:
    """What operators may put in: the exceptions of the crate, in an order that does not change."""
    raised = {
        name for item in compiled.items if item.rust is not None for name in _ERROR.findall(item.rust.text)
    }
    known = {one.name: one for one in compiled.exceptions}
    plain = sorted(name for name in raised if name not in known or is_builtin(known[name]))
    optional = sorted(name for name in raised if name in known and not is_builtin(known[name]))
    questions = sorted(f"is_{snake(name)}" for name in known)
    return About(tuple(plain), tuple(optional), tuple(questions))


@dataclass(frozen=True, slots=True)
class Field:
    """A project with faults in it. `paths` gives the fault at a Rust path, `natives` the name in the
    extension of a fault's id.
    """

    compiled: CompiledProject
    paths: dict[str, Fault]
    natives: dict[str, str]


def plant(
    compilation: Compilation, compiled: CompiledProject, faults: Sequence[Fault], *, copies: bool = False
) -> Field:
    """The project with a function more for each fault; `copies` adds one without a fault for each function.

    Args:
        compilation: the compiler's answer for the project.
        compiled: the part of it that is in the crate.
        faults: what to plant.
    """
    kept = {item.key: compilation.lowered[item.key] for item in compiled.items if item.rust is not None}
    stems = frozenset(path.stem for path in runtime_folder().glob("*.rs"))
    added: dict[str, LoweredFunction] = {}
    paths: dict[str, Fault] = {}
    natives: dict[str, str] = {}
    for number, fault in enumerate(faults):
        native = f"{fault.key}{MARK}{number}"
        item = _whole(fault.item) if copies else fault.item
        added[native] = _beside(kept[fault.key], item, str(number), stems)
        paths[added[native].callee.path] = fault
        natives[fault.id] = native
    if copies:
        for key in dict.fromkeys(fault.key for fault in faults):
            added[f"{key}{MARK}none"] = _beside(kept[key], _whole(kept[key].item), "none", stems)
    files = module_files(compilation.source, compilation.context, {**kept, **added}, compilation.functions)
    everything = [*kept.values(), *added.values()]
    project = replace(
        compiled,
        items=(*compiled.items, *_items(compilation, compiled, added)),
        files=files,
        exceptions=exception_classes(compilation.symbols, everything, compilation.context),
    )
    return Field(project, paths, natives)


def _whole(item: t.FnItem) -> t.FnItem:
    """The function so that its own code is made where it stands, however small it is."""
    return replace(item, attributes=(*item.attributes, "#[inline(never)]"))


def _beside(lowered: LoweredFunction, item: t.FnItem, number: str, stems: frozenset[str]) -> LoweredFunction:
    """The function under a name of its own."""
    name = f"{item.name}{MARK}{number}"
    body = _calling(item, name)
    named = replace(item, name=name, body=body, doc="")
    text = print_item(named)
    path = lowered.callee.path.rpartition("::")[0]
    return replace(
        lowered,
        callee=replace(lowered.callee, path=f"{path}::{name}" if path else name),
        item=named,
        patterns=(),
        runtime=lowered.runtime | (stems & set(_MODULE.findall(text))),
        text=text,
    )


def _calling(item: t.FnItem, name: str) -> t.Block:
    """The body with calls of the function itself under its new name."""
    body: t.Block = item.body
    for site in sites(body):
        match site.node:
            case t.Call(t.Path(called)) if called == item.name:
                # One at a time: a place is that of the tree it was found in.
                renamed = site.put(replace(site.node, func=t.Path(name)))
                assert isinstance(renamed, t.Block)
                return _calling(replace(item, body=renamed), name)
    return body


def _items(
    compilation: Compilation, compiled: CompiledProject, added: Mapping[str, LoweredFunction]
) -> list[Item]:
    by_key = {item.key: item for item in compiled.items}
    made: list[Item] = []
    for native, lowered in added.items():
        own = by_key[lowered.callee.key]
        rust = rust_function(compilation.functions[lowered.callee.key], lowered, compilation.symbols)
        made.append(replace(own, qualname=native.partition(":")[2], rust=rust))
    return made
