"""What is the user's affair and what is a bug of ours."""

from __future__ import annotations

import errno
from pathlib import Path

from portalis.cli.crash import describe_crash
from portalis.cli.failures import user_failure
from portalis.config import ConfigError


def test_an_exception_with_a_hint_is_for_the_user() -> None:
    assert user_failure(ConfigError("no such key", "use another")) == ("no such key", "use another")


def test_a_full_disk_is_for_the_user() -> None:
    failure = user_failure(OSError(errno.ENOSPC, "No space left on device", "/x/y"))
    assert failure is not None
    assert failure[0] == "/x/y: No space left on device"


def test_everything_else_is_ours() -> None:
    assert user_failure(KeyError("x")) is None
    assert user_failure(FileNotFoundError(errno.ENOENT, "No such file", "/x")) is None


def test_a_crash_names_the_users_line_and_keeps_the_traceback() -> None:
    try:
        try:
            raise RuntimeError("lost")
        except RuntimeError as error:
            error.add_note("shop/prices.py:12, function total")
            raise
    except RuntimeError as error:
        text = describe_crash(error)
    assert "a bug in Portalis: RuntimeError: lost" in text
    assert "while working on shop/prices.py:12, function total" in text
    path = Path(text.rpartition(" ")[2])
    assert "Traceback" in path.read_text(encoding="utf-8")
    path.unlink()
