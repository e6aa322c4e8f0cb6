"""The whole way of a translation, as ordered lists of named stages.

Each stage takes the run's state and adds to it; a command is a prefix of the way and what it does
with the end. Nothing here knows how to translate, test or write: the stages call those who do.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeVar

from portalis import __version__, evidence_key, resume
from portalis.build_cache import BuildCache, CachedBuild
from portalis.build_cache import own_code as own_code
from portalis.compiler.driver import Compilation, compile_project
from portalis.compiler.frontend import oracle, project
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.project import Project, ProjectError
from portalis.compiler.given import Given
from portalis.compiler.unit import CompiledProject, Item
from portalis.config import Config
from portalis.config import cache as cache_folder
from portalis.diagnostics import Diagnostic
from portalis.emit import binding, cargo, crate, report
from portalis.emit.equivalence import EquivalenceCase, equivalence_tests
from portalis.emit.hybrid import Sources, write_hybrid
from portalis.emit.publish import check_output, staged
from portalis.emit.wheel import Metadata, project_metadata, write_wheel
from portalis.progress import SILENT, Progress
from portalis.rejection import rejected_at_the_door, rejected_functions
from portalis.reporting import finished_report
from portalis.scratch import Busy, FileLock
from portalis.validation import freeze, record, search, status, suite, suite_compare, suite_folder
from portalis.validation.classes import class_shapes, effects_of_making
from portalis.validation.evidence import Evidence, Target
from portalis.validation.evidence_store import EvidenceStore

T = TypeVar("T")

_MAX_CHECKS = 12


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a second engine has to say.

    Attributes:
        given: Rust that agreed with Python when the engine tried it, by item key.
        notes: of what it tried in vain, why.
        rejected: what is to stay Python though the compiler has Rust for it.
    """

    given: Mapping[str, Given] = field(default_factory=dict)
    notes: Mapping[str, Diagnostic] = field(default_factory=dict)
    rejected: Mapping[str, Diagnostic] = field(default_factory=dict)


class Engine(Protocol):
    """A second engine: it proposes Rust for what the compiler left in Python. It is handed in from above."""

    @property
    def stamp(self) -> str:
        """What its proposals depend on, for cache keys: the model, the settings."""
        ...

    def propose(self, state: State) -> Proposals:
        """Rust for functions of a run whose own Rust rustc took, and whose tests are recorded."""
        ...

    def learn(self, state: State) -> None:
        """Take note of what was verified."""
        ...


@dataclass(slots=True)
class State:
    """What a run knows so far; each stage fills in its part."""

    sources: Sequence[Path | str]
    config: Config
    progress: Progress
    scratch: Path
    stdin: bytes | None = None
    crates: Path | None = None
    profile: cargo.Profile = "verify"
    engine: Engine | None = None
    given: Mapping[str, Given] = field(default_factory=dict)
    source: Project | None = None
    frozen: freeze.FrozenModules | None = None
    answer: OracleAnswer | None = None
    compilation: Compilation | None = None
    compiled: CompiledProject | None = None
    core: crate.CoreCrate | None = None
    native: Path | None = None
    recording: record.Recording | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
    verdicts: dict[str, status.Verdict] = field(default_factory=dict)
    rejected: dict[str, Diagnostic] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def crate_folder(self) -> Path:
        """Where the crates are written: where they always are for this project, so that cargo rebuilds only
        what changed, or in the scratch folder.
        """
        return self.crates or self.scratch


def need(value: T | None) -> T:
    """A part of the state that an earlier stage has filled in."""
    assert value is not None, "the stages ran out of order"
    return value


# The stages, in their order -------------------------------------------------------------------


def load(state: State) -> None:
    """Find and parse the sources."""
    state.source = project.load(
        state.sources,
        stdin=state.stdin,
        include=state.config.include,
        exclude=state.config.exclude,
    )
    if state.stdin is not None:
        state.source = _on_disk(state.source, state.scratch / "stdin")


def _on_disk(source: Project, folder: Path) -> Project:
    """The project with the module that was piped in as a file, so that it can be imported."""
    folder.mkdir()
    modules = dict(source.modules)
    for name, module in modules.items():
        path = folder / f"{name}.py"
        path.write_text(module.text, encoding="utf-8")
        modules[name] = replace(module, path=path)
    return replace(source, root=folder, modules=modules)


