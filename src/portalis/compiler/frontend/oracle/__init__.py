"""The oracle: asks mypy for types, and answers in our own.

The modules of this package are the only ones that import mypy, and no mypy object leaves it.
The way is: run mypy on all texts (`build`), pair its trees with ours (`pairing`), turn what it
knows into frozen facts (`collect`, `convert`).
"""

from __future__ import annotations

import time
from collections.abc import Container
from pathlib import Path

from portalis.compiler.frontend.answer import OracleAnswer, TypingError
from portalis.compiler.frontend.context import siblings
from portalis.compiler.frontend.oracle.build import Built, OracleError, Text, run
from portalis.compiler.frontend.oracle.collect import Facts, collect
from portalis.compiler.frontend.oracle.pairing import pair_module
from portalis.compiler.frontend.project import Project
from portalis.compiler.types import Type

__all__ = ["OracleError", "ask"]


def ask(project: Project, *, cache_dir: Path | None = None) -> OracleAnswer:
    """Type the whole project in one mypy build.

    Args:
        project: what `project.load` gave.
        cache_dir: where mypy may keep what it knows of the standard library; None for nowhere.

    Raises:
        OracleError: mypy cannot answer.
    """
    start = time.perf_counter()
    modules = [*project.modules.values(), *siblings(project)]
    texts = [Text(module.name, module.relative, module.text) for module in modules]
    built = run(texts, _unparsed(project), cache_dir)
    facts = {
        name: collect(
            name, module.tree, pair_module(module.tree, built.files[name]), built.types, project.modules
        )
        for name, module in project.modules.items()
        if name in built.files
    }
    return _answer(facts, built, project.modules, time.perf_counter() - start)


def _unparsed(project: Project) -> list[Text]:
    return [
        Text(item.module, item.relative, "")
        for item in project.diagnostics
        if item.diagnostic.severity == "error" and item.module not in project.modules
    ]


def _answer(facts: dict[str, Facts], built: Built, own: Container[str], seconds: float) -> OracleAnswer:
    variables: dict[tuple[str, str | None, str], Type] = {}
    for name, found in facts.items():
        variables.update({(name, scope, variable): t for (scope, variable), t in found.variables.items()})
    return OracleAnswer(
        errors=tuple(
            TypingError(m.module, m.line, m.text, m.code) for m in built.messages if m.module in own
        ),
        unannotated=tuple(item for found in facts.values() for item in found.unannotated),
        seconds=seconds,
        _types={name: found.types for name, found in facts.items()},
        _fullnames={name: found.fullnames for name, found in facts.items()},
        _variables=variables,
        _signatures={(name, q): s for name, found in facts.items() for q, s in found.signatures.items()},
    )
