"""The Rust of a recursive tuple: a handle to its parts, which nobody changes.

Entry = tuple[str, list["Entry"]]   →   pub struct Entry(Rc<EntryParts>);
"""

from __future__ import annotations

from collections.abc import Sequence


def record_text(name: str, parts: Sequence[str]) -> str:
    """The items of a record, before rustfmt; `parts` are the types of its parts."""
    listed = ", ".join(parts) + ("," if len(parts) == 1 else "")
    return _RECORD.replace("NAME", name).replace("PARTS", listed)


_RECORD = """\
/// A tuple that holds such tuples again; a clone is the same tuple.
#[derive(Debug, Clone)]
pub struct NAME(Rc<NAMEParts>);

/// The parts of a `NAME`.
pub type NAMEParts = (PARTS);

impl NAME {
    /// The tuple itself.
    pub fn parts(&self) -> &NAMEParts {
        &self.0
    }
}

impl From<NAMEParts> for NAME {
    fn from(parts: NAMEParts) -> NAME {
        NAME(Rc::new(parts))
    }
}"""
