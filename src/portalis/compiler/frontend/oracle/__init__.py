"""The oracle: asks mypy for types, and answers in our own.

The modules of this package are the only ones that import mypy, and no mypy object leaves it.
The way is: run mypy on all texts (`build`), pair its trees with ours (`pairing`), turn what it
knows into frozen facts (`collect`, `convert`), round by round (`asking`).
"""

from __future__ import annotations

from pathlib import Path

from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.oracle.asking import Asking
from portalis.compiler.frontend.oracle.build import OracleError
from portalis.compiler.frontend.project import Project

__all__ = ["Asking", "OracleError", "ask"]


def ask(project: Project, *, cache_dir: Path | None = None, infer: bool = True) -> OracleAnswer:
    """Type the whole project: one mypy build, and more where unannotated functions get types.

    Args:
        project: what `project.load` gave.
        cache_dir: where mypy may keep what it knows of the standard library; None for nowhere.
        infer: whether unannotated functions get types from call sites, doctests, tests and `return`s.

    Raises:
        OracleError: mypy cannot answer.
    """
    return Asking(project, cache_dir, infer=infer).answer()
