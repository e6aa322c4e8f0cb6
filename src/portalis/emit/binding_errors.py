"""The exception classes of a binding: which class an error of Rust is in Python, and what it is made with."""

from __future__ import annotations

from collections.abc import Sequence

from portalis.compiler.unit import ExceptionClass
from portalis.emit.error_enum import holds_fields, is_builtin


def _argument(exception: ExceptionClass) -> str:
    """What the exception is made with, by its name in `raise.rs`."""
    if exception.module == "decimal":
        return "Signals"
    return "Repr" if exception.name == "KeyError" or exception.shows_repr else "Text"


def class_table(exceptions: Sequence[ExceptionClass], *, from_python: bool) -> str:
    """The table of classes in `tables.rs`, and the function that finds an error's place in it.

    With `from_python` an error may be an exception object itself: that has no place there.
    """
    rows: list[str] = []
    arms: list[str] = []
    for index, one in enumerate(exceptions):
        path = ", ".join(f'c"{part}"' for part in one.qualname.split("."))
        rows.append(f'Class::new(c"{one.module}", &[{path}], Argument::{_argument(one)}),')
        text = "Some(text.as_str()).filter(|text| !text.is_empty())" if is_builtin(one) else "text.as_deref()"
        pattern = f"{one.name} {{ message: text, .. }}" if holds_fields(one) else f"{one.name}(text)"
        arms.append(f"ERROR::{pattern} => ({index}, {text}),")
    if from_python:
        arms.append('ERROR::FromPython(_) => unreachable!("an exception object is raised as it is"),')
    listed = "\n".join(rows)
    matched = "match error {\n" + "\n".join(arms) + "\n}" if arms else "match *error {}"
    return f"""\
pub static CLASSES: [Class; {len(exceptions)}] = [
{listed}
];

/// The class of an error, as its place in `CLASSES`, and the argument that the exception was raised with.
pub fn class_and_text(error: &ERROR) -> (usize, Option<&str>) {{
    {matched}
}}
"""
