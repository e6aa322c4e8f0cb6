"""How a long run tells its caller how far it is; the terminal display is the command line's affair."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the stages of a run."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins, and the one before it has ended.

        Args:
            name: what is done, as a user reads it: `types`, `compiling`, `verifying`.
            total: how many steps it has, where that is known.
        """

    def step(self, count: int = 1, note: str = "") -> None:
        """Steps of the running stage are done; `note` says what is being worked on now."""


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Nothing is shown."""

    def step(self, count: int = 1, note: str = "") -> None:
        """Nothing is shown."""


SILENT = Silent()
