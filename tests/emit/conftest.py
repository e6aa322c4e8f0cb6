"""The kit, built once per session: its crates, its extension and its hybrid package."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from portalis.emit import cargo
from portalis.emit.binding import BindingCrate, runtime_roots, write_binding
from portalis.emit.crate import CoreCrate, write_core
from portalis.emit.hybrid import Sources, write_hybrid
from portalis.emit.report import item_entry, make_report
from tests.emit.kit_project import ROOT, kit


@dataclass(frozen=True)
class Built:
    """The crates of the kit, the extension, and the folder to put on `sys.path`."""

    core: CoreCrate
    binding: BindingCrate
    native: Path
    package: Path
    target: Path


@pytest.fixture(scope="session")
def target(cargo_target: Path) -> Path:
    """One target folder for all builds of these tests."""
    return cargo_target


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, target: Path) -> Built:
    """The kit as a hybrid package, its extension built by the profile that verification uses."""
    compiled = kit()
    folder = tmp_path_factory.mktemp("kit")
    core = write_core(compiled, folder / "core", roots=runtime_roots(compiled))
    assert core.format_problem == ""
    binding = write_binding(compiled, core, folder / "binding")
    native = cargo.build(binding.directory, target, "verify")
    entries = [item_entry(item, "verified", "rust") for item in compiled.items]
    report = make_report(entries, portalis="0", python="3.11", rustc="1.95.0")
    keys = [item.key for item in compiled.items]
    write_hybrid(Sources(ROOT, ("kit",)), compiled, keys, native, folder / "out", report=report)
    return Built(core, binding, native, folder / "out", target)


Python = Callable[..., str]


@pytest.fixture
def python(built: Built, tmp_path: Path) -> Python:
    """Runs a program with the hybrid kit on `sys.path`; gives what it printed."""

    def run(program: str, *, path: Path = built.package, fails: bool = False, **environment: str) -> str:
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("PORTALIS", "PYTHON"))
        }
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**own, "PYTHONPATH": str(path), **environment},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stderr
        return done.stdout + (done.stderr if fails else "")

    return run
