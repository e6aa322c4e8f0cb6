"""Rust checked by cargo: one target folder for all crates of these tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.mapping.rust_crate import Cargo


@pytest.fixture(scope="session")
def cargo(tmp_path_factory: pytest.TempPathFactory) -> Cargo:
    """Writes crates and runs cargo on them; the crates they depend on are compiled once."""
    shared = os.environ.get("CARGO_TARGET_DIR")
    target = Path(shared) if shared else tmp_path_factory.getbasetemp().parent / "mapping-target"
    return Cargo(tmp_path_factory.mktemp("crates"), target)
