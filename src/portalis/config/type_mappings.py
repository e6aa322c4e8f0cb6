"""The model of `type_mappings.yaml`, so that a slip in the table is found when it is read, with its place."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from portalis.config.errors import ConfigError

Scope = Literal["compiled", "annotation"]


class TypeRow(BaseModel):
    """One row: a Python type's twin in Rust. The fields are explained at the head of the YAML file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rust: str
    args: int = Field(default=0, ge=0, le=3)
    of: tuple[str, ...] = ()
    copy_: bool = Field(default=False, alias="copy")
    borrowed: str = "ref"
    import_: str = Field(default="", alias="import")
    crates: tuple[str, ...] = ()
    std: TypeRow | None = None
    scope: Scope = "compiled"


class TypeTable(BaseModel):
    """The whole of `type_mappings.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1]
    primitives: dict[str, TypeRow]
    containers: dict[str, TypeRow]
    library: dict[str, TypeRow]
    aliases: dict[str, str]
    crates: dict[str, str]

    @model_validator(mode="after")
    def _crates_have_versions(self) -> TypeTable:
        for group in (self.primitives, self.containers, self.library):
            for name, row in group.items():
                for crate in row.crates:
                    if crate not in self.crates:
                        raise ValueError(
                            f"row {name!r} uses crate {crate!r}, which has no version under 'crates'"
                        )
        return self


def parse_type_table(text: str, where: str) -> TypeTable:
    """Reads a type table.

    Args:
        text: the YAML text.
        where: the file's name, for messages.

    Raises:
        ConfigError: the text is not YAML, or not a type table.
    """
    try:
        return TypeTable.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise ConfigError(f"{where} is not valid YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise ConfigError(f"{where}: {place}: {first['msg']}") from error


@cache
def default_type_table() -> TypeTable:
    """The table that ships with Portalis."""
    resource = files("portalis.config") / "type_mappings.yaml"
    return parse_type_table(resource.read_text(encoding="utf-8"), "type_mappings.yaml")


def load_type_table(path: Path) -> TypeTable:
    """Reads a user's own table.

    Raises:
        ConfigError: the file can't be read or is not a type table.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"can't read the type table {path}: {error}") from error
    return parse_type_table(text, str(path))
