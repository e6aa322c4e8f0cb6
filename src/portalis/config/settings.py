"""`[tool.portalis]`: its keys, their checks, and where the file is found.

Unknown keys are refused, since a misspelt setting that is silently ignored is worse than an error.
Paths in the file are relative to the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from portalis.config.errors import ConfigError
from portalis.config.model import ModelSettings
from portalis.config.type_mappings import TypeTable, default_type_table, load_type_table

Effort = Literal["quick", "normal", "thorough"]
Strategy = Literal["result", "panic", "option"]

FILE_NAME = "pyproject.toml"
CACHE_VARIABLE = "PORTALIS_CACHE_DIR"


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class Settings(BaseModel):
    """The keys of `[tool.portalis]`, written there with hyphens."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=_kebab, populate_by_name=True
    )

    include: Annotated[list[str], Field(description="globs of files to read; everything where empty")] = []
    exclude: Annotated[list[str], Field(description="globs of files to leave in Python, unread")] = []
    effort: Annotated[
        Effort,
        Field(description="how long verification searches for a disagreement: quick, normal or thorough"),
    ] = "normal"
    seed: Annotated[int, Field(ge=0, lt=2**63, description="the seed of the generated inputs")] = 0
    fail_under: Annotated[
        float | None,
        Field(ge=0, le=100, description="exit with 1 when fewer per cent of the functions are verified"),
    ] = None
    verify_seconds: Annotated[
        float | None,
        Field(gt=0, description="wall time for all of verification, in seconds; by effort where not set"),
    ] = None
    tests: Annotated[
        list[str] | None,
        Field(
            description="tests to run in the sandbox, to record the calls they make; as pytest finds them "
            "where not set, none where empty"
        ),
    ] = None
    reuse: Annotated[
        bool, Field(description="whether evidence and builds of earlier runs of the same code count")
    ] = True
    jobs: Annotated[
        int | None, Field(ge=1, description="processes at a time; as many as processors where not set")
    ] = None
    cache_dir: Annotated[
        str | None, Field(description="where type information and builds are kept between runs")
    ] = None
    target_dir: Annotated[
        str | None, Field(description="where cargo builds; inside the cache where not set")
    ] = None
    type_mappings: Annotated[
        str | None,
        Field(description="a file like type_mappings.yaml with the project's own types, for `TypeMapper`"),
    ] = None
    error_strategy: Annotated[
        Strategy | None,
        Field(
            description="how `ErrorMapper` handles exceptions: result, panic or option; by class if not set"
        ),
    ] = None
    model: Annotated[
        ModelSettings,
        Field(description="the model that proposes what the compiler refuses: its own table"),
    ] = ModelSettings()
    error_strategies: Annotated[
        dict[str, Strategy],
        Field(description="the same for single exception classes and those below them, over error-strategy"),
    ] = {}


class Config(Settings):
    """Settings with the file they came from.

    Attributes:
        file: the pyproject.toml that was read, or None where none has a `[tool.portalis]`.
    """

    file: Path | None = None

    @property
    def cache(self) -> Path:
        """The cache folder; it need not exist yet."""
        if named := os.environ.get(CACHE_VARIABLE):
            return Path(named).absolute()
        if self.cache_dir is not None:
            return self._from_file(self.cache_dir)
        return Path(platformdirs.user_cache_dir("portalis", appauthor=False))

    @property
    def target(self) -> Path:
        """Cargo's target folder; it need not exist yet."""
        return self._from_file(self.target_dir) if self.target_dir is not None else self.cache / "target"

    @property
    def tests_paths(self) -> tuple[Path, ...]:
        """The files and folders of `tests`."""
        return tuple(self._from_file(path) for path in self.tests or ())

    @property
    def pairs_file(self) -> Path:
        """The store of verified pairs; it need not exist yet."""
        named = self.model.retrieval
        return self._from_file(named) if named is not None else self.cache / "pairs.sqlite"

    @property
    def model_path(self) -> str | None:
        """The model: an endpoint as it is written, a folder or file as a path from the file's folder."""
        path = self.model.path
        return path if path is None or "://" in path else str(self._from_file(path))

    @property
    def model_settings(self) -> Path | None:
        """The file of the model's settings, where one is named."""
        named = self.model.settings
        return self._from_file(named) if named is not None else None

    @property
    def type_table(self) -> TypeTable:
        """The type table for `TypeMapper`: the shipped one, with the project's own rows on top.

        Raises:
            ConfigError: the project's file can't be read or is not a type table.
        """
        if self.type_mappings is None:
            return default_type_table()
        return load_type_table(self._from_file(self.type_mappings))

    @property
    def workers(self) -> int:
        """Processes to use at a time: what is set, else the processors this process may run on."""
        if self.jobs is not None:
            return self.jobs
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity is not None else os.cpu_count() or 1

    def _from_file(self, text: str) -> Path:
        base = self.file.parent if self.file is not None else Path.cwd()
        return (base / Path(text).expanduser()).absolute()


