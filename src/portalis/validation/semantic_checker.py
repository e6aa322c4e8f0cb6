"""Semantic equivalence of a Python function and any Rust of the same signature, by running both.

The Rust may be anybody's: an engineer's, a model's. It is parsed, admitted (`foreign.guard`), fitted with an
adapter (`foreign.adapter`), compiled, and searched for a difference like Portalis's own translations, beside
the original in the sandbox.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from portalis.compiler.unit import Item, RustFunction
from portalis.config import Config
from portalis.config import cache as cache_folder
from portalis.diagnostics import Diagnostic, Severity, Span
from portalis.emit.binding_manifest import NATIVE_MODULE
from portalis.emit.markers import kept_in_python, refusal
from portalis.scratch import Busy, FileLock
from portalis.validation import record, search, status
from portalis.validation.evidence import Counterexample, Effort, Evidence, Target
from portalis.validation.foreign import crate
from portalis.validation.foreign.adapter import UNTESTABLE, Unfit, make_adapter
from portalis.validation.foreign.errors import ErrorPolicy
from portalis.validation.foreign.expected import expected_signatures, rust_names
from portalis.validation.foreign.guard import refusals
from portalis.validation.foreign.matching import NoCrossing
from portalis.validation.foreign.python_side import PythonItem, module_of, read_items
from portalis.validation.rust_syntax import RustFunction as RustDefinition
from portalis.validation.rust_syntax import RustSource, read

__all__ = ["CheckError", "EquivalenceResult", "Finding", "Pair", "SemanticChecker"]

Status = Literal["equivalent", "different", "inconclusive", "invalid"]
Where = Literal["python", "rust", "search"]

NOT_RUST = "PT811"
NO_RUST_FUNCTION = "PT742"
ADMITTED_CRATES = frozenset({"indexmap", "itertools", "num_traits", "regex", "rustc_hash", "smallvec"})
"""Crates that a candidate may use besides the standard library, by their names in Rust."""

_SLOTS = 8
_SECONDS_EACH: dict[Effort, float] = {"quick": 20.0, "normal": 40.0, "thorough": 300.0}
_PRINTS = frozenset({"print", "println", "eprint", "eprintln", "dbg", "stdout", "stderr"})


class CheckError(Exception):
    """The Python can't be judged at all; `findings` say why, each with its code and place."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Pair:
    """A Python source with a function in it, and Rust that claims to equal that function.

    Attributes:
        python_code: the source, with all that the function uses.
        rust_code: the Rust.
        name: the function; may be left out where the source defines one.
    """

    python_code: str
    rust_code: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands against a check, or against its being conclusive.

    Attributes:
        where: which text `span` lies in: `python`, `rust`, or `search` where it is about neither.
        code: a diagnostic's, such as `PT742`.
        message: what is wrong.
        span: the place; lines and columns count from 1, columns in code points.
        severity: `error`, or `warning` where a verdict is possible all the same.
        hint: what to do about it, or "".
    """

    where: Where
    code: str
    message: str
    span: Span
    severity: Severity = "error"
    hint: str = ""

    def __str__(self) -> str:
        place = "" if self.where == "search" else f"{self.where} {self.span.line}:{self.span.column}: "
        return f"{place}{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class EquivalenceResult:
    """What is known of one pair.

    Attributes:
        status: `equivalent`: the search met everything that `verified` asks for, and no difference.
            `different`: `counterexamples` show how. `inconclusive`: no difference, and too little seen;
            `diagnostics` say what is missing. `invalid`: the pair could not be run; `diagnostics` say why.
        name: the Python function.
        evidence: what the search saw, None where nothing was run.
        counterexamples: calls on which the two differ, shrunk: the call, and both answers in words.
        diagnostics: what stands against the pair, with places in the texts as they were given.
        notes: what a reader of the verdict should know: what could not be compared, which values decline.
        seconds: wall time of the pair's own search, with an equal share of what a batch did together.
    """

    status: Status
    name: str
    evidence: Evidence | None = None
    counterexamples: tuple[Counterexample, ...] = ()
    diagnostics: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def equivalent(self) -> bool:
        """Whether the search found all that `verified` asks for."""
        return self.status == "equivalent"

    @property
    def confidence(self) -> float:
        """The 95 % lower bound on agreement times the branches reached (0 to 1); 0 where they differ."""
        return 0.0 if self.evidence is None or self.counterexamples else self.evidence.confidence

    @property
    def speedup(self) -> float | None:
        """Python's time over the Rust's on kept cases, conversions at the door counted as Rust's."""
        return None if self.evidence is None else self.evidence.speedup


@dataclass(frozen=True, slots=True)
class _Fit:
    """A pair that may be compiled."""

    item: PythonItem
    candidate: crate.Candidate
    code: str


