"""YAML text to a pydantic model, with errors that name the file and the place in it."""

from __future__ import annotations

from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from portalis.config.errors import ConfigError

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

Model = TypeVar("Model", bound=BaseModel)


class _UniqueKeys(SafeLoader):
    """YAML itself lets the last of two equal keys win, which hides a slip."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def checked(model: type[Model], text: str, where: str) -> Model:
    """The model of a YAML text.

    Args:
        model: the pydantic model.
        text: the YAML text.
        where: the file's name, for messages.

    Raises:
        ConfigError: the text is not YAML, or not what the model wants.
    """
    try:
        return model.model_validate(yaml.load(text, _UniqueKeys))
    except yaml.YAMLError as error:
        raise ConfigError(f"{where} is not valid YAML: {error}") from error
    except ValidationError as error:
        # A misspelt key is what there is to mend, not the key that is missing for it.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        place = ".".join(map(str, first["loc"])) or "the file"
        reason = first["msg"].removeprefix("Value error, ").replace("Input should", "should")
        raise ConfigError(f"{where}: {place}: {reason}") from error
