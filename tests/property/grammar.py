"""Random typed Python functions over int, float, str, bool, list, dict, set, tuple and Optional.

Everything comes from one seeded generator, so a seed names a program. Types are spelled as in source.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

INT, FLOAT, STR, BOOL = "int", "float", "str", "bool"
INTS, STRS, COUNTS, NAMES, PAIR, MAYBE, SET = (
    "list[int]", "list[str]", "dict[str, int]", "dict[int, str]", "tuple[int, str]", "int | None", "set[int]",
)  # fmt: skip
PARAMETERS = (INT, INT, INT, STR, STR, FLOAT, BOOL, INTS, INTS, STRS, COUNTS, NAMES, PAIR, MAYBE, SET)
RESULTS = (INT, INT, STR, BOOL, FLOAT, INTS, STRS, COUNTS, PAIR)
LOCALS = (INT, INT, INT, STR, STR, FLOAT, BOOL, INTS, STRS, COUNTS)
WORDS = ("", "a", "ab", "b", "é", "ß1", "0", "42", "-7", " x ", "aba", "😀", "A b")
NUMBERS = (0, 1, 2, 3, 5, 7, 10, 16, 97, 255, 1000, -1, -2, -3)
EDGES = (2**31, 2**32 + 1, 2**62, 2**63 - 1, -(2**63), -(2**62), 3037000500)


@dataclass
class Writer:
    """The function being written: its lines, the variables in sight by type, and what may not be touched."""

    rng: random.Random
    lines: list[str] = field(default_factory=list)
    scope: dict[str, str] = field(default_factory=dict)
    indent: int = 1
    loops: int = 0
    locked: frozenset[str] = frozenset()
    names: int = 0
    budget: int = 14
    helpers: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    result: str = INT

    def line(self, text: str) -> None:
        self.lines.append("    " * self.indent + text)

    def fresh(self) -> str:
        self.names += 1
        return f"v{self.names}"

    def variables(self, kind: str) -> list[str]:
        return [name for name, found in self.scope.items() if found == kind]

    def pick(self, *options: Callable[[], str]) -> str:
        return self.rng.choice(options)()

    # Expressions ----------------------------------------------------------------------------------

    def expr(self, kind: str, depth: int = 2) -> str:
        """An expression of a type; variables are likelier than anything else."""
        known = self.variables(kind)
        if known and self.rng.random() < (0.4 if depth else 0.8):
            return self.rng.choice(known)
        return _EXPRESSIONS[kind](self, depth - 1)

    def small(self, depth: int) -> str:
        """An int near 0."""
        return self.pick(
            lambda: str(self.rng.choice((0, 1, 2, 3, -1, -2))),
            lambda: f"{self.expr(INT, depth)} % {self.rng.choice((3, 5, 7))}",
            lambda: self.rng.choice(self.variables(INT) or ["1"]),
            lambda: f"len({self.expr(self.rng.choice((STR, INTS)), depth)})",
        )


def _int(w: Writer, d: int) -> str:
    r = w.rng
    if d < 0:
        return str(r.choice(NUMBERS) if r.random() < 0.93 else r.choice(EDGES))
    return w.pick(
        lambda: f"({w.expr(INT, d)} {r.choice('+-*')} {w.expr(INT, d)})",
        lambda: f"({w.expr(INT, d)} {r.choice('+-*')} {r.choice(NUMBERS)})",
        lambda: f"({w.expr(INT, d)} {r.choice(('//', '%'))} {r.choice((*NUMBERS, w.expr(INT, d)))})",
        lambda: f"({w.expr(INT, d)} {r.choice('&|^')} {w.expr(INT, d)})",
        lambda: f"({w.expr(INT, d)} {r.choice(('<<', '>>'))} {r.choice((0, 1, 3, 31))})",
        lambda: f"({w.small(d)} ** {r.choice((0, 1, 2, 3))})",
        lambda: f"{r.choice('-~')}{w.expr(INT, d)}",
        lambda: f"len({w.expr(r.choice((STR, INTS, STRS, COUNTS)), d)})",
        lambda: f"{w.expr(INTS, 0)}[{w.small(d)}]",
        lambda: f"{w.expr(COUNTS, 0)}[{w.expr(STR, d)}]",
        lambda: f"{w.expr(COUNTS, 0)}.get({w.expr(STR, d)}, {w.expr(INT, d)})",
        lambda: f"sum({w.expr(INTS, d)})",
        lambda: f"{r.choice(('min', 'max'))}({w.expr(INT, d)}, {w.expr(INT, d)})",
        lambda: f"{r.choice(('min', 'max'))}({w.expr(INTS, d)})",
        lambda: f"abs({w.expr(INT, d)})",
        lambda: f"int({w.expr(STR, d)})",
        lambda: f"ord({w.expr(STR, d)}[{w.small(d)}])",
        lambda: f"{w.expr(STR, d)}.{r.choice(('find', 'count', 'rfind', 'index'))}({w.expr(STR, d)})",
        lambda: f"({w.expr(INT, d)} if {w.expr(BOOL, d)} else {w.expr(INT, d)})",
        lambda: f"({w.expr(INT, d)} {r.choice(('and', 'or'))} {w.expr(INT, d)})",
        lambda: f"int({w.expr(BOOL, d)})",
        lambda: f"({w.expr(BOOL, d)} + {w.expr(INT, d)})",
        lambda: f"sum(x {r.choice('+*')} {w.expr(INT, d)} for x in {w.expr(INTS, d)})",
        lambda: f"divmod({w.expr(INT, d)}, {w.expr(INT, d)})[{r.choice((0, 1))}]",
        lambda: f"round({w.expr(FLOAT, d)})",
        lambda: f"{w.variables(PAIR)[0]}[0]" if w.variables(PAIR) else "1",
        lambda: w.variables(INTS)[0] + ".pop()" if _free(w, INTS) else "2",
        lambda: _call(w, INT, d),
    )


def _free(w: Writer, kind: str) -> list[str]:
    return [name for name in w.variables(kind) if name not in w.locked]


def _call(w: Writer, kind: str, d: int) -> str:
    fitting = [helper for helper in w.helpers if helper[2] == kind]
    if not fitting:
        return _EXPRESSIONS[kind](w, -1)
    name, params, _ = w.rng.choice(fitting)
    if name == "h0":
        lists = _free(w, INTS)
        return f"h0({w.rng.choice(lists)}, {w.expr(INT, d)})" if lists else "3"
    return f"{name}({', '.join(w.expr(p, d) for p in params)})"


def _float(w: Writer, d: int) -> str:
    r = w.rng
    if d < 0:
        return r.choice(("0.0", "1.5", "-2.25", "1e10", "0.1", "-0.0"))
    return w.pick(
        lambda: f"({w.expr(FLOAT, d)} {r.choice('+-*/')} {w.expr(FLOAT, d)})",
        lambda: f"({w.expr(FLOAT, d)} {r.choice('+-*')} {w.expr(INT, d)})",
        lambda: f"({w.expr(INT, d)} / {w.expr(INT, d)})",
        lambda: f"({w.expr(FLOAT, d)} {r.choice(('//', '%'))} {w.expr(FLOAT, d)})",
        lambda: f"float({w.expr(INT, d)})",
        lambda: f"round({w.expr(FLOAT, d)}, {r.choice((0, 1, 2))})",
        lambda: f"abs({w.expr(FLOAT, d)})",
        lambda: f"-{w.expr(FLOAT, d)}",
        lambda: f"{r.choice(('min', 'max'))}({w.expr(FLOAT, d)}, {w.expr(FLOAT, d)})",
        lambda: f"({w.expr(FLOAT, d)} if {w.expr(BOOL, d)} else {w.expr(FLOAT, d)})",
    )


def _str(w: Writer, d: int) -> str:
    r = w.rng
    if d < 0:
        return repr(r.choice(WORDS))
    return w.pick(
        lambda: f"({w.expr(STR, d)} + {w.expr(STR, d)})",
        lambda: f"({w.expr(STR, d)} * {r.choice((0, 1, 2, 3, -1))})",
        lambda: f"{w.expr(STR, d)}[{w.small(d)}]",
        lambda: f"{w.expr(STR, d)}[{w.small(d)}:{w.small(d)}]",
        lambda: f"{w.expr(STR, d)}[{r.choice((':', '::-1', '1:', ':-1', '-2:', '::2', '1::2', ':2'))}]",
        lambda: (
            f"{w.expr(STR, d)}.{r.choice(('upper', 'lower', 'strip', 'lstrip', 'capitalize', 'title', 'swapcase'))}()"
        ),
        lambda: f"{w.expr(STR, d)}.replace({w.expr(STR, d)}, {w.expr(STR, d)})",
        lambda: f"{w.expr(STR, d)}.{r.choice(('zfill', 'rjust', 'ljust', 'center'))}({w.small(d)})",
        lambda: f"str({w.expr(r.choice((INT, FLOAT, BOOL, INTS, STRS)), d)})",
        lambda: f"repr({w.expr(STR, d)})",
        lambda: (
            f'f"{{{w.rng.choice(w.variables(INT) or ["1"])}}}|{{{w.rng.choice(w.variables(STR) or ["2"])}!r}}"'
        ),
        lambda: f"{r.choice(('', '-', 'é'))!r}.join({w.expr(STRS, d)})",
        lambda: f"{w.expr(STRS, 0)}[{w.small(d)}]",
        lambda: f"({w.expr(STR, d)} {r.choice(('and', 'or'))} {w.expr(STR, d)})",
        lambda: f"({w.expr(STR, d)} if {w.expr(BOOL, d)} else {w.expr(STR, d)})",
        lambda: f"{w.expr(NAMES, 0)}[{w.expr(INT, d)}]",
        lambda: f"{w.expr(NAMES, 0)}.get({w.expr(INT, d)}, {w.expr(STR, d)})",
        lambda: f"chr(abs({w.expr(INT, d)}) % 300 + 32)",
        lambda: f"('%d:%s' % ({w.expr(INT, d)}, {w.expr(STR, d)}))",
        lambda: f"format({w.expr(INT, d)}, {r.choice(('5', '<4', '+', '05', 'x', ','))!r})",
        lambda: _call(w, STR, d),
    )


def _bool(w: Writer, d: int) -> str:
    r = w.rng
    if d < 0:
        return r.choice(("True", "False"))
    kind = r.choice((INT, INT, STR, FLOAT, INTS))
    return w.pick(
        lambda: f"({w.expr(kind, d)} {r.choice(('<', '<=', '==', '!=', '>', '>='))} {w.expr(kind, d)})",
        lambda: (
            f"({w.expr(INT, d)} {r.choice(('<', '<='))} {w.expr(INT, d)} {r.choice(('<', '!='))} {w.expr(INT, d)})"
        ),
        lambda: f"({w.expr(INT, d)} < {w.expr(FLOAT, d)})",
        lambda: f"({w.expr(INT, d)} {r.choice(('in', 'not in'))} {w.expr(INTS, d)})",
        lambda: f"({w.expr(STR, d)} {r.choice(('in', 'not in'))} {w.expr(r.choice((STR, STRS, COUNTS)), d)})",
        lambda: f"(not {w.expr(r.choice((INT, STR, INTS, BOOL, FLOAT)), d)})",
        lambda: f"({w.expr(BOOL, d)} {r.choice(('and', 'or'))} {w.expr(BOOL, d)})",
        lambda: f"{w.expr(STR, d)}.{r.choice(('isdigit', 'isalpha', 'isupper', 'isspace', 'islower'))}()",
        lambda: f"{w.expr(STR, d)}.{r.choice(('startswith', 'endswith'))}({w.expr(STR, d)})",
        lambda: f"{r.choice(('any', 'all'))}(x > {w.expr(INT, d)} for x in {w.expr(INTS, d)})",
        lambda: f"({w.variables(MAYBE)[0]} is None)" if w.variables(MAYBE) else "True",
        lambda: f"({w.expr(INT, d)} in {w.variables(SET)[0]})" if w.variables(SET) else "False",
    )


def _ints(w: Writer, d: int) -> str:
    r = w.rng
    if d < 0:
        return r.choice(("[1, 2, 3]", "[0]", "[5, -1]", "[3, 1, 2, 0]"))
    return w.pick(
        lambda: f"[{', '.join(w.expr(INT, d) for _ in range(r.randint(1, 3)))}]",
        lambda: f"[{_over(w, d)} for x in {w.expr(INTS, d)}]",
        lambda: (
            f"[{_over(w, d)} for x in {w.expr(INTS, d)} if x {r.choice(('>', '!=', '<'))} {w.expr(INT, d)}]"
        ),
        lambda: f"[{_over(w, d)} for x in range({w.small(d)})]",
        lambda: f"[i * x for i, x in enumerate({w.expr(INTS, d)})]",
        lambda: f"[ord(x) for x in {w.expr(STR, d)}]",
        lambda: f"[len(x) for x in {w.expr(STRS, d)}]",
        lambda: (
            f"sorted({w.expr(INTS, d)}{r.choice(('', ', reverse=True', ', key=abs', ', key=lambda x: -x'))})"
        ),
        lambda: f"({w.expr(INTS, d)} + {w.expr(INTS, d)})",
        lambda: f"({w.expr(INTS, d)} * {r.choice((0, 1, 2))})",
        lambda: f"{w.expr(INTS, d)}[{w.small(d)}:{w.small(d)}]",
        lambda: f"{w.expr(INTS, d)}[{r.choice((':', '::-1', '1:', ':-1', '-2:', '::2', '1::2', ':2'))}]",
        lambda: f"list(range({w.small(d)}, {w.small(d)}, {r.choice((1, 2, -1, -3))}))",
        lambda: f"list(reversed({w.expr(INTS, d)}))",
        lambda: f"list({w.expr(COUNTS, d)}.values())",
        lambda: f"sorted(set({w.expr(INTS, d)}))",
        lambda: f"[a - b for a, b in zip({w.expr(INTS, d)}, {w.expr(INTS, d)})]",
        lambda: f"list({w.expr(INTS, 0)})",
    )


def _over(w: Writer, d: int) -> str:
    return w.rng.choice(
        ("x", f"x {w.rng.choice('+-*')} {w.expr(INT, d)}", "x * x", f"x % {w.rng.choice((2, 3))}")
    )


def _strs(w: Writer, d: int) -> str:
    r = w.rng
    if d < 0:
        return r.choice(("['a', 'b']", "['é']", "['ab', '', 'c']"))
    return w.pick(
        lambda: f"[{', '.join(w.expr(STR, d) for _ in range(r.randint(1, 3)))}]",
        lambda: f"{w.expr(STR, d)}.split({r.choice(('', repr('a'), repr(' ')))})",
        lambda: f"[x.upper() + {w.expr(STR, d)} for x in {w.expr(STRS, d)}]",
        lambda: f"[x for x in {w.expr(STR, d)} if x != {w.expr(STR, d)}]",
        lambda: f"list({w.expr(STR, d)})",
        lambda: f"sorted({w.expr(STRS, d)}{r.choice(('', ', reverse=True', ', key=len'))})",
        lambda: f"[str(x) for x in {w.expr(INTS, d)}]",
        lambda: f"({w.expr(STRS, d)} + {w.expr(STRS, d)})",
        lambda: f"{w.expr(STRS, d)}[{r.choice((':', '::-1', '1:', ':-1'))}]",
        lambda: f"list({w.expr(COUNTS, d)})",
        lambda: f"[k + str(v) for k, v in {w.expr(COUNTS, d)}.items()]",
    )


def _counts(w: Writer, d: int) -> str:
    r = w.rng
    if d < 0:
        return r.choice(("{'a': 1}", "{'b': 2, 'a': -1}", "{'é': 3}"))
    return w.pick(
        lambda: f"{{{w.expr(STR, d)}: {w.expr(INT, d)}, {w.expr(STR, d)}: {w.expr(INT, d)}}}",
        lambda: f"{{x: len(x) for x in {w.expr(STRS, d)}}}",
        lambda: f"{{x: i for i, x in enumerate({w.expr(STR, d)})}}",
        lambda: f"dict({w.expr(COUNTS, 0)})",
        lambda: f"{w.expr(COUNTS, 0)}.copy()",
        lambda: f"{{k: v + 1 for k, v in {w.expr(COUNTS, d)}.items()}}",
    )


def _names(w: Writer, d: int) -> str:
    return w.pick(
        lambda: "{1: 'a', 2: 'é'}",
        lambda: f"{{{w.expr(INT, d)}: {w.expr(STR, d)}}}",
        lambda: f"{{i: x for i, x in enumerate({w.expr(STRS, d)})}}",
    )


_EXPRESSIONS: dict[str, Callable[[Writer, int], str]] = {
    INT: _int, FLOAT: _float, STR: _str, BOOL: _bool, INTS: _ints, STRS: _strs, COUNTS: _counts, NAMES: _names,
    PAIR: lambda w, d: f"({w.expr(INT, d)}, {w.expr(STR, d)})",
    MAYBE: lambda w, d: w.rng.choice(("None", w.expr(INT, d))),
    SET: lambda w, d: f"set({w.expr(INTS, d)})",
}  # fmt: skip


# Statements ---------------------------------------------------------------------------------------


def block(w: Writer, size: int) -> None:
    """Statements in a block of their own: names first bound inside are gone after it."""
    w.indent += 1
    before = dict(w.scope)
    length = len(w.lines)
    for _ in range(w.rng.randint(1, size)):
        statement(w)
    if len(w.lines) == length:
        w.line("pass")
    w.scope = before
    w.indent -= 1


def statement(w: Writer) -> None:
    """One statement."""
    w.budget -= 1
    r = w.rng
    simple: list[Callable[[Writer], None]] = [
        _bind,
        _bind,
        _rebind,
        _rebind,
        _augment,
        _augment,
        _mutate,
        _mutate,
        _store,
        _unpack,
    ]
    if w.budget > 0 and w.indent < 4:
        simple += [_if, _if, _if, _for, _for, _for, _while, _try, _try, _nested, _optional]
    if w.loops:
        simple += [_leave]
    if w.indent > 1:
        simple += [_finish]
    r.choice(simple)(w)


def _bind(w: Writer) -> None:
    kind = w.rng.choice(LOCALS)
    value = w.expr(kind)
    name = w.fresh()
    w.line(f"{name} = {value}")
    w.scope[name] = kind


def _writable(w: Writer, *kinds: str) -> list[str]:
    return [name for name, kind in w.scope.items() if kind in kinds and name not in w.locked]


def _rebind(w: Writer) -> None:
    names = _writable(w, INT, STR, FLOAT, BOOL, INTS, STRS, COUNTS)
    if names:
        name = w.rng.choice(names)
        w.line(f"{name} = {w.expr(w.scope[name])}")


def _augment(w: Writer) -> None:
    names = _writable(w, INT, STR, FLOAT, INTS, STRS)
    if not names:
        return
    name = w.rng.choice(names)
    match w.scope[name]:
        case "int":
            op = w.rng.choice(("+", "-", "*", "//", "%", "&", "|", "^", "<<", ">>"))
            value = str(w.rng.choice((0, 1, 3))) if op in ("<<", ">>") else w.expr(INT)
            w.line(f"{name} {op}= {value}")
        case "float":
            w.line(f"{name} {w.rng.choice('+-*/')}= {w.expr(w.rng.choice((FLOAT, INT)))}")
        case kind:
            value = w.expr(kind)
            w.line(f"{name} += {value}" if kind == STR or name not in value else f"{name} = {value}")


def _mutate(w: Writer) -> None:
    names = _writable(w, INTS, STRS, COUNTS, SET)
    if not names:
        return
    name = w.rng.choice(names)
    kind = w.scope[name]
    if kind == COUNTS:
        w.line(
            w.pick(
                lambda: f"{name}.pop({w.expr(STR)}, 0)",
                lambda: f"{name}.setdefault({w.expr(STR)}, {w.expr(INT)})",
                lambda: f"del {name}[{w.expr(STR)}]",
                lambda: f"{name}.clear()",
                lambda: f"{name}.update({w.expr(COUNTS)})",
            )
        )
        return
    if kind == SET:
        w.line(f"{name}.{w.rng.choice(('add', 'discard', 'remove'))}({w.expr(INT)})")
        return
    elem = INT if kind == INTS else STR
    w.line(
        w.pick(
            lambda: f"{name}.append({w.expr(elem)})",
            lambda: f"{name}.insert({w.small(1)}, {w.expr(elem)})",
            lambda: f"{name}.extend({w.expr(kind)})",
            lambda: f"{name}.{w.rng.choice(('sort', 'reverse', 'clear', 'pop'))}()",
            lambda: f"{name}.remove({w.expr(elem)})",
            lambda: f"del {name}[{w.small(1)}]",
            lambda: f"{name}[{w.small(1)}:{w.small(1)}] = {w.expr(kind)}",
        )
    )


def _store(w: Writer) -> None:
    names = _writable(w, INTS, STRS, COUNTS)
    if not names:
        return
    name = w.rng.choice(names)
    match w.scope[name]:
        case "list[int]":
            w.line(f"{name}[{w.small(1)}] {w.rng.choice(('=', '+=', '*=', '-='))} {w.expr(INT)}")
        case "list[str]":
            w.line(f"{name}[{w.small(1)}] {w.rng.choice(('=', '+='))} {w.expr(STR)}")
        case _:
            w.line(f"{name}[{w.expr(STR)}] {w.rng.choice(('=', '=', '+='))} {w.expr(INT)}")


def _unpack(w: Writer) -> None:
    ints, strs = _writable(w, INT), _writable(w, STR)
    if len(ints) > 1 and w.rng.random() < 0.6:
        a, b = w.rng.sample(ints, 2)
        w.line(f"{a}, {b} = {w.expr(INT)}, {w.expr(INT)}")
    elif len(strs) > 1 and w.rng.random() < 0.6:
        a, b = w.rng.sample(strs, 2)
        w.line(f"{a}, {b} = {b}, {a}")
    else:
        value = w.expr(INT), w.expr(STR)
        a, b = w.fresh(), w.fresh()
        w.line(f"{a}, {b} = {value[0]}, {value[1]}")
        w.scope |= {a: INT, b: STR}


def _if(w: Writer) -> None:
    w.line(f"if {w.expr(BOOL)}:")
    block(w, 3)
    if w.rng.random() < 0.3:
        w.line(f"elif {w.expr(w.rng.choice((BOOL, INT, STR, INTS)))}:")
        block(w, 2)
    if w.rng.random() < 0.5:
        w.line("else:")
        block(w, 2)


def _looped(w: Writer, head: str, names: dict[str, str], locked: frozenset[str]) -> None:
    before, outer = dict(w.scope), w.locked
    w.line(head)
    w.scope |= names
    w.locked |= locked
    w.loops += 1
    block(w, 3)
    w.loops -= 1
    w.scope, w.locked = before, outer
    if w.rng.random() < 0.2:
        w.line("else:")
        block(w, 2)


def _for(w: Writer) -> None:
    name, other = w.fresh(), w.fresh()
    kind = w.rng.choice(("range", "range", "back", "ints", "text", "enumerate", "items", "zip", "length"))
    match kind:
        case "range":
            _looped(w, f"for {name} in range({w.small(1)}, {w.small(1)} + 3):", {name: INT}, frozenset())
        case "back":
            _looped(w, f"for {name} in range({w.small(1)}, -1, -1):", {name: INT}, frozenset())
        case "length":
            xs = w.rng.choice(w.variables(INTS) or ["[1, 2]"])
            _looped(w, f"for {name} in range(len({xs})):", {name: INT}, frozenset())
        case "ints":
            xs = w.expr(INTS, 1)
            _looped(w, f"for {name} in {xs}:", {name: INT}, frozenset({xs}))
        case "text":
            _looped(w, f"for {name} in {w.expr(STR, 1)}:", {name: STR}, frozenset())
        case "enumerate":
            xs = w.expr(STRS, 1)
            _looped(w, f"for {name}, {other} in enumerate({xs}):", {name: INT, other: STR}, frozenset({xs}))
        case "items":
            xs = w.expr(COUNTS, 1)
            _looped(w, f"for {name}, {other} in {xs}.items():", {name: STR, other: INT}, frozenset({xs}))
        case _:
            a, b = w.expr(INTS, 1), w.expr(STR, 1)
            _looped(w, f"for {name}, {other} in zip({a}, {b}):", {name: INT, other: STR}, frozenset({a}))


def _while(w: Writer) -> None:
    fuel = w.fresh()
    w.line(f"{fuel} = {w.rng.choice((0, 1))}")
    w.scope[fuel] = INT
    w.line(f"while {fuel} < {w.rng.choice((3, 5, 9))} and {w.expr(BOOL)}:")
    outer = w.locked
    w.locked |= {fuel}
    w.line(f"    {fuel} += {w.rng.choice((1, 2))}")
    w.loops += 1
    block(w, 3)
    w.loops -= 1
    w.locked = outer
    if w.rng.random() < 0.2:
        w.line("else:")
        block(w, 2)


def _try(w: Writer) -> None:
    w.line("try:")
    block(w, 3)
    bound = w.rng.random() < 0.4
    w.line(
        "except "
        + w.rng.choice(
            (
                "ValueError",
                "IndexError",
                "KeyError",
                "(ValueError, ZeroDivisionError)",
                "LookupError",
                "Exception",
            )
        )
        + (" as error:" if bound else ":")
    )
    if bound:
        texts = _writable(w, STR)
        if texts:
            w.line(f"    {w.rng.choice(texts)} = str(error)")
    block(w, 2)
    if w.rng.random() < 0.3:
        w.line("else:")
        block(w, 2)
    if w.rng.random() < 0.2 and not w.loops:
        w.line("finally:")
        w.indent += 1
        w.rng.choice((_augment, _mutate, _bind))(w)
        w.line("print('finally')")
        w.indent -= 1


def _nested(w: Writer) -> None:
    name, x = f"f{w.fresh()}", "q"
    kind = w.rng.choice((INT, STR))
    outer = dict(w.scope)
    w.line(f"def {name}({x}: {kind}) -> {kind}:")
    w.scope[x] = kind
    w.line(f"    return {w.expr(kind)}")
    w.scope = outer
    result = w.fresh()
    w.line(f"{result} = {name}({w.expr(kind)})")
    w.scope[result] = kind


def _optional(w: Writer) -> None:
    names = w.variables(MAYBE)
    if not names:
        name = w.fresh()
        w.line(f"{name} = {w.expr(NAMES, 0)}.get({w.expr(INT)})")
        w.line(f"if {name} is not None and {w.expr(BOOL)}:")
        w.scope[name] = STR
        block(w, 2)
        del w.scope[name]
        return
    name = w.rng.choice(names)
    w.line(f"if {name} is not None:")
    before = dict(w.scope)
    w.scope[name] = INT
    outer = w.locked
    w.locked |= {name}
    block(w, 3)
    w.scope, w.locked = before, outer


def _leave(w: Writer) -> None:
    w.line(f"if {w.expr(BOOL)}:")
    w.line("    " + w.rng.choice(("break", "continue")))


def _finish(w: Writer) -> None:
    if w.rng.random() < 0.6:
        w.line(f"if {w.expr(BOOL)}:")
        w.line(f"    return {w.expr(w.result)}")
    else:
        w.line(
            w.pick(
                lambda: f"print({w.expr(w.rng.choice((INT, STR)))})",
                lambda: f"assert {w.expr(BOOL)}",
                lambda: f"print({w.expr(INT)}, {w.expr(FLOAT)})",
            )
        )


# Functions, modules and inputs --------------------------------------------------------------------


@dataclass(frozen=True)
class Function:
    """A function's source, with the types of its parameters."""

    name: str
    params: tuple[str, ...]
    text: str