class SemanticChecker:
    """Judges Rust against the Python that it claims to equal.

    One checker serves any number of checks, one after another; what it learns of a Python source is kept.
    Give many pairs to `check_batch`: they share one compile.

    Args:
        effort: how long to search for a difference: `quick`, `normal` or `thorough`.
        seed: fixes every draw; the same texts and seed give the same verdict.
        errors: what of an exception must agree: `stated`, the class and message that the Rust's error states,
            `exact`, both, and errors that state none are refused, or `raised`, only that there is one.
        panics_raise: whether a panic counts as an exception of any class. Else it is a difference wherever
            Python answers at all; the panic of an overflow always declines, as in Portalis's own Rust.
        overflow_checks: whether plain `+`, `-`, `*` panic when they overflow, which declines. Else they wrap,
            as in any release build, and wrapping is a difference.
        budget_seconds: bounds the search of a whole batch in wall time; by default in proportion to it.
        jobs: children that search at once; by default the number of cores.
        config: where the cache and cargo's target folder are; by default as for the command line.
    """

    def __init__(
        self,
        effort: Effort = "normal",
        seed: int = 0,
        *,
        errors: ErrorPolicy = "stated",
        panics_raise: bool = False,
        overflow_checks: bool = False,
        budget_seconds: float | None = None,
        jobs: int | None = None,
        config: Config | None = None,
    ) -> None:
        self.effort: Effort = effort
        self.seed = seed
        self.errors: ErrorPolicy = errors
        self.panics_raise = panics_raise
        self.overflow_checks = overflow_checks
        self.budget_seconds = budget_seconds
        self.jobs = jobs
        self.config = config or Config()
        self._items: dict[tuple[str, str | None], PythonItem] = {}
        self._calls: dict[str, Mapping[str, Sequence[record.Arguments]]] = {}

    def check(self, python_code: str, rust_code: str, name: str | None = None) -> EquivalenceResult:
        """Whether a Rust function behaves as a Python function does.

        Args:
            python_code: a self-contained source: the function with the helpers, constants and classes it
                uses.
            rust_code: Rust that defines `fn name` (or its snake-case form) at the top level, with whatever
                else it needs.
            name: the Python function; may be left out where the source defines one.

        Raises:
            cargo.CargoError: cargo is missing or could not do its work.
            OSError: the cache can't be written, or no sandboxed child can be started.
        """
        return self.check_batch([(python_code, rust_code, name)])[0]

    def check_batch(
        self, pairs: Iterable[Pair | tuple[str, str] | tuple[str, str, str | None]]
    ) -> list[EquivalenceResult]:
        """`check` for many pairs, compiled together; the results are in the order of the pairs.

        A pair that rustc rejects, or that crashes or hangs when it runs, costs only itself.

        Raises:
            cargo.CargoError, OSError: as for `check`.
        """
        began = time.perf_counter()
        listed = [pair if isinstance(pair, Pair) else Pair(*pair) for pair in pairs]
        if not listed:
            return []
        self._learn_items((pair.python_code, pair.name) for pair in listed)
        fitted = [self._fit(pair) for pair in listed]
        distinct = {fit.candidate.module: fit for fit in fitted if isinstance(fit, _Fit)}
        judged = self._judge(list(distinct.values())) if distinct else {}
        searched = sum(one.seconds for one in judged.values())
        share = max(0.0, time.perf_counter() - began - searched / max(1, len(judged))) / len(listed)
        results = [judged[fit.candidate.module] if isinstance(fit, _Fit) else fit for fit in fitted]
        return [dataclasses.replace(one, seconds=one.seconds + share) for one in results]

    def signature(self, python_code: str, name: str | None = None) -> str:
        """The Rust signatures that a candidate may have: one that can't fail and one that can, one a line.

        They are the plainest; `check` takes any that can stand for them (`docs/semantic-checker.md`).

        Args:
            python_code: the source, with all that the function uses.
            name: the function; may be left out where the source defines one.

        Raises:
            CheckError: the Python function is not there, or its types aren't known or can't cross.
        """
        self._learn_items([(python_code, name)])
        item = self._items[python_code, name]
        if item.problems:
            raise CheckError(_findings("python", item.problems))
        try:
            return expected_signatures(item, python_code)
        except NoCrossing as error:
            problem = Diagnostic(UNTESTABLE, str(error), Span(1, 1, 1, 1))
            raise CheckError(_findings("python", [problem])) from error

    # The way of a pair --------------------------------------------------------------------------

    def _learn_items(self, wanted: Iterable[tuple[str, str | None]]) -> None:
        fresh = [key for key in dict.fromkeys(wanted) if key not in self._items]
        if not fresh:
            return
        mypy_cache = cache_folder.prepare(self.config.cache) / "mypy"
        mypy_cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="portalis-") as folder:
            self._items |= dict(zip(fresh, read_items(fresh, Path(folder), mypy_cache), strict=True))

    def _fit(self, pair: Pair) -> _Fit | EquivalenceResult:
        """The pair as it may be compiled, or the verdict that it may not."""
        item = self._items[pair.python_code, pair.name]
        if item.problems:
            return _invalid(item.name, _findings("python", item.problems))
        try:
            return self._fit_rust(pair, item)
        except RecursionError:
            problem = Diagnostic(NOT_RUST, "the text nests too deeply to be read", Span(1, 1, 1, 1))
            return _invalid(item.name, _findings("rust", [problem]))

    def _fit_rust(self, pair: Pair, item: PythonItem) -> _Fit | EquivalenceResult:
        source = read(pair.rust_code)
        definition, problems = _definition(source, item.name)
        if definition is None or problems:
            return _invalid(item.name, _findings("rust", problems))
        try:
            adapter = make_adapter(item, source, definition, self.errors)
        except Unfit as unfit:
            return _invalid(item.name, _findings("rust", unfit.diagnostics))
        module = self._module(pair, item.name)
        words = set(_words(pair.rust_code))
        candidate = crate.Candidate(
            module, item.name, pair.rust_code, adapter, bool(words & _PRINTS), item.exceptions
        )
        function = RustFunction("", adapter.params, adapter.returns, True, False, frozenset())
        if reason := refusal(function) or kept_in_python(function):
            return _invalid(item.name, _findings("rust", [Diagnostic(UNTESTABLE, reason, definition.span)]))
        return _Fit(item, candidate, pair.python_code)

    def _module(self, pair: Pair, name: str) -> str:
        """A name from the content, so that a pair is searched alike alone and in any batch."""
        text = "\0".join((pair.python_code, pair.rust_code, name))
        return f"c{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def _judge(self, fits: Sequence[_Fit]) -> dict[str, EquivalenceResult]:
        """Compile and search; the verdicts by module."""
        with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
            folder = Path(scratch)
            with ThreadPoolExecutor(1) as beside, self._slot() as slot:
                recorded = beside.submit(self._record, {fit.code for fit in fits}, folder)
                built = crate.build(
                    [fit.candidate for fit in fits], slot, self.config.target,
                    overflow_checks=self.overflow_checks,
                )  # fmt: skip
                native = shutil.copyfile(built.native, folder / "native") if built.native else None
                recorded.result()
            results = {
                fit.candidate.module: _invalid(
                    fit.item.name, _findings("rust", built.rejected[fit.candidate.module])
                )
                for fit in fits
                if fit.candidate.module in built.rejected
            }
            left = [fit for fit in fits if fit.candidate.module not in results]
            if native is not None and left:
                self._write_package(left, native, folder / "hybrid")
                results |= self._search(left, folder / "hybrid")
            return results

    @contextmanager
    def _slot(self) -> Iterator[Path]:
        """A folder for the crates that no other process uses; the same one again makes rustc's work less."""
        parent = cache_folder.prepare(self.config.cache) / "semantic"
        parent.mkdir(parents=True, exist_ok=True)
        self.config.target.mkdir(parents=True, exist_ok=True)
        for number in range(_SLOTS):
            try:
                lock = FileLock(parent / f"slot-{number}.lock", wait=number == _SLOTS - 1)
            except Busy:
                continue
            with lock:
                yield parent / f"slot-{number}"
                return

    def _write_package(self, fits: Sequence[_Fit], native: Path, hybrid: Path) -> None:
        """The package that the children import: an original for each candidate, the extension, the bridge."""
        package = hybrid / crate.PACKAGE
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("", encoding="utf-8")
        bridge = resources.files("portalis.validation.foreign.resources") / "bridge.py"
        (package / "__portalis__.py").write_text(bridge.read_text(encoding="utf-8"), encoding="utf-8")
        policy = {"errors": self.errors, "panics_raise": self.panics_raise}
        (package / "policy.json").write_text(json.dumps(policy), encoding="utf-8")
        shutil.copyfile(native, package / f"{NATIVE_MODULE}.abi3.so")
        for fit in fits:
            (package / f"{fit.candidate.module}.py").write_bytes(fit.code.encode("utf-8", "surrogatepass"))

    def _search(self, fits: Sequence[_Fit], hybrid: Path) -> dict[str, EquivalenceResult]:
        """Search each candidate beside its original."""
        targets = [
            Target(
                fit.candidate.key,
                fit.candidate.adapter.params,
                fit.candidate.adapter.returns,
                tuple(self._calls[fit.code].get(fit.item.name, ())),
                fit.item.effects,
            )
            for fit in fits
        ]
        evidence = search.verify(
            hybrid, crate.PACKAGE, targets, self.effort, self.seed,
            self.budget_seconds or 60.0 + _SECONDS_EACH[self.effort] * len(fits), self.jobs,
        )  # fmt: skip
        return {fit.candidate.module: _verdict(fit, evidence[fit.candidate.key]) for fit in fits}

    def _record(self, codes: Iterable[str], scratch: Path) -> None:
        """Take down the calls in the doctests of sources that weren't seen before."""
        fresh = sorted(code for code in codes if code not in self._calls)
        self._calls |= {code: {} for code in fresh}
        examples = [code for code in fresh if '"""' in code or "'''" in code]
        if not examples:
            return
        folder = scratch / "recorded"
        folder.mkdir()
        for code in examples:
            (folder / f"{module_of(code)}.py").write_bytes(code.encode("utf-8", "surrogatepass"))
        recording = record.record(folder, [module_of(code) for code in examples])
        for code in examples:
            prefix = f"{module_of(code)}:"
            self._calls[code] = {
                key.removeprefix(prefix): calls
                for key, calls in recording.calls.items()
                if key.startswith(prefix)
            }


