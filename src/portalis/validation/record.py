"""Real calls: the arguments that a project's functions get while its doctests run, in the sandbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portalis.validation.child.codec import Json, Value, decode
from portalis.validation.sandbox import Child, ChildDiedError, Limits, RequestFailedError

_DOCTEST_SECONDS = 20.0

Arguments = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """Recorded calls by `module:qualname`, each a tuple of arguments in parameter order, defaults filled in,
    without repeats.

    `attempted` and `failed` count the doctest examples run; `problems` says, by module, why its doctests
    were not.
    """

    calls: dict[str, list[Arguments]] = field(default_factory=dict)
    attempted: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def record(root: Path | Sequence[Path], modules: Iterable[str], bytecode: Path | None = None) -> Recording:
    """Run the doctests of `modules` in a sandboxed child with `root` on its path, and take down the
    project's own calls.

    Up to 200 different calls are kept for each function, taken down before the call begins. Functions with
    `*args` or `**kwargs`, and values other than plain data, are passed over. Raises OSError where no child
    can be started.
    """
    path = [root] if isinstance(root, Path) else list(root)
    names = list(modules)
    recording = Recording()
    waiting = list(names)
    while waiting:
        with Child(path, Limits(case_seconds=_DOCTEST_SECONDS), bytecode=bytecode) as child:
            try:
                child.ask({"do": "learn", "modules": [*names]}, 120.0)
            except ChildDiedError as error:
                reason = f"importing the project ended the process: {error.detail}"
                recording.problems.update(dict.fromkeys(waiting, reason))
                return recording
            while waiting:
                name = waiting.pop(0)
                try:
                    _take(recording, name, child.ask({"do": "record", "module": name}, 2 * _DOCTEST_SECONDS))
                except RequestFailedError as error:
                    recording.problems[name] = str(error)
                except ChildDiedError as error:
                    how = "do not end" if error.hung else f"end the process ({error.detail})"
                    recording.problems[name] = f"its doctests {how}"
                    break
    return recording


def _take(recording: Recording, name: str, answer: dict[str, Json]) -> None:
    """Add one module's answer."""
    match answer:
        case {"problem": str(problem)}:
            recording.problems[name] = problem
        case {"attempted": int(attempted), "failed": int(failed), "calls": dict(calls)}:
            recording.attempted[name] = attempted
            recording.failed[name] = failed
            for key, found in calls.items():
                known = recording.calls.setdefault(key, [])
                for args in found if isinstance(found, list) else []:
                    value = decode(args)
                    if isinstance(value, tuple):
                        known.append(value)
        case _:
            recording.problems[name] = "the sandbox gave no usable answer"
