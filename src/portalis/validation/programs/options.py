"""The arguments that a program asks for, as far as its calls of `add_argument` tell."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MANY = (1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Slot:
    """One argument: its options (none where it has a place), its type, how many texts it takes, choices."""

    flags: tuple[str, ...]
    kind: str
    least: int
    most: int
    choices: tuple[str, ...]

    def draw(self, rng: random.Random, words: Sequence[str]) -> list[str]:
        """A way to give it."""
        count = self.most if self.least == self.most else min(self.most, max(self.least, rng.choice(_MANY)))
        values = [self._value(rng, words) for _ in range(count)]
        if not self.flags:
            return values
        flag = rng.choice(self.flags)
        if len(values) == 1 and flag.startswith("--") and rng.random() < 0.2:
            return [f"{flag}={values[0]}"]
        return [flag, *values]

    def _value(self, rng: random.Random, words: Sequence[str]) -> str:
        if rng.random() < 0.05:
            return rng.choice(words)
        if self.choices:
            return rng.choice(self.choices)
        if self.kind == "int":
            return str(rng.choice((-1, 0, 1, 2, 3, 5, 10, rng.randint(-50, 500))))
        if self.kind == "float":
            return rng.choice(("0.5", "2", "-1.25", "1e3", str(rng.randint(0, 99))))
        return rng.choice(words)


def slots(texts: Iterable[str]) -> list[Slot]:
    """The arguments in the sources, in their order."""
    return [
        _slot(node)
        for text in texts
        if "add_argument" in text
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "add_argument"
    ]


def _slot(call: ast.Call) -> Slot:
    names = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    options = {one.arg: one.value for one in call.keywords if one.arg is not None}
    flags = tuple(name for name in names if name.startswith("-"))
    action = options.get("action")
    least, most = 1, 1
    if isinstance(action, ast.Constant) and action.value not in ("store", "append"):
        least, most = 0, 0
    match options.get("nargs"):
        case ast.Constant(value="?"):
            least, most = 0, 1
        case ast.Constant(value="*"):
            least, most = 0, 3
        case ast.Constant(value="+"):
            least, most = 1, 3
        case ast.Constant(value=int(count)):
            least, most = count, count
    listed = options.get("choices")
    choices = listed.elts if isinstance(listed, (ast.List, ast.Tuple)) else []
    shown = tuple(str(one.value) for one in choices if isinstance(one, ast.Constant))
    kind = ast.unparse(options["type"]) if "type" in options else "str"
    return Slot(flags, kind, least, most, shown)