def function(
    rng: random.Random, name: str, helpers: tuple[tuple[str, tuple[str, ...], str], ...] = ()
) -> Function:
    """A random function."""
    w = Writer(rng, helpers=helpers, budget=rng.randint(2, 14))
    params = {chr(ord("a") + i): rng.choice(PARAMETERS) for i in range(rng.randint(1, 4))}
    w.scope |= params
    w.result = rng.choice(RESULTS)
    while w.budget > 0:
        statement(w)
    w.line(f"return {w.expr(w.result)}")
    head = f"def {name}({', '.join(f'{n}: {t}' for n, t in params.items())}) -> {w.result}:"
    return Function(name, tuple(params.values()), "\n".join([head, *w.lines]) + "\n")


def module(seed: int, count: int) -> list[Function]:
    """`count` random functions; a few small ones at the head are called by the others."""
    rng = random.Random(seed)
    functions = [
        Function(
            "h0",
            (INTS, INT),
            "def h0(xs: list[int], n: int) -> int:\n    xs.append(n)\n    return len(xs) - n\n",
        ),
        Function("h1", (STR, INT), "def h1(s: str, n: int = 2) -> str:\n    return s[n:] + s[:n]\n"),
        Function("h2", (INT, INT), "def h2(p: int, q: int) -> int:\n    return p // q - q\n"),
    ]
    helpers = (("h0", (INTS, INT), INT), ("h1", (STR, INT), STR), ("h2", (INT, INT), INT))
    return functions + [function(rng, f"f{i}", helpers) for i in range(count)]