def import_values(state: State) -> None:
    """Take the values of module constants, by importing the project in the sandbox."""
    source = need(state.source)
    on_disk = [module.name for module in source.modules.values() if module.path.is_file()]
    roots = _roots(source)
    bytecode = _bytecode_cache(state.config, source)
    state.frozen = freeze.freeze(roots, on_disk, bytecode) if on_disk else freeze.FrozenModules()


def types(state: State) -> None:
    """Ask the oracle for the types; the modules are imported meanwhile, in a process of their own."""
    with ThreadPoolExecutor(1) as beside:
        imported = beside.submit(import_values, state)
        state.answer = oracle.ask(need(state.source), cache_dir=_mypy_cache(state.config))
        imported.result()


def lower(state: State) -> None:
    """Translate every function that can be."""
    source, frozen = need(state.source), need(state.frozen)
    texts = {key: found.bare_text or "" for key, found in frozen.exceptions.items()}
    # Nothing has a name where no file could be parsed; the report then holds the files' diagnostics.
    name = next(iter(source.import_names), "project")
    state.compilation = compile_project(
        name,
        source,
        need(state.answer),
        frozen.for_compiler(),
        sys.version_info[:2],
        texts,
        frozen.enums,
        frozenset(key for key, found in frozen.exceptions.items() if not found.keeps_text),
        state.given,
    )
    state.compiled = state.compilation.project({})


def check_rust(state: State) -> None:
    """Let rustc type-check the crate; functions that it rejects stay Python, until it accepts the rest."""
    _need_one_root(need(state.source))
    compilation = need(state.compilation)
    directory = state.crate_folder / "core"
    for _ in range(_MAX_CHECKS):
        compiled = compilation.project(state.rejected)
        state.compiled = compiled
        state.core = crate.write_core(compiled, directory, roots=binding.runtime_roots(compiled))
        run = cargo.check(directory, _target(state.config))
        if run.succeeded:
            return
        found = rejected_functions(compilation, directory, run.errors)
        if not found.keys() - state.rejected.keys():
            raise cargo.RustRejected(run.errors)
        state.rejected |= found
    raise cargo.CargoError("rustc still rejects the crate after many rounds", "please report this")


def build_for_tests(state: State) -> None:
    """Build the extension, and the package that verification runs. What will ship is what is tested.

    Functions whose way in or out rustc rejects stay Python.
    """
    for _ in range(_MAX_CHECKS):
        compiled, core = need(state.compiled), need(state.core)
        bound = binding.write_binding(compiled, core, state.crate_folder / "binding")
        try:
            state.native = cargo.build(bound.directory, _target(state.config), state.profile)
            break
        except cargo.RustRejected as error:
            found = rejected_at_the_door(need(state.compilation), bound, error.messages)
            if not found.keys() - state.rejected.keys():
                raise
            state.rejected |= found
            check_rust(state)
    else:
        raise cargo.CargoError("rustc still rejects the binding after many rounds", "please report this")
    source = need(state.source)
    sources = Sources(source.root, source.import_names)
    write_hybrid(sources, need(state.compiled), (), need(state.native), state.scratch / "hybrid", stubs=False)


def record_calls(state: State) -> None:
    """Run the project's doctests in the sandbox and take down the calls."""
    source, config = need(state.source), state.config
    bytecode = _bytecode_cache(config, source)
    # What can't be imported would end the process that the others are learnt in, once for each of them.
    failed = need(state.frozen).problems
    modules = [name for name in source.modules if name not in failed]
    with _store(config) as store:
        state.recording = resume.recorded(
            store,
            evidence_key.project_key(source, ("doctests", *sorted(failed))),
            reuse=config.reuse,
            record=lambda: record.record(_roots(source), modules, bytecode),
        )


