"""Rust checked by cargo: one target folder for all crates of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mapping.rust_crate import Cargo


@pytest.fixture(scope="session")
def cargo(tmp_path_factory: pytest.TempPathFactory, cargo_target: Path) -> Cargo:
    """Writes crates and runs cargo on them; the crates they depend on are compiled once."""
    return Cargo(tmp_path_factory.mktemp("crates"), cargo_target)
