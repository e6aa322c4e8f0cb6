"""Enumerations of the project as they are after import: their members, with values and texts; and what else
of a constant is known by its name.

What a member's value is (`auto()`, an expression, `_generate_next_value_`), which names are aliases and how a
member shows itself is decided when the class is made. So it is taken from the class itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A member: `texts` are what `str`, `repr` and `format` without a specification give.

    `plain` says whether `value` is known: whether it is plain data.
    """

    name: str
    value: object
    plain: bool
    texts: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class EnumClass:
    """An enumeration; `mixed` is the builtin type its members also are (`int` of an `IntEnum`), "" for none.

    `odd` says why it is none that Rust can stand for, "" where it is.
    """

    module: str
    qualname: str
    mixed: str
    members: tuple[EnumMember, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    odd: str = ""

    @property
    def fullname(self) -> str:
        """The full dotted name."""
        return f"{self.module}.{self.qualname}"


@dataclass(frozen=True, slots=True)
class MemberValue:
    """A member as a value inside a constant: its class by full name, what that is mixed with, its name."""

    fullname: str
    mixed: str
    name: str


@dataclass(frozen=True, slots=True)
class FunctionValue:
    """A function as a value inside a constant: by module and qualified name, a lambda by a place in its body.

    `line` (from 1) and `column` (from 0, in bytes) are 0 where the name tells.
    """

    module: str
    qualname: str
    line: int
    column: int