def record_tests(state: State) -> None:
    """Run the project's own tests in the sandbox, where it has some, and take down the calls."""
    source, config = need(state.source), state.config
    own = suite_folder.find_suite(source.root, source.import_names) if config.tests != [] else None
    if own is None:
        return
    seconds = _SUITE_SECONDS[config.effort]
    modules, known = list(source.modules), need(state.recording)

    def run() -> record.Recording:
        record.record_suite(known, own, modules, config.tests_paths, seconds)
        return known

    about = ("tests", resume.folder_hash(own.folder), str(config.tests_paths), str(seconds))
    with _store(config) as store:
        key = evidence_key.project_key(source, about)
        state.recording = resume.recorded(store, key, reuse=config.reuse, record=run)


def ask_engine(state: State) -> None:
    """Have the second engine propose Rust for what stayed Python, and translate anew around what it gives.

    What it gives is verified again with all else: nothing is taken on its word.
    """
    if state.engine is None:
        return
    proposals = state.engine.propose(state)
    state.given = proposals.given
    if state.given:
        lower(state)
    compilation = need(state.compilation)
    notes = {
        key: (*compilation.diagnostics.get(key, ()), note)
        for key, note in proposals.notes.items()
        if key not in compilation.lowered
    }
    state.compilation = replace(compilation, diagnostics={**compilation.diagnostics, **notes})
    state.rejected |= {key: why for key, why in proposals.rejected.items() if key not in state.given}
    if state.given or proposals.rejected:
        check_rust(state)
    state.compiled = state.compilation.project(state.rejected)


def targets_of(state: State) -> list[Target]:
    """What verification is asked: every function that can be called from Python, with its recorded calls."""
    compiled, recording = need(state.compiled), need(state.recording)
    bindable = binding.bindable(compiled)
    classes = class_shapes(compiled)
    return [
        Target(
            item.key,
            item.rust.params,
            item.rust.returns,
            tuple(recording.calls.get(item.key, ())),
            item.effects | effects_of_making(item.rust.structs, classes),
            item.rust.dead_lines,
            classes if item.rust.structs else {},
        )
        for item in compiled.items
        if item.rust is not None and item.key in bindable
    ]


def verify_items(state: State) -> None:
    """Search for a difference between each function and its original, where no earlier run has."""
    config, frozen = state.config, need(state.frozen)
    targets: list[Target] = []
    for target in targets_of(state):
        if problem := frozen.problems.get(target.module):
            cause = frozen.causes.get(target.module, "")
            state.evidence[target.key] = Evidence(target.key, reason=problem, cause=cause, repeatable=False)
        else:
            targets.append(target)
    state.progress.stage("verifying", len(targets))
    run = evidence_key.Circumstances(
        cargo.rustc_version(),
        state.profile,
        (state.crate_folder / "binding" / "Cargo.lock").read_text(encoding="utf-8"),
        search.BUDGETS[config.effort],
        config.seed,
    )
    keys = evidence_key.EvidenceKeys(need(state.source), need(state.compiled), frozen, run)
    end = time.monotonic() + (config.verify_seconds or _DEFAULT_SECONDS[config.effort])

    def search_in(name: str, own: Sequence[Target]) -> resume.Search:
        """The search of some of a package's functions, which knows of all of them."""
        return lambda left, seconds, found: search.verify(
            state.scratch / "hybrid", name, left, config.effort, config.seed,
            max(0.0, end - time.monotonic()),
            config.workers, lambda key: state.progress.step(1, key), own, seconds, found,
        )  # fmt: skip

    with _store(config) as store:
        for name in need(state.source).import_names:
            own = [target for target in targets if target.module.partition(".")[0] == name]
            state.evidence |= resume.verify(
                own, keys, store, reuse=config.reuse, search=search_in(name, own),
                skipped=lambda key: state.progress.step(1, key),
            )  # fmt: skip


def decide(state: State) -> None:
    """Turn evidence into statuses, and take out what disagreed."""
    compiled = need(state.compiled)
    state.verdicts = status.decide(compiled.items, state.evidence)
    wrong = {
        key: verdict.diagnostics[-1]
        for key, verdict in state.verdicts.items()
        if verdict.status == "python" and verdict.diagnostics and _item(compiled, key).rust is not None
    }
    if wrong:
        state.rejected |= wrong
        state.compiled = need(state.compilation).project(state.rejected)
        state.native = None


def learn(state: State) -> None:
    """Let the second engine keep what was verified, for it to learn from."""
    if state.engine is not None:
        state.engine.learn(state)


