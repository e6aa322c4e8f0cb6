"""Runs inside the child: calls each function in CPython and in Rust, and says what differs and what was not
reached.

Reads `{"hybrid", "name", "moving", "new_results", "calls": [[module, function, repr of the arguments], …]}` from stdin; its last line
on stdout is the answer.
"""

from __future__ import annotations

import datetime
import importlib
import inspect
import json
import math
import operator
import resource
import sys
import tempfile
import types
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction

from portalis.validation.child.channel import Beat
from portalis.validation.child.lazily import Drained, Limited
from portalis.validation.child.outcome import Clock, caller, captured, run, translated
from portalis.validation.child.runner import Runner
from portalis.validation.child.source import call_text
from portalis.validation.child.subject import Signature, Subject, find_function, load_natives
from portalis.validation.child.trial import Trial
from portalis.validation.child.world import CLOCK, RANDOMNESS, World

MEMORY = 4 << 30
SECONDS = 1.0
LIBRARY = (Counter, Decimal, Fraction, OrderedDict, defaultdict, deque)
NAMES = {"datetime": datetime, "math": math, "operator": operator, "inf": math.inf, "nan": math.nan} | {
    one.__name__: one for one in LIBRARY
}


def main() -> None:
    work = json.loads(sys.stdin.read())
    sys.path.insert(0, work["hybrid"])
    name = work["name"]
    natives, declined = load_natives(name)
    reached: dict[str, set[int]] = {}
    answers = []
    slow: Counter[str] = Counter()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    modules = {f"{name}.{module}": None for module, _, _ in work["calls"]}
    world = World(frozenset({CLOCK, RANDOMNESS}))
    with captured() as sink, tempfile.TemporaryFile() as file:
        for module in modules:
            traced(importlib.import_module, reached)(module)
        file.write(bytes(1 << 20))
        file.flush()
        clock = Clock()
        clock.install()
        beat = Beat(file.fileno())
        for module, function, text in work["calls"]:
            args = eval(text, dict(NAMES))
            key = f"{name}.{module}:{function}"
            original, found = find_function(key)
            full, keywords = arranged(original, args)
            call = call_text(f"{module}.{function}", full, keywords)
            native = natives.get(key)
            names = original.__code__.co_varnames[: len(full)]
            moving = frozenset(work["moving"].get(key, ()))
            copied = key in work["new_results"]
            signature = Signature(key, names, (), len(full), keywords, None, moving, copied)
            python = caller(found, keywords, names)
            if native is None:
                answers.append([module, function, call, "missing"])
                run(traced(python, reached), full, sink, clock, SECONDS)
                continue
            native = translated(native, keywords, names)
            if inspect.isgeneratorfunction(original) or gives_iterator(original):
                python, native = Drained(python), Limited(native)
            subject = Subject(signature, original, traced(python, reached), native)
            trial = Trial(subject, declined, Runner(sink, clock, world=world), beat)
            if slow[key] < 2:
                print(call, file=sys.__stderr__, flush=True)
                with world.installed(frozenset(modules)):
                    answers.append([module, function, call, *compared(trial, full)])
                slow[key] += answers[-1][3] == "expired"
    missed = {}
    for module in sorted({module for module, _, _ in work["calls"]}):
        loaded = importlib.import_module(f"{name}.{module}")
        lines = function_lines(loaded)
        missed[module] = sorted(lines - reached.get(str(loaded.__file__), set()))
    print(json.dumps({"answers": answers, "missed": missed}))


def arranged(
    original: types.FunctionType, args: tuple[object, ...]
) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """Every argument in the order of the parameters, defaults filled in, and how the last ones are passed.

    A function that takes `*args` is called with the arguments as they are; one that takes `**kwargs`, too, with
    what a dict at the end holds.
    """
    signature = inspect.signature(original)
    parameters = signature.parameters.values()
    p = inspect.Parameter
    stars = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}
    if not any(one.kind in stars for one in parameters):
        full = list(args) + [one.default for one in list(parameters)[len(args) :]]
        return tuple(full), tuple(one.name for one in parameters if one.kind is one.KEYWORD_ONLY)
    named = args[-1] if args and isinstance(args[-1], dict) else {}
    bound = signature.bind(*(args[:-1] if named else args), **named)
    bound.apply_defaults()
    order = {p.KEYWORD_ONLY: 1, p.VAR_POSITIONAL: 2, p.VAR_KEYWORD: 3}
    placed = sorted(parameters, key=lambda one: order.get(one.kind, 0))
    passed = tuple(stars.get(one.kind, "") + one.name for one in placed if one.kind in order)
    return tuple(bound.arguments[one.name] for one in placed), passed


def gives_iterator(original: types.FunctionType) -> bool:
    """Whether the result is declared as something that is only iterated."""
    declared = str(inspect.signature(original).return_annotation)
    return any(f"{name}[" in declared for name in ("Iterator", "Iterable", "Generator"))


def traced(call, reached):
    """The call with the lines that it reaches taken down."""

    def tracer(frame, event, _arg):
        if event == "line":
            reached.setdefault(frame.f_code.co_filename, set()).add(frame.f_lineno)
        return tracer

    def watched(*args):
        sys.settrace(tracer)
        try:
            return call(*args)
        finally:
            sys.settrace(None)

    return watched


def compared(trial: Trial, args: tuple[object, ...]) -> list[str]:
    left = trial.original(args)
    if left.expired:
        return ["expired"]
    right = trial.translation(args, left.seconds)
    found = trial.difference(args, left, right)
    if found is not None:
        return ["different", found.expected, found.actual]
    return ["declined" if trial.has_declined(right) else "same"]


def function_lines(module: types.ModuleType) -> set[int]:
    """The lines with code inside the module's functions."""
    lines: set[int] = set()

    def visit(code: types.CodeType) -> None:
        lines.update(
            line for _, _, line in code.co_lines() if line is not None and line > code.co_firstlineno
        )
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                visit(constant)

    for value in vars(module).values():
        if isinstance(value, types.FunctionType) and value.__module__ == module.__name__:
            visit(value.__code__)
    return lines


if __name__ == "__main__":
    main()
