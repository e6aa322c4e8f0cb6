"""The model of `crates.yaml`: which crates generated Rust may use, in which versions."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator, model_validator

from portalis.config.yaml_file import checked

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class CrateRow(BaseModel):
    """What Cargo is told of a crate. The fields are explained at the head of the YAML file.

    >>> CrateRow.model_validate("2").spec
    '"2"'
    >>> CrateRow.model_validate({"version": "1", "default-features": False, "features": ["std"]}).spec
    '{ version = "1", default-features = false, features = ["std"] }'
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str = Field(pattern=r"^[=~^<>*]*\s*[0-9][0-9A-Za-z.+*, <>=~^-]*$")
    default_features: bool = Field(default=True, alias="default-features")
    features: tuple[str, ...] = ()
    ident: str = Field(default="", pattern=r"^([a-z_][a-z0-9_]*)?$")

    @model_validator(mode="before")
    @classmethod
    def _from_version(cls, value: object) -> object:
        return {"version": value} if isinstance(value, str) else value

    @property
    def spec(self) -> str:
        """The value of the crate in `[dependencies]`."""
        parts = [f'version = "{self.version}"']
        if not self.default_features:
            parts.append("default-features = false")
        if self.features:
            names = ", ".join(f'"{one}"' for one in self.features)
            parts.append(f"features = [{names}]")
        return f'"{self.version}"' if len(parts) == 1 else "{ " + ", ".join(parts) + " }"


class CrateTable(RootModel[dict[str, CrateRow]]):
    """Crates by their published names."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root")
    @classmethod
    def _names(cls, rows: dict[str, CrateRow]) -> dict[str, CrateRow]:
        for name in rows:
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} is not the name of a crate")
        return rows

    def ident(self, package: str) -> str:
        """The crate's name in Rust paths: `md-5` is `md5`.

        Raises:
            KeyError: the table has no such crate.
        """
        return self.root[package].ident or package.replace("-", "_")


@cache
def crate_table() -> CrateTable:
    """The table that ships with Portalis."""
    resource = files("portalis.config") / "crates.yaml"
    return checked(CrateTable, resource.read_text(encoding="utf-8"), "crates.yaml")