Stage = tuple[str, Callable[[State], None]]

CHECK: tuple[Stage, ...] = (
    ("reading", load),
    ("types and imports", types),
    ("translating", lower),
)
VERIFY: tuple[Stage, ...] = (
    *CHECK,
    ("checking the rust", check_rust),
    ("doctests", record_calls),
    ("tests", record_tests),
    ("asking the model", ask_engine),
    ("compiling", build_for_tests),
    ("verifying", verify_items),
    ("deciding", decide),
    ("learning", learn),
)

_SUITE_SECONDS = {"quick": 30.0, "normal": 90.0, "thorough": 600.0}
_DEFAULT_SECONDS = {"quick": 120.0, "normal": 900.0, "thorough": 7200.0}


# Commands --------------------------------------------------------------------------------------


def check(
    sources: Sequence[Path | str],
    config: Config,
    progress: Progress = SILENT,
    *,
    stdin: bytes | None = None,
) -> report.Report:
    """What would translate and what would not; no rustc."""
    with tempfile.TemporaryDirectory(prefix="portalis-") as scratch:
        state = State(sources, config, progress, Path(scratch), stdin)
        run_stages(CHECK, state)
        return report_of(state)


def verify(
    sources: Sequence[Path | str],
    config: Config,
    progress: Progress = SILENT,
    *,
    stdin: bytes | None = None,
    engine: Engine | None = None,
) -> report.Report:
    """Translate, test against the original, and report the evidence."""
    with _scratch(config) as scratch, _crates(config, sources) as crates:
        state = State(sources, config, progress, Path(scratch), stdin, crates, engine=engine)
        run_stages(VERIFY[:1], state)
        with _store(config) as store:
            key = _report_key(state)
            known = resume.kept_report(store, key, state.seconds) if config.reuse else None
        if known is not None:
            return known
        run_stages(VERIFY[1:], state)
        made = report_of(state)
        if _repeatable(state):
            with _store(config) as store:
                # The crates' versions may have been settled only now.
                resume.keep_report(store, _report_key(state), made)
        return made


def translate(
    sources: Sequence[Path | str],
    out: Path,
    config: Config,
    progress: Progress = SILENT,
    *,
    stdin: bytes | None = None,
    engine: Engine | None = None,
) -> report.Report:
    """A Cargo library crate of everything that agreed with Python, with the agreeing cases as its tests."""
    check_output(out)
    with _scratch(config) as scratch, _crates(config, sources) as crates:
        state = State(sources, config, progress, Path(scratch), stdin, crates, engine=engine)
        run_stages(VERIFY, state)
        compiled = need(state.compiled)
        made = report_of(state)
        with staged(out) as stage:
            tests = equivalence_tests(compiled, _kept_cases(state))
            crate.write_core(compiled, stage, tests=tests.text, roots=tests.roots)
            report.write(made, stage / report.REPORT_NAME)
        return made


def build(
    sources: Sequence[Path | str],
    out: Path,
    config: Config,
    progress: Progress = SILENT,
    *,
    wheel: bool = False,
    engine: Engine | None = None,
) -> report.Report:
    """The hybrid package: Rust where verified, the user's Python elsewhere."""
    check_output(out)
    if wheel:
        # Before the long way, so that a pyproject.toml that can't be used ends the run at once.
        found_source = project.load(sources, include=config.include, exclude=config.exclude)
        _wheel_metadata(found_source.root, found_source.import_names)
    found, package = _cached_build(sources, config, progress, out, engine)
    with staged(out) as stage:
        shutil.copytree(package, stage, dirs_exist_ok=True)
    if wheel:
        _write_wheel(found, out)
    return found.report


