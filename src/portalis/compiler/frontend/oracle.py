"""The oracle: asks mypy for types. The only module that imports mypy."""

from __future__ import annotations

from pathlib import Path

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.project import Project


def ask(project: Project, *, cache_dir: Path | None = None, infer: bool = True) -> OracleAnswer:
    """Type the whole project in one mypy build.

    Args:
        project: what `project.load` gave.
        cache_dir: where mypy may keep its cache of libraries; None for no cache.
        infer: whether unannotated functions get types from their call sites and doctests.
    """
    raise NotImplementedError
