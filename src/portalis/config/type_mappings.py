"""The model of `type_mappings.yaml`, so that a slip in the table is found when it is read, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portalis.config.crates import CrateRow, crate_table
from portalis.config.errors import ConfigError
from portalis.config.rust_syntax import is_expression, is_path, is_type
from portalis.config.yaml_file import checked

Scope = Literal["compiled", "annotation", "generated"]
Trait = Literal["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"]

_SECTIONS = ("primitives", "containers", "generics", "library", "numpy", "custom")
_NEEDS: dict[Trait, Trait] = {"Copy": "Clone", "Eq": "PartialEq", "Ord": "Eq", "PartialOrd": "PartialEq"}


class TypeRow(BaseModel):
    """One row: a Python type's twin in Rust. The fields are explained at the head of the YAML file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rust: str
    args: int = Field(default=0, ge=0, le=3)
    of: tuple[str, ...] = ()
    drops: int = Field(default=0, ge=0, le=3)
    keyed: bool = False
    mutable: bool = False
    traits: frozenset[Trait] = frozenset({"Clone", "Debug", "PartialEq"})
    default: str = ""
    borrowed: str = "ref"
    borrowed_import: str = Field(default="", alias="borrowed-import")
    lifetime: bool = False
    import_: str = Field(default="", alias="import")
    crates: tuple[str, ...] = ()
    std: TypeRow | None = None
    scope: Scope = "compiled"
    note: str = ""

    @property
    def copy_(self) -> bool:
        """Whether the Rust type is `Copy`."""
        return "Copy" in self.traits

    @model_validator(mode="after")
    def _is_rust(self) -> TypeRow:
        for name, text in (("rust", self.rust), *(("of", one) for one in self.of)):
            if not is_type(text):
                raise ValueError(f"{name}: {text!r} is not a Rust type")
        if "<" in self.rust and (self.args or self.of):
            raise ValueError(
                f"rust: {self.rust!r} has its arguments already, so 'args' and 'of' must be empty"
            )
        if self.borrowed not in ("ref", "slice") and not is_type(self.borrowed):
            raise ValueError(f"borrowed: {self.borrowed!r} is neither 'ref', 'slice' nor a Rust type")
        if self.borrowed == "slice" and not (self.args or self.of):
            raise ValueError("borrowed: a slice needs an element, from 'args' or 'of'")
        if self.default and not is_expression(self.default):
            raise ValueError(f"default: {self.default!r} is not a Rust expression")
        if self.keyed and not self.args:
            raise ValueError("keyed: there is no type argument to be the key")
        self._imports_are_used()
        for trait in self.traits:
            if (needed := _NEEDS.get(trait)) is not None and needed not in self.traits:
                raise ValueError(f"traits: {trait} needs {needed}")
        return self

    def _imports_are_used(self) -> None:
        named = set(re.findall(r"\w+", " ".join((self.rust, *self.of, self.borrowed))))
        for key, path in (("import", self.import_), ("borrowed-import", self.borrowed_import)):
            if not path:
                continue
            if not is_path(path):
                raise ValueError(f"{key}: {path!r} is not a Rust path")
            if path.rpartition("::")[2] not in named:
                raise ValueError(f"{key}: {path!r} is not what the row's type names")


class TypeTable(BaseModel):
    """The whole of `type_mappings.yaml`, or of a user's own file, which may leave sections out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1]
    primitives: dict[str, TypeRow] = {}
    containers: dict[str, TypeRow] = {}
    generics: dict[str, TypeRow] = {}
    library: dict[str, TypeRow] = {}
    numpy: dict[str, TypeRow] = {}
    custom: dict[str, TypeRow] = {}
    refused: dict[str, str] = {}
    aliases: dict[str, str] = {}
    modules: dict[str, str] = {}
    crates: dict[str, CrateRow] = {}

    @cached_property
    def named(self) -> Mapping[str, TypeRow]:
        """The rows of classes, by full dotted name; the user's own come last and win."""
        return {**self.generics, **self.library, **self.numpy, **self.custom}

    def spec(self, crate: str) -> str:
        """The value of a crate in Cargo's `[dependencies]`.

        Raises:
            KeyError: neither this table nor `crates.yaml` has the crate.
        """
        return self._crate(crate).spec

    def _crate(self, crate: str) -> CrateRow:
        return self.crates[crate] if crate in self.crates else crate_table().root[crate]

    def rows(self) -> Iterator[tuple[str, str, TypeRow]]:
        """Every row with its section and name."""
        for section in _SECTIONS:
            group: dict[str, TypeRow] = getattr(self, section)
            for name, row in group.items():
                yield section, name, row

    @model_validator(mode="after")
    def _crates_have_versions(self) -> TypeTable:
        for section, name, row in self.rows():
            for one in (row, row.std) if row.std is not None else (row,):
                for crate in one.crates:
                    if crate not in self.crates and crate not in crate_table().root:
                        raise ValueError(
                            f"{section}.{name} uses crate {crate!r}, which has no version under 'crates'"
                        )
        return self

    def with_row(self, name: str, row: TypeRow) -> TypeTable:
        """The table with one more row of the user's."""
        return self._with({"custom": {**self.custom, name: row}})

    def extended(self, other: TypeTable) -> TypeTable:
        """The table with another's rows, names and crates on top."""
        merged: dict[str, object] = {
            name: {**getattr(self, name), **getattr(other, name)}
            for name in (*_SECTIONS, "refused", "aliases", "modules", "crates")
        }
        refused = {**self.refused, **other.refused}
        for _, name, _row in other.rows():
            refused.pop(name, None)
        return self._with({**merged, "refused": refused})

    def _with(self, changed: Mapping[str, object]) -> TypeTable:
        """A copy of parts that are checked already; `model_copy` would keep the old `named`."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**fields, **changed})


def parse_type_table(text: str, where: str) -> TypeTable:
    """Reads a type table.

    Args:
        text: the YAML text.
        where: the file's name, for messages.

    Raises:
        ConfigError: the text is not YAML, or not a type table.
    """
    return checked(TypeTable, text, where)


@cache
def default_type_table() -> TypeTable:
    """The table that ships with Portalis."""
    resource = files("portalis.config") / "type_mappings.yaml"
    return parse_type_table(resource.read_text(encoding="utf-8"), "type_mappings.yaml")


def load_type_table(path: Path) -> TypeTable:
    """The shipped table with a user's own on top.

    Only annotations are mapped by the user's rows: what the compiler translates rests on its own rows,
    whose Rust is verified against Python.

    Args:
        path: the YAML file; its sections are those of the shipped table, each may be left out.

    Raises:
        ConfigError: the file can't be read, is not a type table, or claims that its rows are compiled.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't read the type table {path}: {error}") from error
    own = parse_type_table(text, str(path))
    for section, name, row in own.rows():
        if "scope" in row.model_fields_set and row.scope == "compiled":
            raise ConfigError(
                f"{path}: {section}.{name}: only Portalis' own rows are compiled", "leave scope out"
            )
    return default_type_table().extended(own)