def _definition(source: RustSource, name: str) -> tuple[RustDefinition | None, list[Diagnostic]]:
    """The function in a candidate's text, or what stands against it."""
    odd = next((at for at, character in enumerate(source.text) if "\ud800" <= character <= "\udfff"), None)
    if odd is not None:
        line, column = source.text.count("\n", 0, odd) + 1, odd - source.text.rfind("\n", 0, odd)
        place = Span(line, column, line, column + 1)
        return None, [Diagnostic(NOT_RUST, "a lone surrogate is not UTF-8", place)]
    if source.problems:
        return None, [Diagnostic(NOT_RUST, message, span) for message, span in source.problems]
    refused = list(refusals(source.text, ADMITTED_CRATES))
    if refused:
        return None, refused
    by_name = {function.name: function for function in source.functions}
    for wanted in rust_names(name):
        if wanted in by_name:
            return by_name[wanted], []
    accepted = " or ".join(f"`fn {one}`" for one in rust_names(name) if not one.startswith("r#"))
    method = any(one in source.methods for one in rust_names(name))
    hint = "methods aren't judged: write a function" if method else ""
    message = f"the rust defines no {accepted} at its top level"
    return None, [Diagnostic(NO_RUST_FUNCTION, message, Span(1, 1, 1, 1), "error", hint)]


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        if character.isalnum() or character == "_":
            word += character
        elif word:
            yield word
            word = ""
    if word:
        yield word


