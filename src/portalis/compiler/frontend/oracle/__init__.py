"""The oracle: asks mypy for types, and answers in our own.

The modules of this package are the only ones that import mypy, and no mypy object leaves it.
The way is: run mypy on all texts (`build`), pair its trees with ours (`pairing`), turn what it
knows into frozen facts (`collect`, `convert`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Container, Mapping
from pathlib import Path

from portalis.compiler.frontend import inference, suites
from portalis.compiler.frontend.absent import Absent, looking_for_none
from portalis.compiler.frontend.answer import OracleAnswer, TypingError
from portalis.compiler.frontend.attributes import Attributes, open_attributes
from portalis.compiler.frontend.context import siblings
from portalis.compiler.frontend.guessing import Guessing
from portalis.compiler.frontend.inference import Inferred, Open
from portalis.compiler.frontend.oracle.build import Built, OracleError, Text, run
from portalis.compiler.frontend.oracle.collect import Facts, calls, collect, records
from portalis.compiler.frontend.oracle.pairing import pair_module
from portalis.compiler.frontend.oracle.pairs import Pairs
from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.stubs import Stub, stub_of
from portalis.compiler.frontend.targets import Evidence
from portalis.compiler.types import TupleOf, Type

__all__ = ["OracleError", "ask"]

MAX_ROUNDS = 16
_ONE_AT_A_TIME = threading.Lock()
"""mypy keeps state in its own modules, and the search path in the environment."""


def ask(project: Project, *, cache_dir: Path | None = None, infer: bool = True) -> OracleAnswer:
    """Type the whole project: one mypy build, and more where unannotated functions get types.

    Args:
        project: what `project.load` gave.
        cache_dir: where mypy may keep what it knows of the standard library; None for nowhere.
        infer: whether unannotated functions get types from call sites, doctests and `return`s.

    Raises:
        OracleError: mypy cannot answer.
    """
    with _ONE_AT_A_TIME:
        return _ask(project, cache_dir, infer)


def _ask(project: Project, cache_dir: Path | None, infer: bool) -> OracleAnswer:
    start = time.perf_counter()
    context = [Text(module.name, module.relative, module.text) for module in siblings(project)]
    inferable = inference.open_functions(project.modules)
    attributes = open_attributes(project.modules) if infer else Attributes({})
    attributes.learn(project.modules)
    absent = looking_for_none(project.modules)
    stubs = {name: stub for name, module in project.modules.items() if (stub := stub_of(module)) is not None}
    context += [Text(stub.module, stub.relative, stub.text) for stub in stubs.values()]
    tests = suites.tests_of(project) if infer and inferable else []
    context += _test_texts(project, tests)
    inferred, texts = Inferred(), _texts(project, inferable, Inferred(), attributes, absent, stubs)
    guessing = Guessing(project.modules, inferable)
    for _ in range(MAX_ROUNDS):
        built = run([*texts, *context], _unparsed(project), cache_dir)
        pairs = {
            text.module: _paired(project, built, text.module) for text in texts if text.module in built.files
        }
        facts = {name: collect(name, found, built.types, project.modules) for name, found in pairs.items()}
        if not infer:
            break
        evidence = _evidence(project, tests, built, pairs, facts)
        inferred = inference.infer(project.modules, inferable, evidence, inferred)
        attributes.infer(project.modules, evidence.types)
        absent.infer(evidence)
        guessing.judge(inferred, built.messages)
        before, texts = texts, _texts(project, inferable, inferred, attributes, absent, stubs)
        if texts == before:
            if not guessing.begin(inferred, built.messages) and not attributes.give_up_doubtful():
                break
            texts = _texts(project, inferable, inferred, attributes, absent, stubs)
    errors = _errors(built, project, inference.implicit_none(inferable, inferred))
    found = records(built.files[name] for name in facts)
    return _answer(facts, errors, time.perf_counter() - start, found)


def _texts(
    project: Project,
    inferable: Open,
    inferred: Inferred,
    attributes: Attributes,
    absent: Absent,
    stubs: Mapping[str, Stub],
) -> list[Text]:
    return [
        Text(
            module.name,
            module.relative,
            inference.annotated(
                module,
                inferable.get(module.name, {}),
                inferred,
                attributes,
                project.modules,
                stubs.get(module.name),
                absent,
            ),
        )
        for module in project.modules.values()
    ]


def _test_texts(project: Project, tests: list[SourceModule]) -> list[Text]:
    """The tests as mypy is given them: with the types of what `parametrize` hands them."""
    functions = suites.open_tests(tests)
    given = Inferred(suites.parametrized(tests))
    texts = [
        Text(
            test.name,
            test.relative,
            inference.annotated(test, functions[test.name], given, Attributes({}), project.modules),
        )
        for test in tests
    ]
    packages = suites.missing_packages(project, tests)
    return texts + [Text(name, f"{name.replace('.', '/')}/__init__.py", "") for name in packages]


def _evidence(
    project: Project,
    tests: list[SourceModule],
    built: Built,
    pairs: Mapping[str, Pairs],
    facts: Mapping[str, Facts],
) -> Evidence:
    """What one answer shows of the project's modules, and the calls in its tests."""
    tried = {
        test.name: pair_module(test.tree, built.files[test.name])
        for test in tests
        if test.name in built.files
    }
    types = {name: found.types for name, found in facts.items()}
    types |= {name: collect(name, found, built.types, project.modules).types for name, found in tried.items()}
    found = calls({**pairs, **tried}, built.types)
    found |= {test.name: suites.told(test, found[test.name]) for test in tests if test.name in tried}
    return Evidence(types, found)


def _paired(project: Project, built: Built, name: str) -> Pairs:
    return pair_module(project.modules[name].tree, built.files[name])


def _unparsed(project: Project) -> list[Text]:
    return [
        Text(item.module, item.relative, "")
        for item in project.diagnostics
        if item.diagnostic.severity == "error" and item.module not in project.modules
    ]


def _errors(built: Built, project: Project, implicit: Container[tuple[str, int]]) -> tuple[TypingError, ...]:
    """mypy's errors in the project; that a function we annotated ends without `return` is none."""
    return tuple(
        TypingError(message.module, message.line, message.text, message.code)
        for message in built.messages
        if message.module in project.modules
        and not (message.code == "return" and (message.module, message.line) in implicit)
    )


def _answer(
    facts: dict[str, Facts],
    errors: tuple[TypingError, ...],
    seconds: float,
    found_records: Mapping[str, TupleOf],
) -> OracleAnswer:
    variables: dict[tuple[str, str | None, str], Type] = {}
    for name, found in facts.items():
        variables.update({(name, scope, variable): t for (scope, variable), t in found.variables.items()})
    return OracleAnswer(
        errors=errors,
        unannotated=tuple(item for found in facts.values() for item in found.unannotated),
        seconds=seconds,
        _types={name: found.types for name, found in facts.items()},
        _fullnames={name: found.fullnames for name, found in facts.items()},
        _variables=variables,
        _signatures={(name, q): s for name, found in facts.items() for q, s in found.signatures.items()},
        records=found_records,
    )
