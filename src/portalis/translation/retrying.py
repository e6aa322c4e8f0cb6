"""Trying again what another try may not meet: exponential backoff with jitter, and what the server asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from portalis.translation.backends.needs import needs
from portalis.translation.backends.protocol import TransientError

if TYPE_CHECKING:
    from tenacity import RetryCallState

T = TypeVar("T")
OnRetry = Callable[[TransientError, int, float], None]


@dataclass(frozen=True, slots=True)
class Retry:
    """How a call is tried again.

    Attributes:
        attempts: the most tries.
        wait_min: seconds before the second try; they double with each.
        wait_max: the most seconds between tries, but where the server asks for more (`Retry-After`).
        patience: the most seconds that a server may ask for; it is given up where it asks for more.
        on_retry: told before each wait: the error, which try failed (from 1), and the seconds.
        sleep: waits some seconds.
    """

    attempts: int
    wait_min: float
    wait_max: float
    patience: float
    on_retry: OnRetry
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, function: Callable[[], T]) -> T:
        """The function's result.

        Raises:
            TransientError: the last try's.
            BackendError: at the first try that meets another error than a transient one.
        """
        with needs("remote", "the model engine"):
            import tenacity
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(self._is_worth_it),
            stop=tenacity.stop_after_attempt(self.attempts),
            wait=self._wait,
            sleep=self.sleep,
            before_sleep=self._tell,
            reraise=True,
        )
        return retrying(function)

    def _is_worth_it(self, error: BaseException) -> bool:
        return isinstance(error, TransientError) and (error.retry_after or 0.0) <= self.patience

    def _wait(self, state: RetryCallState) -> float:
        """Between the half and the whole of the doubled wait, and no less than what the server asks."""
        import tenacity

        backoff = tenacity.wait_exponential(multiplier=self.wait_min, min=self.wait_min, max=self.wait_max)
        most = backoff(state)
        jittered = max(self.wait_min, tenacity.wait_random(most / 2, most)(state))
        error = _error_of(state)
        return max(jittered, error.retry_after or 0.0) if error is not None else jittered

    def _tell(self, state: RetryCallState) -> None:
        error = _error_of(state)
        if error is not None and state.next_action is not None:
            self.on_retry(error, state.attempt_number, state.next_action.sleep)


def _error_of(state: RetryCallState) -> TransientError | None:
    error = state.outcome.exception() if state.outcome is not None else None
    return error if isinstance(error, TransientError) else None