def find_file(start: Path) -> Path | None:
    """The nearest pyproject.toml from a file or folder upward."""
    here = start.absolute()
    for folder in (here, *here.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def load_config(source: Path | None = None, *, file: Path | None = None) -> Config:
    """The configuration that holds for a source.

    Args:
        source: a file or folder of the user, where the search for pyproject.toml starts;
            None: the current folder.
        file: a configuration file named by the user, instead of searching.

    Raises:
        ConfigError: the file can't be read, isn't TOML, or has a key or value that isn't one.
    """
    found = file if file is not None else find_file(source if source is not None else Path.cwd())
    if found is None:
        return Config()
    table = _read_table(found)
    if table is None:
        if file is not None:
            raise ConfigError(f"{found} has no [tool.portalis]")
        return Config()
    return _checked(table, found)


def override(config: Config, flags: Mapping[str, object]) -> Config:
    """The configuration with command-line flags on top; flags that are None were not given.

    Raises:
        ConfigError: a flag's value is out of range.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    if not given:
        return config
    try:
        return Config.model_validate(config.model_dump() | given)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"--{_kebab(str(first['loc'][0]))}: {_reason(first['msg'])}") from error


def _read_table(path: Path) -> Mapping[str, object] | None:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    except OSError as error:
        raise ConfigError(f"can't read {path}: {error.strerror}") from error
    tool = document.get("tool")
    if not isinstance(tool, dict) or "portalis" not in tool:
        return None
    table = tool["portalis"]
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.portalis must be a table", "write [tool.portalis]")
    return table


def _checked(table: Mapping[str, object], path: Path) -> Config:
    known = [_kebab(name) for name in Settings.model_fields]
    for key in table:
        if key not in known:
            raise ConfigError(f"{path}: unknown key {key!r} in [tool.portalis]", _suggestion(key, known))
    _check_model_keys(table.get("model"), path)
    values = {
        key: float(value) if key in _NUMBERS and type(value) is int else value for key, value in table.items()
    }
    try:
        config = Config.model_validate({**values, "file": path.absolute()})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ConfigError(
            f"{path}: tool.portalis.{key}: {_reason(first['msg'])}, not {first['input']!r}"
        ) from error
    if config.type_mappings is not None:
        _ = config.type_table  # a slip in it is found here, not where it is first used
    return config


def _check_model_keys(table: object, path: Path) -> None:
    known = [_kebab(name) for name in ModelSettings.model_fields]
    for key in table if isinstance(table, Mapping) else ():
        if key not in known:
            raise ConfigError(
                f"{path}: unknown key {key!r} in [tool.portalis.model]", _suggestion(key, known)
            )


_NUMBERS = frozenset({"fail-under", "verify-seconds"})


def _suggestion(key: str, known: list[str]) -> str:
    near = get_close_matches(key.replace("_", "-").lower(), known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"


def _reason(message: str) -> str:
    """Pydantic's message in our form: lower case, no `Input`."""
    return message.replace("Input should", "should").rstrip(".")
