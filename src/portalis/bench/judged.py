"""Faults that a person read and found to be none: a committed list, a reason for each.

`equivalent: {id: {function, before, after, reason}}` in YAML. What is not in the list, counts as surviving.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from portalis.config.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why a fault changes nothing that anybody could see."""

    id: str
    function: str
    reason: str


def read(path: Path) -> dict[str, Judgement]:
    """The judgements in a file, by the fault's id.

    Raises:
        ConfigError: the file can't be read, or an entry has no reason.
    """
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigError(
            f"can't read {path}: {error}", "it lists ids with a function and a reason"
        ) from error
    judged: dict[str, Judgement] = {}
    for key, entry in (found or {}).get("equivalent", {}).items():
        match entry:
            case {"function": str(function), "reason": str(reason)} if reason.strip():
                judged[str(key)] = Judgement(str(key), function, reason.strip())
            case _:
                raise ConfigError(
                    f"{path}: `{key}` needs a function and a reason", "say why it changes nothing"
                )
    return judged