def test(
    source: Path,
    arguments: Sequence[str],
    config: Config,
    progress: Progress = SILENT,
    *,
    rust_only: bool = False,
    compare_output: bool = False,
    limits: suite.SuiteLimits | None = None,
    engine: Engine | None = None,
) -> tuple[report.Report, suite_compare.Comparison]:
    """The project's own pytest suite on the original and on the hybrid package.

    Raises:
        SuiteError: there is no suite, or it can't be run.
    """
    suite.require_pytest()
    loaded = project.load([source], include=config.include, exclude=config.exclude)
    own = suite_folder.find_suite(loaded.root, loaded.import_names)
    if own is None:
        raise suite_folder.SuiteError(
            f"no tests were found that belong to {source}",
            "they are looked for in the project's folder: in tests/, as test_*.py or *_test.py",
        )
    found, package = _cached_build([source], config, progress, None, engine)
    compared = suite_compare.compare_suites(
        own, package, arguments, rust_only=rust_only, compare_output=compare_output, limits=limits,
        cwd=Path.cwd(), progress=progress.stage,
    )  # fmt: skip
    return found.report, compared


def _cached_build(
    sources: Sequence[Path | str],
    config: Config,
    progress: Progress,
    out: Path | None,
    engine: Engine | None = None,
) -> tuple[CachedBuild, Path]:
    """The hybrid package of the sources as they are now, from the cache where it is there, and its folder."""
    cache = BuildCache(cache_folder.prepare(config.cache) / "builds")
    key = _build_key(sources, config, engine)
    found = cache.get(key) if config.reuse else None
    if found is None:
        found = cache.put(key, lambda folder: _built(sources, config, progress, folder, out, engine))
    return found, cache.package(key)


def _built(
    sources: Sequence[Path | str],
    config: Config,
    progress: Progress,
    folder: Path,
    out: Path | None,
    engine: Engine | None,
) -> CachedBuild:
    """Make the hybrid package in a folder; `out`, where it stands among the sources, is never part of it.

    The release build is what verification runs; it is made again only where something disagreed.
    """
    with _scratch(config) as scratch, _crates(config, sources) as crates:
        state = State(
            sources, config, progress, Path(scratch), crates=crates, profile="release", engine=engine
        )
        run_stages(VERIFY, state)
        compiled, source = need(state.compiled), need(state.source)
        made = report_of(state)
        bound = frozenset(item.key for item in made.items if item.runs == "rust")
        if bound and state.native is None:
            run_stages((("compiling what agreed", lambda s: _release(s, bound)),), state)
        made = report_of(state)
        native = state.native if bound else None
        own = Sources(source.root, source.import_names)
        avoid = () if out is None else (out,)
        write_hybrid(own, compiled, bound, native, folder, report=made, avoid=avoid)
        return CachedBuild(source.root, source.import_names, made)


def _release(state: State, bound: frozenset[str]) -> None:
    """Build what is bound, without what disagreed."""
    compiled = need(state.compiled)
    core = crate.write_core(compiled, state.crate_folder / "core", roots=binding.runtime_roots(compiled))
    made = binding.write_binding(compiled, core, state.crate_folder / "binding", keys=bound)
    state.native = cargo.build(made.directory, _target(state.config), "release")


def _write_wheel(found: CachedBuild, out: Path) -> None:
    """The wheel of the package, beside it."""
    metadata = _wheel_metadata(found.root, found.import_names)
    write_wheel(out, found.import_names, metadata, out)


def _wheel_metadata(root: Path, import_names: Sequence[str]) -> Metadata:
    if not import_names:
        raise ProjectError("there is nothing to make a wheel of", "name a package that can be parsed")
    return project_metadata(root, import_names[0])


# What the commands share -------------------------------------------------------------------------


def run_stages(stages: Sequence[Stage], state: State) -> None:
    """Run stages in their order, each timed and announced."""
    for name, stage in stages:
        state.progress.stage(name)
        start = time.perf_counter()
        stage(state)
        state.seconds[name] = time.perf_counter() - start


def report_of(state: State) -> report.Report:
    """The report of a run, as far as it got."""
    return finished_report(
        need(state.source), need(state.compiled), state.verdicts, state.evidence,
        state.frozen, state.seconds, checked_only=not state.verdicts and state.core is None,
        rustc=cargo.rustc_version(), unrecorded=state.recording.note if state.recording else "",
        doctests=state.recording,
    )  # fmt: skip


