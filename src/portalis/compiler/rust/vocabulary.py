"""The names that generated Rust has taken: keywords, the runtime's modules, types that files import."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from portalis.config.rust_syntax import KEYWORDS
from portalis.config.type_mappings import default_type_table


def runtime_folder() -> Path:
    """The folder of runtime files that ship with Portalis."""
    return Path(str(resources.files("portalis.compiler.rust") / "runtime"))


RUNTIME_MODULES = frozenset(path.stem for path in runtime_folder().glob("*.rs")) | {
    "error", "runtime", "std", "core", "upcalls",
}  # fmt: skip
"""Names that a `use` of the runtime may bring into a file."""

_IN_SIGHT = frozenset(
    """Vec String Option Some None Result Ok Err Box Error Rc RefCell Ref RefMut Cell Cow IndexMap
    HashMap HashSet VecDeque Iterator Default Clone Copy Drop Eq Ord PartialEq PartialOrd Debug
    Display Hash Hasher Send Sync Sized Fn FnMut FnOnce From Into AsRef AsMut ToOwned ToString
    Extend Identity LazyLock Decline Self""".split()
)
TYPE_NAMES = _IN_SIGHT | {
    path.rpartition("::")[2]
    for _, _, row in default_type_table().rows()
    for path in (row.import_, row.borrowed_import)
    if path and row.scope != "annotation"
}
"""Types and traits that generated files name: a struct of that name would hide them."""


def rust_name(name: str) -> str:
    """A Python identifier as a Rust one.

    >>> rust_name("type"), rust_name("kind")
    ('type_', 'kind')
    """
    return f"{name}_" if name in KEYWORDS or name == "_" else name
