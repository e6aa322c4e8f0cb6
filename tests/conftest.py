"""What all tests share: one cache, so that types are read once, and one folder for what cargo compiles."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from portalis.config import cache
from portalis.config.settings import CACHE_VARIABLE


def pytest_configure() -> None:
    """A background job is started with Ctrl-C ignored, and what we start would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def cargo_target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where cargo builds, for all tests; it outlives the session, so crates are compiled once a machine."""
    shared = os.environ.get("CARGO_TARGET_DIR")
    folder = Path(shared) if shared else tmp_path_factory.getbasetemp().parent / "cargo-target"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def session_cache(tmp_path_factory: pytest.TempPathFactory, cargo_target: Path) -> Path:
    """A cache of Portalis for the session, in which nothing is known yet but compiled crates."""
    folder = cache.prepare(tmp_path_factory.mktemp("cache") / "portalis")
    (folder / "target").symlink_to(cargo_target)
    return folder


@pytest.fixture(scope="module")
def own_cache(
    tmp_path_factory: pytest.TempPathFactory, cargo_target: Path, mypy_cache: Path
) -> Iterator[Path]:
    """A cache for one module of tests, used whatever the caller named: what it says of hits holds."""
    folder = cache.prepare(tmp_path_factory.mktemp("own-cache") / "portalis")
    (folder / "target").symlink_to(cargo_target)
    (folder / "mypy").symlink_to(mypy_cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _not_the_users_cache(session_cache: Path) -> Iterator[None]:
    """Runs in this process use the session's cache, unless the caller of the tests named one."""
    with pytest.MonkeyPatch.context() as patch:
        if CACHE_VARIABLE not in os.environ:
            patch.setenv(CACHE_VARIABLE, str(session_cache))
        yield


@pytest.fixture(scope="session")
def mypy_cache(session_cache: Path) -> Path:
    """The types of the standard library, read once for the session."""
    folder = session_cache / "mypy"
    folder.mkdir(exist_ok=True)
    return folder