def _findings(where: Where, diagnostics: Iterable[Diagnostic]) -> tuple[Finding, ...]:
    return tuple(Finding(where, d.code, d.message, d.span, d.severity, d.hint) for d in diagnostics)


def _invalid(name: str, findings: tuple[Finding, ...]) -> EquivalenceResult:
    return EquivalenceResult("invalid", name, diagnostics=findings)


def _verdict(fit: _Fit, seen: Evidence) -> EquivalenceResult:
    """The verdict that the evidence supports, by the same rule as for Portalis's own translations."""
    key = fit.candidate.key
    adapter = fit.candidate.adapter
    rust = RustFunction("", adapter.params, adapter.returns, True, fit.candidate.prints, frozenset())
    module, _, name = key.partition(":")
    item = Item(module, name, "function", "", 1, 1, rust, effects=fit.item.effects)
    verdict = status.decide([item], {key: seen})[key]
    told = {"verified": "equivalent", "compiled": "inconclusive", "python": "different"}
    evidence = dataclasses.replace(
        seen, key=name, counterexamples=tuple(_plain(one, module) for one in seen.counterexamples)
    )
    outcome: Status = told[verdict.status]  # type: ignore[assignment]
    missing = () if outcome == "different" else _findings("search", verdict.diagnostics)
    return EquivalenceResult(
        outcome, name, evidence, evidence.counterexamples, missing, adapter.notes, seen.seconds
    )


def _plain(example: Counterexample, module: str) -> Counterexample:
    """A counter-example in which names stand as in the source that was given."""
    _, _, short = module.rpartition(".")

    def plain(text: str) -> str:
        text = text.replace(f"from {crate.PACKAGE} import {short}\n", "").replace(f"{module}.", "")
        return text.replace(f"{short}.", "").lstrip("\n")

    return dataclasses.replace(
        example,
        call=plain(example.call),
        expected=plain(example.expected),
        actual=plain(example.actual),
        pytest=plain(example.pytest),
    )
