"""The one exception of configuration: a message for the user and what to do about it."""

from __future__ import annotations


class ConfigError(Exception):
    """The configuration can't be used as it stands.

    Attributes:
        message: what is wrong and where; lower case, without a full stop.
        hint: what to do, or empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
