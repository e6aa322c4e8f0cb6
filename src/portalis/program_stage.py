"""The stage that runs programs beside their binaries."""

from __future__ import annotations

from collections.abc import Iterable

from portalis.compiler.stdlib.effects import beyond
from portalis.compiler.unit import CompiledProject, Item, Program
from portalis.emit import cargo
from portalis.emit.program_main import binary_names
from portalis.run_state import State, need, target_folder
from portalis.validation.evidence import Evidence
from portalis.validation.programs import ProgramTarget, verify_programs

_SECONDS = {"quick": 60.0, "normal": 180.0, "thorough": 1200.0}
_UNLIKE = {"clock": "it reads the clock", "shared_random": "it draws random numbers without a seed"}


def run_programs(state: State) -> None:
    """Build the binaries, and look for arguments, input or files with which one differs from its Python."""
    compiled = need(state.compiled)
    targets: list[ProgramTarget] = []
    sources = {item.key: item.rust.sources for item in compiled.items if item.rust is not None}
    runnable = [
        program for program in compiled.programs if not _left_out(state, program, sources[program.key])
    ]
    if not runnable:
        return
    core = need(state.core)
    made = cargo.build_programs(core.directory, target_folder(state.config))
    names = binary_names(compiled.programs, core.package)
    source = need(state.source)
    texts = {str(module.path): module.text for module in source.modules.values()}
    for program in runnable:
        module = source.modules[program.module]
        items = {
            item.key: (str(source.modules[item.module].path), item.line, item.end_line)
            for item in _exercised(compiled, program)
        }
        name = program.module if "." in program.module else ""
        binary = made[names[program.key]]
        asks = _asks(sources[program.key])
        targets.append(ProgramTarget(program.key, name, module.path, binary, source.root, texts, items, asks))
    effort = state.config.effort
    state.evidence |= verify_programs(
        targets, effort, state.config.seed, _SECONDS[effort], state.config.workers
    )


def _left_out(state: State, program: Program, sources: frozenset[str]) -> bool:
    """Whether two runs of the program can't be compared; the evidence says why."""
    why = [_UNLIKE[name] for name in sorted({path.partition("::")[0] for path in sources}) if name in _UNLIKE]
    if why:
        state.evidence[program.key] = Evidence(program.key, reason=why[0])
    return bool(why)


def _asks(sources: frozenset[str]) -> bool:
    """Whether a program looks at its arguments, its input or files: one that doesn't has one run only."""
    return any(path.startswith("files::") or path == "program::arguments" for path in sources)


def _exercised(compiled: CompiledProject, program: Program) -> Iterable[Item]:
    """The program, and what it calls that touches the world: no other run shows what that does."""
    items = {item.key: item for item in compiled.items}
    waiting, seen = [program.key], {program.key}
    while waiting:
        item = items[waiting.pop()]
        assert item.rust is not None
        yield item
        for key in item.rust.callees - seen:
            callee = items.get(key)
            if callee is not None and callee.rust is not None and beyond(callee.rust.sources):
                seen.add(key)
                waiting.append(key)
