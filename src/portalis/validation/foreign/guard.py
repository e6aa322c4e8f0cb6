"""What Rust from elsewhere may not do: it is compiled outside the sandbox and runs beside its own judge.

Compiling runs macros, so only macros of `std` that read nothing and the text's own are admitted. Running is
sandboxed, but in the process that judges: hence no `unsafe`, and of `std` only what computes. Everything
is decided on the syntax tree and by lists of what is admitted, so that what nobody thought of is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from portalis.diagnostics import Diagnostic
from portalis.rust_grammar import Spans, parse, source_of, walk
from portalis.validation.rust_syntax import UsePath, segments, use_paths

CODE = "PT743"

_ROOTS = frozenset({"std", "core", "alloc"})
_MODULES = frozenset(
    """any array ascii borrow bool boxed cell char clone cmp collections convert default error f32 f64 fmt
    hash hint i128 i16 i32 i64 i8 io isize iter marker mem num ops option panic prelude primitive range rc
    result slice str string sync u128 u16 u32 u64 u8 usize vec""".split()
)
_PARTS = {
    "process": frozenset({"exit", "abort", "ExitCode", "Termination"}),
    "time": frozenset({"Duration"}),
    "thread": frozenset({"scope", "Scope", "ScopedJoinHandle", "LocalKey"}),
}
"""Of these modules only these names."""
_ROOT_MACROS = frozenset(
    """assert assert_eq assert_ne column concat dbg debug_assert debug_assert_eq debug_assert_ne eprint
    eprintln file format format_args line matches module_path panic print println stringify
    thread_local todo try unimplemented unreachable vec write writeln cfg""".split()
)
_RESERVED_MACROS = frozenset(
    """include include_str include_bytes env option_env asm global_asm naked_asm concat_bytes concat_idents
    compile_error trace_macros log_syntax""".split()
)
"""Not to be defined anew either: where a definition is out of scope, the name is the standard one."""
_NAMES = frozenset({"stdin", "Stdin", "StdinLock", "set_hook", "take_hook", "__portalis_adapter"})
_ATTRIBUTES = frozenset(
    """allow automatically_derived cfg cold default deny deprecated derive doc expect forbid inline
    must_use non_exhaustive repr rustfmt clippy test track_caller warn""".split()
)
_DERIVES = frozenset("Clone Copy Debug Default Eq Hash Ord PartialEq PartialOrd".split())
_ITEMS = {
    "foreign_mod_item": "an `extern` block",
    "extern_crate_declaration": "`extern crate`",
    "extern_modifier": "an `extern` function",
    "unsafe_block": "`unsafe`",
    "union_item": "a `union`",
    "pointer_type": "a raw pointer",
}
_HINT = "a candidate may compute and print; files, processes, the environment and unsafe code stay outside"


def refusals(text: str, crates: frozenset[str]) -> tuple[Diagnostic, ...]:
    """What in a Rust text is not admitted, each with its place in it; empty where all is.

    Args:
        text: Rust that parses.
        crates: names of the crates, besides the standard library, that it may use.
    """
    root = parse(text)
    spans = Spans(text)
    own = {source_of(n.child_by_field_name("name")) for n in walk(root) if n.type == "macro_definition"}
    own -= _RESERVED_MACROS
    found: dict[tuple[int, str], Diagnostic] = {}
    for node in walk(root):
        for what in _of_node(node, frozenset(own), crates):
            found.setdefault(
                (node.start_byte, what),
                Diagnostic(CODE, f"{what} is not admitted", spans.of(node), "error", _HINT),
            )
    return tuple(found.values())


def _of_node(node: Node, own_macros: frozenset[str], crates: frozenset[str]) -> Iterator[str]:
    """What is refused at one node, in words."""
    kind = node.type
    if kind in _ITEMS:
        yield _ITEMS[kind]
    elif kind == "unsafe":
        yield "`unsafe`"
    elif kind == "mod_item" and node.child_by_field_name("body") is None:
        yield "a module in another file"
    elif kind == "macro_invocation":
        yield from _macro(segments(node.child_by_field_name("macro")), own_macros)
    elif kind in ("attribute_item", "inner_attribute_item"):
        yield from _attribute(node)
    elif kind == "use_declaration":
        for path in use_paths(node.child_by_field_name("argument"), ()):
            yield from _use(path, crates, _modules_around(node))
    elif kind in ("scoped_identifier", "scoped_type_identifier"):
        if not _inside_path(node):
            yield from _path(segments(node), modules=_modules_around(node))
    elif kind == "token_tree" or kind == "macro_definition":
        yield from _tokens(node, own_macros)
    elif kind in ("identifier", "type_identifier", "field_identifier"):
        name = source_of(node).removeprefix("r#")
        if name in _NAMES:
            yield f"`{name}`"


def _inside_path(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.type in (
        "scoped_identifier", "scoped_type_identifier", "use_declaration", "scoped_use_list", "use_list",
        "use_wildcard", "use_as_clause",
    )  # fmt: skip


def _modules_around(node: Node) -> int:
    """How many modules of the text a node stands in."""
    count, above = 0, node.parent
    while above is not None:
        count += above.type == "mod_item"
        above = above.parent
    return count


def _macro(path: Sequence[str], own: frozenset[str]) -> Iterator[str]:
    plain = path[-1] if path else ""
    if len(path) == 1 and (plain in own or plain in _ROOT_MACROS):
        return
    if len(path) == 2 and path[0] in _ROOTS and plain in _ROOT_MACROS:
        return
    yield f"the macro `{'::'.join(path)}!`"


def _attribute(node: Node) -> Iterator[str]:
    inner = next((child for child in node.named_children if child.type == "attribute"), None)
    words = [source_of(leaf) for leaf in walk(inner) if leaf.child_count == 0] if inner is not None else []
    name = words[0] if words else ""
    if name not in _ATTRIBUTES:
        yield f"the attribute `{name}`"
    elif name == "derive":
        for word in words[1:]:
            if word.isidentifier() and word not in _DERIVES | _ROOTS and word not in ("cmp", "fmt", "hash"):
                yield f"`derive({word})`"
    elif "include_str" in words or "include" in words:
        yield "a file in an attribute"


def _use(path: UsePath, crates: frozenset[str], modules: int) -> Iterator[str]:
    names = path.segments
    if len(names) == 1 and names[0] in _ROOTS and path.alias not in ("", "_", names[0]):
        yield f"`{names[0]}` under another name"
    elif names[0] in _ROOTS and names[-1] == "*" and (len(names) == 2 or names[1] in _PARTS):
        yield f"`use {'::'.join(names)}`"
    elif names[0] in _ROOTS and len(names) == 2 and names[1] in _PARTS:
        yield f"`use {'::'.join(names)}` as a whole (name the function)"
    elif names[0] in _ROOTS or names[0] in ("self", "super", "crate", "Self") or names[0] in crates:
        yield from _path(names, in_use=True, modules=modules)
    if any(name in _NAMES for name in names):
        yield f"`{'::'.join(names)}`"


def _path(names: Sequence[str], *, in_use: bool = False, modules: int = 0) -> Iterator[str]:
    """What is refused of a path from one of the standard roots, or out of the text.

    `modules` is the number of the text's own modules that the path stands in.
    """
    if names and (names[0] == "crate" or names.count("super") > modules):
        yield f"`{names[0]}::`, since the text stands in a module of its own,"
    if len(names) < 2 or names[0] not in _ROOTS:
        return
    module = names[1]
    if module in _PARTS:
        if len(names) > 2 and names[2] not in _PARTS[module]:
            yield f"`{'::'.join(names[:3])}`"
        elif len(names) == 2:
            yield f"`{'::'.join(names)}`"
    elif module not in _MODULES and not (in_use and (module == "*" or module in _ROOT_MACROS)):
        yield f"`{'::'.join(names[:2])}`"


def _tokens(node: Node, own_macros: frozenset[str]) -> Iterator[str]:
    """The same inside a macro's tokens, which no grammar reads: by their spelling."""
    leaves = [leaf for leaf in walk(node) if leaf.child_count == 0]
    if node.type == "token_tree" and node.parent is not None and node.parent.type == "token_tree":
        return
    words = [source_of(leaf).removeprefix("r#") for leaf in leaves]
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in ("unsafe", "extern", "asm", "global_asm") or word in _NAMES:
            yield f"`{word}` in a macro"
        elif word in _ROOTS and after == "::":
            names = _token_path(words[at:])
            if len(names) < 2 or not names[1].isidentifier():
                yield f"a path from `{word}` put together by a macro"
            else:
                yield from _path(names, in_use=names[1] in _ROOT_MACROS)
        elif after == "!" and words[at + 2 : at + 3] and words[at + 2] in "([{" and word.isidentifier():
            yield from _macro([word], own_macros)
        elif word == "#" and after == "[":
            yield from _token_attribute(words[at + 2 :])
        elif word == "use" and after in ("::", "{", "$"):
            yield "a `use` put together by a macro"
        elif word in _ROOTS and leaves[at].type in ("identifier", "metavariable"):
            yield f"`{word}` handed to a macro"
        elif word == "macro_rules" and after == "!" and words[at + 2 : at + 3]:
            yield from _macro([words[at + 2]], own_macros)


def _token_attribute(words: Sequence[str]) -> Iterator[str]:
    if not words or words[0] not in _ATTRIBUTES:
        yield f"the attribute `{words[0] if words else ''}` in a macro"


def _token_path(words: Sequence[str]) -> list[str]:
    """The names of the path at the start of some tokens; `std::{…}` has one."""
    names = [words[0]]
    for at in range(1, len(words) - 1, 2):
        if words[at] != "::" or not (words[at + 1].isidentifier() or words[at + 1] in "{*$"):
            break
        names.append(words[at + 1])
    return names
