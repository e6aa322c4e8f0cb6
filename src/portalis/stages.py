"""The stages of a translation: each takes the run's state and adds to it, by calling those who know how."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from portalis import evidence_key, resume
from portalis.compiler.driver import Compilation, compile_project
from portalis.compiler.frontend import oracle, project, wrappers
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.project import Project, ProjectError
from portalis.compiler.unit import CompiledProject, Item
from portalis.emit import binding, cargo, crate
from portalis.emit.hybrid import Sources, write_hybrid
from portalis.emit.markers import moves_inside
from portalis.rejection import rejected_at_the_door, rejected_functions
from portalis.run_state import State, bytecode_cache, evidence_store, mypy_cache, need, roots, target_folder
from portalis.validation import freeze, record, search, status, suite_folder
from portalis.validation.classes import class_shapes, effects_of_making
from portalis.validation.evidence import Evidence, Target
from portalis.widening import too_narrow

_MAX_CHECKS = 12
_SUITE_SECONDS = {"quick": 30.0, "normal": 90.0, "thorough": 600.0}
_DEFAULT_SECONDS = {"quick": 120.0, "normal": 900.0, "thorough": 7200.0}


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
    folders = roots(source)
    bytecode = bytecode_cache(state.config, source)
    state.frozen = freeze.freeze(folders, on_disk, bytecode) if on_disk else freeze.FrozenModules()


def types(state: State) -> None:
    """Ask the oracle for the types; the modules are imported meanwhile, in a process of their own."""
    with ThreadPoolExecutor(1) as beside:
        imported = beside.submit(import_values, state)
        state.spelled = wrappers.written_out(need(state.source))
        state.asking = oracle.Asking(state.spelled, mypy_cache(state.config))
        state.answer = state.asking.answer()
        imported.result()


def lower(state: State) -> None:
    """Translate every function that can be, and those again that were called too narrowly for their code."""
    compilation = _compiled(state, need(state.answer))
    asking, state.asking = state.asking, None
    wide = too_narrow(compilation, asking.narrow()) if asking is not None else frozenset()
    if asking is not None and wide:
        answer = asking.again(wide)
        other = _compiled(state, answer, compilation)
        if len(other.lowered) > len(compilation.lowered):
            compilation, state.answer = other, answer
    state.compilation = compilation
    state.compiled = compilation.project({})


def _compiled(state: State, answer: OracleAnswer, earlier: Compilation | None = None) -> Compilation:
    source, frozen = need(state.spelled), need(state.frozen)
    texts = {key: found.bare_text or "" for key, found in frozen.exceptions.items()}
    # Nothing has a name where no file could be parsed; the report then holds the files' diagnostics.
    name = next(iter(source.import_names), "project")
    return compile_project(
        name,
        source,
        answer,
        frozen.for_compiler(),
        sys.version_info[:2],
        texts,
        frozen.enums,
        frozenset(key for key, found in frozen.exceptions.items() if not found.keeps_text),
        state.given,
        earlier,
        beside_python=state.beside_python,
    )


def check_rust(state: State) -> None:
    """Let rustc type-check the crate; functions that it rejects stay Python, until it accepts the rest."""
    _need_one_root(need(state.source))
    compilation = need(state.compilation)
    directory = state.crate_folder / "core"
    for _ in range(_MAX_CHECKS):
        compiled = compilation.project(state.rejected)
        state.compiled = compiled
        state.core = crate.write_core(compiled, directory, roots=binding.runtime_roots(compiled))
        run = cargo.check(directory, target_folder(state.config))
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
            state.native = cargo.build(bound.directory, target_folder(state.config), state.profile)
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
    bytecode = bytecode_cache(config, source)
    # What can't be imported would end the process that the others are learnt in, once for each of them.
    failed = need(state.frozen).problems
    modules = [name for name in source.modules if name not in failed]
    with evidence_store(config) as store:
        state.recording = resume.recorded(
            store,
            evidence_key.project_key(source, ("doctests", *sorted(failed))),
            reuse=config.reuse,
            record=lambda: record.record(roots(source), modules, bytecode),
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
    with evidence_store(config) as store:
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
            moving=frozenset(at for at, param in enumerate(item.rust.params) if moves_inside(param)),
            new_result=item.rust.shares_result,
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
            problem = problem if cause else f"its module can't be imported ({problem})"
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

    with evidence_store(config) as store:
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


def _item(compiled: CompiledProject, key: str) -> Item:
    return next(item for item in compiled.items if item.key == key)
