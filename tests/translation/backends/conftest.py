"""One tiny model on disk for all tests of this folder, and a cache folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hugging Face folder; tests don't change it."""
    pytest.importorskip("torch", reason="the extra `model` is not installed")
    from tests.translation.backends import tiny

    return tiny.saved(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder shared by these tests, so that a model is converted once."""
    return tmp_path_factory.mktemp("model-cache")
