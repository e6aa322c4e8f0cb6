"""The whole way of a translation, as ordered lists of named stages, and the commands that go it.

A command is a prefix of the way and what it does with the end. Nothing here knows how to translate, test or
write: the stages call those who do.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from portalis import __version__, evidence_key, program_stage, resume, stages
from portalis.build_cache import BuildCache, CachedBuild
from portalis.build_cache import own_code as own_code
from portalis.compiler.frontend import project, suites
from portalis.compiler.frontend.discovery import discover
from portalis.compiler.frontend.project import ProjectError
from portalis.config import Config
from portalis.config import cache as cache_folder
from portalis.emit import binding, cargo, crate, report
from portalis.emit.equivalence import EquivalenceCase, equivalence_tests
from portalis.emit.hybrid import Sources, write_hybrid
from portalis.emit.publish import check_output, staged
from portalis.emit.wheel import Metadata, project_metadata, write_wheel
from portalis.progress import SILENT, Progress
from portalis.reporting import finished_report
from portalis.run_state import Engine as Engine
from portalis.run_state import Proposals as Proposals
from portalis.run_state import State as State
from portalis.run_state import evidence_store, target_folder
from portalis.run_state import need as need
from portalis.scratch import Busy, FileLock
from portalis.validation import suite, suite_compare, suite_folder

# The stages, in their order -------------------------------------------------------------------


Stage = tuple[str, Callable[[State], None]]

CHECK: tuple[Stage, ...] = (
    ("reading", stages.load),
    ("types and imports", stages.types),
    ("translating", stages.lower),
)
VERIFY: tuple[Stage, ...] = (
    *CHECK,
    ("checking the rust", stages.check_rust),
    ("doctests", stages.record_calls),
    ("tests", stages.record_tests),
    ("asking the model", stages.ask_engine),
    ("compiling", stages.build_for_tests),
    ("verifying", stages.verify_items),
    ("running the programs", program_stage.run_programs),
    ("deciding", stages.decide),
    ("learning", stages.learn),
)


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
        with evidence_store(config) as store:
            key = _report_key(state)
            known = resume.kept_report(store, key, state.seconds) if config.reuse else None
        if known is not None:
            return known
        run_stages(VERIFY[1:], state)
        made = report_of(state)
        if _repeatable(state):
            with evidence_store(config) as store:
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
        state = State(
            sources, config, progress, Path(scratch), stdin, crates, engine=engine, beside_python=False
        )
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
    state.native = cargo.build(made.directory, target_folder(state.config), "release")


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
            *suites.texts(source),
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
    digest.update(_tests_hash(sources, config))
    return digest.hexdigest()


def _tests_hash(sources: Sequence[Path | str], config: Config) -> bytes:
    """A hash of the projects' tests, of which the calls tell types."""
    found = [discover(Path(one), config.include, config.exclude) for one in sources]
    names = sorted({file.name.partition(".")[0] for one in found for file in one.files})
    digest = hashlib.sha256()
    for test in suites.files(found[0].root, names):
        with suppress(OSError):  # a test that can't be read tells nothing
            digest.update(
                f"{test}\0".encode(errors="surrogateescape") + hashlib.sha256(test.read_bytes()).digest()
            )
    return digest.digest()
