"""The Rust source of an error enum, for the crates of the compiler and for `ErrorMapper` alike.

class InvalidFormat(ValueError): ...
→   Error::InvalidFormat(Option<String>), is_invalid_format(), is_value_error()

What is written is as rustfmt leaves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from portalis.mapping.naming import predicate, snake
from portalis.mapping.rust_text import rust_string
from portalis.mapping.traits import derives

Payload = Literal["text", "optional", "fields"]
WIDTH = 100
_CALL_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of the enum.

    Attributes:
        name: the variant's name.
        path: the Python class, with its module where it isn't built in.
        class_name: its `__qualname__`.
        bases: the names of the classes it inherits from, to `BaseException`.
        payload: `text` is `str(exc)` itself; `optional` the argument, None where there was none;
            `fields` the text and the fields below.
        default_message: `str(exc)` of an instance made without arguments.
        fields: names with their Rust types.
        group: whether its `errors` are those of an exception group.
    """

    name: str
    path: str
    class_name: str
    bases: tuple[str, ...]
    payload: Payload = "text"
    default_message: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    group: bool = False

    def pattern(self, enum: str, binding: str = "") -> str:
        """The variant as a pattern that binds its text, or nothing."""
        if self.payload == "fields":
            return f"{enum}::{self.name} {{ {'message: ' + binding + ', ' if binding else ''}.. }}"
        return f"{enum}::{self.name}({binding or '_'})"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A `From` of one of the standard library's errors.

    Attributes:
        std: the path of the error.
        variant: what it becomes.
        kinds: for `std::io::Error`: kinds that become another variant.
    """

    std: str
    variant: str
    kinds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorEnum:
    """What is to be written.

    Attributes:
        name: the enum's name.
        variants: one per exception class; not empty.
        traits: what the enum derives.
        chains: whether an error remembers what it was raised from.
        conversions: which of the standard library's errors become which variant.
        fmt: the path by which the text names `std::fmt`.
        from_python: whether an error may be an exception object of Python, a `Raised`.
        classes: the module and qualified name of each class, by which such an object is asked for it.
    """

    name: str
    variants: Sequence[Variant]
    traits: frozenset[str] = frozenset({"Clone", "Debug", "Eq", "PartialEq"})
    chains: bool = False
    conversions: Sequence[Conversion] = ()
    fmt: str = "fmt"
    from_python: bool = False
    classes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def source(self) -> str:
        """The items, without imports."""
        parts = [
            self._enum(),
            *([self._cause()] if self.chains else []),
            self._implementation(),
            self._display(),
        ]
        parts += [self._from(one) for one in self.conversions]
        return "\n\n".join(parts) + "\n"

    # Items ----------------------------------------------------------------------------------------

    def _enum(self) -> str:
        lines = [
            "/// Why a call failed, with the message of the Python exception.",
            f"{derives(self.traits)}pub enum {self.name} {{",
        ]
        for one in self.variants:
            lines.append(f"    /// Python's `{one.path}`.")
            if one.payload == "fields":
                lines += [
                    f"    {one.name} {{",
                    "        /// What `str(exc)` gives.",
                    "        message: String,",
                ]
                for field, type_ in one.fields:
                    lines += [f"        /// Python's attribute `{field}`.", f"        {field}: {type_},"]
                lines.append("    },")
            else:
                lines.append(f"    {one.name}({'String' if one.payload == 'text' else 'Option<String>'}),")
        if self.from_python:
            lines += ["    /// What a Python function raised.", "    FromPython(Raised),"]
        if self.chains:
            lines.append("    /// An error that was raised from another one.")
            lines.append(f"    Chained(Box<Self>, {self.name}Cause),")
        return "\n".join((*lines, "}"))

    def _cause(self) -> str:
        name = f"{self.name}Cause"
        equal = (
            f"impl PartialEq for {name} {{\n    fn eq(&self, _: &{name}) -> bool {{\n        true\n    }}\n}}"
        )
        doc = "/// What an error was raised from. It has no part in whether two errors are equal.\n"
        held = "std::sync::Arc<dyn std::error::Error + Send + Sync>"
        parts = [f"{doc}{derives({'Clone', 'Debug'})}pub struct {name}({held});"]
        if "PartialEq" in self.traits:
            parts.append(equal)
        if "Eq" in self.traits:
            parts.append(f"impl Eq for {name} {{}}")
        return "\n\n".join(parts)

    def _implementation(self) -> str:
        parts = [self._message(), self._class_name(), *map(self._predicate, self._catchable())]
        parts += [self._group(one) for one in self.variants if one.group]
        if self.chains:
            parts += [self._raised(), self._caused_by()]
        return f"impl {self.name} {{\n" + "\n\n".join(parts) + "\n}"

    def _message(self) -> str:
        plain = [one.pattern(self.name, "text") for one in self.variants if one.payload != "optional"]
        arms = [_arm(plain, "text")] if plain else []
        for one in self.variants:
            if one.payload == "optional":
                default = rust_string(one.default_message)
                arms.append(_arm([one.pattern(self.name, "text")], f"text.as_deref().unwrap_or({default})"))
        if self.from_python:
            arms.append(_arm([f"{self.name}::FromPython(raised)"], "raised.message()"))
        if self.chains:
            arms.append(_arm([f"{self.name}::Chained(error, _)"], "error.message()"))
        return _method(
            "The message, as Python's `str(exc)` gives it.", "message(&self) -> &str", _match(arms)
        )

    def _class_name(self) -> str:
        arms = [_arm([one.pattern(self.name)], rust_string(one.class_name)) for one in self.variants]
        if self.from_python:
            arms.append(_arm([f"{self.name}::FromPython(raised)"], "raised.class_name()"))
        if self.chains:
            arms.append(_arm([f"{self.name}::Chained(error, _)"], "error.class_name()"))
        gives = "&str" if self.from_python else "&'static str"
        return _method(
            "The name of the Python exception class.", f"class_name(&self) -> {gives}", _match(arms)
        )

    def _catchable(self) -> list[str]:
        """Every class that an except clause could name, below `BaseException`."""
        names = {one.name for one in self.variants} | {base for one in self.variants for base in one.bases}
        return sorted(names - {"BaseException", "object"})

    def _predicate(self, name: str) -> str:
        members = [one.pattern(self.name) for one in self.variants if name == one.name or name in one.bases]
        subject = "self.raised()" if self.chains else "self"
        body = "true" if len(members) == len(self.variants) else _matches(subject, members)
        if self.from_python and name in self.classes:
            body = self._asked(name, members)
        return _method(
            f"Whether Python's `except {name}` would catch it.", f"{predicate(name)}(&self) -> bool", body
        )

    def _asked(self, name: str, members: list[str]) -> str:
        """The body of a predicate where an error may be an object of Python, which is asked then."""
        module, qualname = map(rust_string, self.classes[name])
        arms = [
            _arm(members, "true"),
            _arm([f"{self.name}::FromPython(raised)"], f"raised.is_a({module}, {qualname})"),
        ]
        return _match(arms if len(members) == len(self.variants) else [*arms, _arm(["_"], "false")])

    def _group(self, one: Variant) -> str:
        head = f"{snake(one.name)}(message: &str, errors: Vec<Self>) -> Self"
        body = (
            'let plural = if errors.len() == 1 { "" } else { "s" };\n'
            '        let message = format!("{message} ({} sub-exception{plural})", errors.len());\n'
            f"        {self.name}::{one.name} {{ message, errors }}"
        )
        return _method(f"Python's `{one.path}(message, errors)`.", head, body)

    def _raised(self) -> str:
        body = _match([_arm([f"{self.name}::Chained(error, _)"], "error.raised()"), _arm(["_"], "self")])
        return _method("The error itself, without what it was raised from.", "raised(&self) -> &Self", body)

    def _caused_by(self) -> str:
        return (
            "    /// The error, raised from another one: Python's `raise … from cause`.\n"
            f"    pub fn caused_by<E>(self, cause: E) -> Self\n    where\n"
            "        E: std::error::Error + Send + Sync + 'static,\n    {\n"
            f"        let cause = {self.name}Cause(std::sync::Arc::new(cause));\n"
            f"        {self.name}::Chained(Box::new(self), cause)\n    }}"
        )

    def _display(self) -> str:
        shown = (
            f"impl {self.fmt}::Display for {self.name} {{\n"
            f"    fn fmt(&self, f: &mut {self.fmt}::Formatter<'_>) -> {self.fmt}::Result {{\n"
            "        f.write_str(self.message())\n    }\n}\n\n"
        )
        if not self.chains:
            return f"{shown}impl std::error::Error for {self.name} {{}}"
        return (
            f"{shown}impl std::error::Error for {self.name} {{\n"
            "    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {\n"
            "        match self {\n"
            f"            {self.name}::Chained(_, cause) => Some(&*cause.0),\n"
            "            _ => None,\n        }\n    }\n}"
        )

    def _from(self, one: Conversion) -> str:
        body = f"{self.name}::{one.variant}(error.to_string())"
        if one.kinds:
            arms = [_arm([f"ErrorKind::{kind}"], f"{self.name}::{to}(message)") for kind, to in one.kinds]
            arms.append(_arm(["_"], f"{self.name}::{one.variant}(message)"))
            matched = "match error.kind() {\n" + "".join(arms) + "        }"
            body = f"use std::io::ErrorKind;\n        let message = error.to_string();\n        {matched}"
        return (
            f"impl From<{one.std}> for {self.name} {{\n    fn from(error: {one.std}) -> Self {{\n"
            f"        {body}\n    }}\n}}"
        )


# Layout, by rustfmt's rules ---------------------------------------------------------------------------


def _method(doc: str, head: str, body: str) -> str:
    return f"    /// {doc}\n    pub fn {head} {{\n        {body}\n    }}"


def _match(arms: Sequence[str]) -> str:
    return "match self {\n" + "".join(arms) + "        }"


def _arm(patterns: Sequence[str], body: str) -> str:
    """An arm on one line where it fits, else its body in a block, else one pattern a line."""
    indent = " " * 12
    line = f"{indent}{' | '.join(patterns)} => {body},"
    if len(line) <= WIDTH:
        return f"{line}\n"
    head = f"{indent}{' | '.join(patterns)} => {{"
    if len(head) <= WIDTH:
        return f"{head}\n{indent}    {body}\n{indent}}}\n"
    joined = f"\n{indent}| ".join(patterns)
    last = joined.rpartition("\n")[2]
    if len(patterns) > 1 and len(f"{last} => {body},") <= WIDTH:
        return f"{indent}{joined} => {body},\n"
    return f"{indent}{joined} => {{\n{indent}    {body}\n{indent}}}\n"


def _matches(subject: str, members: Sequence[str]) -> str:
    """`matches!(subject, A | B)`, broken as rustfmt breaks a call and a chain of operators."""
    inside = f"{subject}, {' | '.join(members)}"
    if len(inside) <= _CALL_WIDTH:
        return f"matches!({inside})"
    indent = " " * 12
    chain = f"{indent}{' | '.join(members)}"
    if len(chain) >= WIDTH:
        chain = indent + f"\n{indent}    | ".join(members)
    return f"matches!(\n{indent}{subject},\n{chain}\n        )"
