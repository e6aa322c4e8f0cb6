"""Rounds of questions to mypy, until the types of what has no annotations stay as they are.

    what the text says and its calls, doctests and tests show
    → bare containers in annotations, filled with that (`narrowing`)
    → what is done with what is still unknown (`guessing`)

What a function was called with can be too narrow for its own code: a list that is given back as it came,
sorted texts beside numbers. `again` asks once more with such functions taking values of any type.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Container, Mapping
from pathlib import Path

from portalis.compiler.frontend import inference, suites
from portalis.compiler.frontend.absent import looking_for_none
from portalis.compiler.frontend.answer import OracleAnswer, TypingError
from portalis.compiler.frontend.attributes import Attributes, open_attributes
from portalis.compiler.frontend.callables import open_callables
from portalis.compiler.frontend.context import siblings
from portalis.compiler.frontend.filled_numbers import FilledNumbers
from portalis.compiler.frontend.guessing import Guessing
from portalis.compiler.frontend.inference import Inferred
from portalis.compiler.frontend.narrowing import Narrowing
from portalis.compiler.frontend.objections import Said
from portalis.compiler.frontend.oracle.build import Built, Text, run
from portalis.compiler.frontend.oracle.collect import Facts, calls, collect, records
from portalis.compiler.frontend.oracle.pairing import pair_module
from portalis.compiler.frontend.oracle.pairs import Pairs
from portalis.compiler.frontend.project import Project
from portalis.compiler.frontend.source import SourceModule
from portalis.compiler.frontend.stubs import stub_of
from portalis.compiler.frontend.targets import RETURN, Evidence, Target
from portalis.compiler.types import TupleOf, Type

MAX_ROUNDS = 16
_ONE_AT_A_TIME = threading.Lock()
"""mypy keeps state in its own modules, and the search path in the environment."""


class Asking:
    """The types of one project, and what is known about them so far."""

    def __init__(self, project: Project, cache_dir: Path | None, *, infer: bool = True) -> None:
        self._project, self._cache_dir, self._infer = project, cache_dir, infer
        self._inferable = inference.open_functions(project.modules)
        self._attributes = open_attributes(project.modules) if infer else Attributes({})
        self._attributes.learn(project.modules)
        self._filled = FilledNumbers(self._inferable)
        self._absent = looking_for_none(project.modules)
        found = ((name, stub_of(module)) for name, module in project.modules.items())
        self._stubs = {name: stub for name, stub in found if stub is not None}
        self._tests = suites.tests_of(project) if infer and self._inferable else []
        self._context = [
            *(Text(module.name, module.relative, module.text) for module in siblings(project)),
            *(Text(stub.module, stub.relative, stub.text) for stub in self._stubs.values()),
            *_test_texts(project, self._tests),
        ]
        self._callables = open_callables(self._inferable, project.modules)
        self._guessing = Guessing(project.modules, self._inferable, self._attributes)
        self._narrowing = Narrowing(self._inferable)
        self._inferred = Inferred()
        self._wide: frozenset[Target] = frozenset()

    def answer(self) -> OracleAnswer:
        """Ask until nothing new is found.

        Raises:
            OracleError: mypy cannot answer.
        """
        with _ONE_AT_A_TIME:
            return self._rounds()

    def narrow(self) -> frozenset[Target]:
        """The functions that have types from their calls, which `again` can take back."""
        return frozenset(
            target
            for target, types in self._inferred.found.items()
            if not types.keys() <= {RETURN} and target not in self._wide
        )

    def again(self, wide: Collection[Target]) -> OracleAnswer:
        """Ask once more, with what these functions take told by their own code alone.

        Raises:
            OracleError: mypy cannot answer.
        """
        self._wide |= frozenset(wide)
        for target in wide:
            self._inferred.found[target] = self._guessing.widened(target)
            self._narrowing.close(target)
        return self.answer()

    def _rounds(self) -> OracleAnswer:
        start = time.perf_counter()
        project, inferable = self._project, self._inferable
        texts = self._texts()
        for _ in range(MAX_ROUNDS):
            built = run([*texts, *self._context], _unparsed(project), self._cache_dir)
            pairs = {
                text.module: _paired(project, built, text.module)
                for text in texts
                if text.module in built.files
            }
            facts = {
                name: collect(name, found, built.types, project.modules) for name, found in pairs.items()
            }
            if not self._infer:
                break
            evidence = _evidence(project, self._tests, built, pairs, facts)
            self._inferred = inference.infer(project.modules, inferable, evidence, self._inferred, self._wide)
            self._callables.infer(evidence, self._inferred)
            self._absent.widen(self._inferred.found)
            self._filled.infer(evidence, self._inferred)
            handed = {name: self._filled.handed(evidence, name) for name in project.modules}
            self._attributes.infer(project.modules, evidence.types, handed)
            self._absent.infer(evidence)
            self._guessing.judge(self._inferred, built.messages)
            self._narrowing.judge(built.messages)
            before, texts = texts, self._texts()
            if texts == before:
                if not self._next(built):
                    break
                texts = self._texts()
        errors = _errors(built, project, inference.implicit_none(inferable, self._inferred))
        found = records(built.files[name] for name in facts)
        return _answer(facts, errors, time.perf_counter() - start, found)

    def _next(self, built: Built) -> bool:
        """Begin with what says less, once what says more is all told; whether anything began."""
        return (
            self._narrowing.begin(built.messages)
            or self._guessing.begin(self._inferred, built.messages)
            or self._attributes.give_up_doubtful()
        )

    def _texts(self) -> list[Text]:
        return [
            Text(
                module.name,
                module.relative,
                inference.annotated(
                    module,
                    self._inferable.get(module.name, {}),
                    self._inferred,
                    self._attributes,
                    self._project.modules,
                    self._stubs.get(module.name),
                    self._absent,
                    self._narrowing,
                ),
            )
            for module in self._project.modules.values()
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
        TypingError(message.module, _line(project, message), message.text, message.code)
        for message in built.messages
        if message.module in project.modules
        and not (message.code == "return" and (message.module, message.line) in implicit)
    )


def _line(project: Project, message: Said) -> int:
    return project.modules[message.module].line(message.line)


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
