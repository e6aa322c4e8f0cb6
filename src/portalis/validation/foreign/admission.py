"""What a Rust text that Portalis did not write may use: lists of what is admitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ROOTS = frozenset({"std", "core", "alloc"})
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
_MACROS = frozenset(
    """assert assert_eq assert_ne column concat dbg debug_assert debug_assert_eq debug_assert_ne eprint
    eprintln file format format_args line matches module_path panic print println stringify
    thread_local todo try unimplemented unreachable vec write writeln cfg""".split()
)
RESERVED_MACROS = frozenset(
    """include include_str include_bytes env option_env asm global_asm naked_asm concat_bytes concat_idents
    compile_error trace_macros log_syntax""".split()
)
"""Not to be defined anew either: where a definition is out of scope, the name is the standard one."""
_NAMES = frozenset({"stdin", "Stdin", "StdinLock", "set_hook", "take_hook", "__portalis_adapter"})
_ATTRIBUTES = frozenset(
    """allow automatically_derived cfg cold default deny deprecated derive doc expect forbid inline
    must_use non_exhaustive repr rustfmt clippy test track_caller warn""".split()
)
DERIVES = frozenset("Clone Copy Debug Default Eq Hash Ord PartialEq PartialOrd".split())


@dataclass(frozen=True, slots=True)
class Admission:
    """What a text may use.

    Attributes:
        modules: modules of the standard library, whole.
        parts: of further modules only these names.
        macros: macros of the standard library.
        attributes: attributes, by their first word.
        own_macros: whether the text may define macros.
        crate: paths below `crate::` that it may use, with all that is below them; none where the text stands
            in a module of its own.
        names: identifiers that are refused wherever they stand.
    """

    modules: frozenset[str] = _MODULES
    parts: Mapping[str, frozenset[str]] = field(default_factory=lambda: _PARTS)
    macros: frozenset[str] = _MACROS
    attributes: frozenset[str] = _ATTRIBUTES
    own_macros: bool = True
    crate: frozenset[str] = frozenset()
    names: frozenset[str] = _NAMES


CANDIDATE = Admission()
"""For candidates as they are handed in: texts in a module of their own, with what they define and print."""

_PROPOSAL_PARTS = {"mem": frozenset({"swap", "take", "replace", "size_of"})}


def proposal(crate: frozenset[str]) -> Admission:
    """For one function that is to stand in a translated crate: it computes, and shares nothing but `crate`.

    It can't print (the crate's output goes through its runtime), end the process, catch a panic (which is how
    Rust hands a call back to Python), keep anything between calls, or expand to what can't be read.
    """
    return Admission(
        modules=_MODULES - frozenset({"any", "hint", "io", "mem", "panic", "sync"}),
        parts=_PROPOSAL_PARTS,
        macros=frozenset(
            """assert assert_eq assert_ne concat debug_assert debug_assert_eq debug_assert_ne format
            format_args matches panic stringify unreachable vec write writeln""".split()
        ),
        attributes=frozenset({"allow", "derive", "doc", "inline", "must_use"}),
        own_macros=False,
        crate=crate,
        names=_NAMES | {"leak", "forget", "ManuallyDrop", "RandomState", "thread_local"},
    )