def argument(rng: random.Random, kind: str) -> object:
    """A value of a type, small more often than not."""
    match kind:
        case "int":
            return rng.choice(NUMBERS) if rng.random() < 0.85 else rng.choice(EDGES)
        case "float":
            return rng.choice((0.0, -0.0, 1.5, -2.25, 0.1, 1e10, 1e300, float("inf"), float("nan"), 3.0, 2.5))
        case "str":
            return (
                rng.choice(WORDS)
                if rng.random() < 0.7
                else "".join(rng.choice("abÄé0 9-😀ß") for _ in range(rng.randint(0, 9)))
            )
        case "bool":
            return rng.random() < 0.5
        case "list[int]":
            return [argument(rng, INT) for _ in range(rng.randint(0, 5))]
        case "list[str]":
            return [argument(rng, STR) for _ in range(rng.randint(0, 4))]
        case "dict[str, int]":
            return {rng.choice(WORDS): rng.choice(NUMBERS) for _ in range(rng.randint(0, 4))}
        case "dict[int, str]":
            return {rng.choice(NUMBERS): rng.choice(WORDS) for _ in range(rng.randint(0, 4))}
        case "tuple[int, str]":
            return (argument(rng, INT), argument(rng, STR))
        case "int | None":
            return None if rng.random() < 0.4 else argument(rng, INT)
        case "set[int]":
            return {rng.choice(NUMBERS) for _ in range(rng.randint(0, 4))}
    raise ValueError(kind)