def _need_one_root(source: Project) -> None:
    """Raises ProjectError where the sources are not imported from one folder: no package holds them all."""
    on_disk = {module.name.partition(".")[0] for module in source.modules.values() if module.path.is_file()}
    for name in source.import_names:
        found = (source.root / name).is_dir() or (source.root / f"{name}.py").is_file()
        if name in on_disk and not found:
            raise ProjectError(
                f"the sources lie in several folders: `{name}` is not in {source.root}",
                "name one file or package at a time, or the folder that holds them all",
            )


def _roots(source: Project) -> list[Path]:
    """The folders to put on `sys.path`: the import root, or that of each file given by itself."""
    return [source.root]


def _item(compiled: CompiledProject, key: str) -> Item:
    return next(item for item in compiled.items if item.key == key)


def _target(config: Config) -> Path:
    config.target.mkdir(parents=True, exist_ok=True)
    return config.target


def _bytecode_cache(config: Config, source: Project) -> Path:
    """Where sandboxed children keep compiled modules: a folder per project, since they may write there."""
    name = hashlib.sha256(str(source.root).encode()).hexdigest()[:16]
    folder = cache_folder.prepare(config.cache) / "bytecode" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _mypy_cache(config: Config) -> Path:
    folder = cache_folder.prepare(config.cache) / "mypy"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _scratch(config: Config) -> tempfile.TemporaryDirectory[str]:
    """A fresh folder for generated crates; it goes when the run ends, however it ends."""
    cache_folder.prepare(config.cache)
    return tempfile.TemporaryDirectory(prefix="portalis-")


@contextmanager
def _crates(config: Config, sources: Sequence[Path | str]) -> Iterator[Path | None]:
    """The folder where the crates of these sources are always written; None while another run uses it."""
    places = "\0".join(str(Path(source).absolute()) for source in sources)
    folder = cache_folder.prepare(config.cache) / "crates" / hashlib.sha256(places.encode()).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
    except (Busy, OSError):
        yield None
        return
    with lock:
        yield folder


def _store(config: Config) -> EvidenceStore:
    return EvidenceStore(config.cache)


def _kept_cases(state: State) -> list[EquivalenceCase]:
    verified = {key for key, verdict in state.verdicts.items() if verdict.status == "verified"}
    return [
        EquivalenceCase(key, case.args, case.after, case.result, case.raised, case.message, case.output)
        for key, found in state.evidence.items()
        if key in verified
        for case in found.kept
    ]


def _report_key(state: State) -> str:
    """A hash of everything that a report of `verify` depends on."""
    source, config = need(state.source), state.config
    own = suite_folder.find_suite(source.root, source.import_names) if config.tests != [] else None
    lock = state.crate_folder / "binding" / "Cargo.lock"
    return evidence_key.project_key(
        source,
        (
            __version__,
            cargo.rustc_version(),
            state.profile,
            _settings(config),
            state.engine.stamp if state.engine is not None else "",
            resume.folder_hash(own.folder) if own is not None else "",
            lock.read_text(encoding="utf-8") if lock.is_file() else "",
            *evidence_key.installed(),
            *(f"{one.relative} {one.diagnostic}" for one in source.diagnostics),
        ),
    )


def _repeatable(state: State) -> bool:
    """Whether another run on the same would report the same: no process died or was cut short."""
    recording = need(state.recording)
    cut_short = recording.note or recording.causes or need(state.frozen).causes
    return not cut_short and all(seen.repeatable for seen in state.evidence.values())


def _settings(config: Config) -> str:
    """The settings on which results depend."""
    return config.model_dump_json(exclude={"file", "cache_dir", "target_dir", "jobs", "fail_under", "reuse"})


def _build_key(sources: Sequence[Path | str], config: Config, engine: Engine | None) -> str:
    """A hash of everything that a build depends on: sources, settings, Python, rustc, and ourselves."""
    digest = hashlib.sha256()
    versions = platform.python_version(), cargo.rustc_version()
    stamp = engine.stamp if engine is not None else ""
    for part in (__version__, own_code(), *versions, _settings(config), stamp):
        digest.update(f"{part}\0".encode())
    for source in sources:
        path = Path(source).absolute()
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        digest.update(f"{path}\0".encode())
        for file in files:
            if not suite_folder.NOT_COPIED.isdisjoint(file.parts):
                continue
            digest.update(f"{file.relative_to(path.parent)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
