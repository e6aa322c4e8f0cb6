"""The clock that ends calls which take too long."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from portalis.validation.child.outcome import Clock, OverTimeError


@pytest.fixture
def clock() -> Iterator[Clock]:
    before = {number: signal.getsignal(number) for number in (signal.SIGPROF, signal.SIGALRM)}
    made = Clock()
    made.install()
    yield made
    made.disarm()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_ends_what_is_timed(clock: Clock) -> None:
    clock.arm(60.0)
    with pytest.raises(OverTimeError):
        os.kill(os.getpid(), signal.SIGPROF)
    assert clock.rang


@pytest.mark.parametrize("number", [signal.SIGPROF, signal.SIGALRM])
def test_a_signal_that_comes_late_ends_nothing(clock: Clock, number: signal.Signals) -> None:
    clock.arm(60.0)
    clock.disarm()
    os.kill(os.getpid(), number)
    assert not clock.rang
