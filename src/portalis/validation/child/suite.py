"""Running a project's own pytest suite inside the child."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from .codec import Json
from .hidden import visible

NO_PYTEST = "pytest is not installed for this python"


def run_suite(request: dict[str, Json], mark: Callable[[str], None]) -> dict[str, Json]:
    """Run pytest as the request says: in the folder `cwd`, with `args`.

    The answer has pytest's exit status, the files that the project's packages were imported from, the calls
    that Rust and the fallback answered, and seconds; or a `problem`. What pytest prints goes to `log`.
    """
    if importlib.util.find_spec("pytest") is None:
        return {"problem": NO_PYTEST}
    work = Path(str(request["folder"]))
    _print_to(work / "log")
    os.chdir(str(request["cwd"]))
    import pytest

    with visible():
        from .calls import Recorder
        from .suite_plugin import Plan, SuitePlugin

    names = tuple(_texts(request["names"]))
    only = request["only"]
    plan = Plan(
        work,
        names,
        None if only is None else frozenset(_texts(only)),
        frozenset(_texts(request["skip"])),
        tuple(_texts(request["ignored"])),
        ((str(request["project"]), "<project>"), (os.environ["HOME"], "<home>")),
    )
    modules = _texts(request["record"])
    plugin = SuitePlugin(plan, mark, Recorder(modules) if modules else None)
    began = time.perf_counter()
    status = int(pytest.main(_texts(request["args"]), plugins=[plugin]))
    seconds = time.perf_counter() - began
    plugin.save_calls()
    sys.stdout.flush()
    imported: dict[str, Json] = {name: [*sorted(files)] for name, files in plugin.imported.items()}
    return {
        "status": status,
        "imported": imported,
        "counts": _counts(names),
        "microseconds": round(seconds * 1e6),
    }


def _print_to(file: Path) -> None:
    """Send standard output and error, of subprocesses too, to a file."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    os.close(descriptor)


def _counts(names: tuple[str, ...]) -> dict[str, Json]:
    """Calls answered by Rust and by the fallback, by qualified name, where the package is a hybrid one."""
    found: dict[str, Json] = {}
    for name in names:
        bridge = sys.modules.get(f"{name}.__portalis__")
        if isinstance(bridge, ModuleType):
            with contextlib.suppress(AttributeError):
                for key, row in bridge.counts().items():
                    found[key] = [int(row["rust"]), int(row["fallback"])]
    return found


def _texts(json: Json) -> list[str]:
    assert isinstance(json, list)
    return [str(item) for item in json]
