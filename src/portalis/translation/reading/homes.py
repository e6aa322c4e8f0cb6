"""Where names of the standard library live: a missing `use` can be added, a full path recognised."""

from __future__ import annotations

HOMES: dict[str, tuple[str, ...]] = {
    **{
        name: (f"std::collections::{name}",)
        for name in ("BTreeMap", "BTreeSet", "BinaryHeap", "HashMap", "HashSet", "VecDeque")
    },
    "Error": ("crate::error::Error",),
    **{name: (f"std::ops::{name}",) for name in ("Add", "Div", "Index", "IndexMut", "Mul", "Neg", "Sub")},
    "Cell": ("std::cell::Cell",),
    "Chars": ("std::str::Chars",),
    "Debug": ("std::fmt::Debug",),
    "Display": ("std::fmt::Display",),
    "FromStr": ("std::str::FromStr",),
    "Hash": ("std::hash::Hash",),
    "Peekable": ("std::iter::Peekable",),
    "Ordering": ("std::cmp::Ordering",),
    "Reverse": ("std::cmp::Reverse",),
    "Rc": ("std::rc::Rc",),
    "RefCell": ("std::cell::RefCell",),
    "Cow": ("std::borrow::Cow",),
    "String": ("std::string::String",),
    "Vec": ("std::vec::Vec",),
    "Box": ("std::boxed::Box",),
    "Option": ("std::option::Option", "core::option::Option"),
    "Result": ("std::result::Result", "core::result::Result"),
}
"""A type's full paths, the usual one first. `Error` is the enum of a translated crate."""

PRELUDE = frozenset(
    """AsMut AsRef Box Clone Copy Default DoubleEndedIterator Drop Eq Err ExactSizeIterator Extend Fn FnMut
    FnOnce From FromIterator Into IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result Self
    Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec _ drop""".split()
)
"""Names that are always there."""

PRIMITIVES = frozenset(
    """bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize""".split()
)
MODULES = frozenset({"cmp", "collections", "fmt", "iter", "mem"})
"""Modules of std that models name without a `use`."""
