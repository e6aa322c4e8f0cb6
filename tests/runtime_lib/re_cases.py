"""Calls of `re`, with CPython's answers: patterns by hand and at random, over texts that suit them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from re._parser import parse as sre_parse  # type: ignore[import-not-found]
from typing import Any

from portalis.compiler.stdlib.re_pattern import UnsupportedPattern, analyse, template
from tests.runtime_lib.driver import Case, case

STDNUM = r"""
([1-9][0-9]*)!([nac])
^([A-Za-z0-9]\d{2})?$
^(?P<day>[0123]\d)(?P<month>[01]\d)(?P<year>\d\d)(?P<century>[-+A])(?P<individual>\d\d\d)(?P<control>[0-9A-Z])$
[ /\\-]+
^([A-Z][0-9]+/[0-9]+/)\d{2}[.]\d{2}[.](\d{4})$
[0-9]{2,12}(-[0-9A-Z]{,30})?-[0-9]{2}
([FBUP])\1*
^([0-9a-f]{2}:){5}[0-9a-f]{2}$
^[A-Z]{4}(?P<country_code>[A-Z]{2})[0-9A-Z]{2}([0-9A-Z]{3})?$
^[0-9]+[a-z]$
^[1-9][0-9]{1,6}-[0-9]{2}-[0-9]$
^\d{7}[A-W][ABHWTX]?$
^(?P<serial>[0-9]+)(?P<rest>.*)$
^(?P<area>[0-9]{3})-?(?P<group>[0-9]{2})-?[0-9]{4}$
^[A-Z&Ñ]{4}[0-9]{6}[0-9A-Z]{0,3}$
^(?P<indent> *)(?P<ranges>([^-,\s]+(-[^-,\s]+)?)(,[^-,\s]+(-[^-,\s]+)?)*)\s*(?P<props>.*)$
(?P<prop>[0-9a-zA-Z-_]+)="(?P<value>[^"]*)"
^[A|P]{1}[0-9]{9}[A-Z]{1}$
^((([0-9]{0,6})-)?([0-9]{2,10}))\/([0-9]{4})$
^[NXY][0-9]*?[.]*([0-9]+)[\[\]]?$
^>>> .*\Z
^\d*[A-Z0-9]{2}\d$
""".strip().split("\n")

VARIED = r"""
a*|b
|a
a??
(a)|(b)|c
(?:(a)|(b))+
(a|ab)(c|bcd)(d*)
(a+)(b*)(c?)
x*
\b
\b\w+\b
\w+
\W+
[\w.-]+@[\w-]+\.\w+
\d+(?:\.\d+)?
(\d+)-(\d+)
\s+
\S+
^\s*$
^
$
(?m)^
(?m)$
(?m)^(\w+)$
(?s).
.
.*
.+?
[^a]
[^\W\d]
[\s,]+
[^\s]
a{2,3}
a{,2}b
(?:ab){2}
(?i)k+
(?i)[a-f]+
(?i)straße
(?i)[^s]
(?i:a)b
(?i)é|ß
(?i)[à-ü]
(?a)\w+
(?a)\b\d
(?a)[\W]
(?ai)[k-s]
(?x) a # comment
(?=a)ab?
(?!a)\w
(?<=a)b
(?<!a)b
(?<=\d)(?=(?:\d{3})+$)
(?=(\w\w))
(a)(?=(b))
(\w)\1
(\w+) \1
(?P<q>['"]).*?(?P=q)
(a)?b(?(1)c|d)
(?(1)a|b)?
(a)?(?(1)b)
(?>a+)b
a++b
(?>a|ab)c
[a-c]|[x-z]{2}
(^a|b$)
^a$|^b$
a$|b
(a$)
\Aa
a\Z
a$\n?
\n$
(\n|a)*?$
[]a]
[a\]-]
[\x00-\x1f]
\t|\n
a.c
\.
\$\d+
[$]
$$
a|b|
(|a)b
((a)|b)+c
(a(b)?)+
(?:a|b)*?c
([ab]*?)(b)?$
(a*)(a?)$
[&&~~--a]
[a-z&&[aeiou]]
\(\)\[\]\{\}\^
é+
[é-ü]
日本|日
(?:)
()
a()
(?P<año>a)
""".strip("\n").split("\n")

ALPHABET = "aab bcAB dkKsſßéÉ01 23_-.,$\n\t'\"x😀١½²\u0301ı"


def random_atom(rng: random.Random, depth: int) -> str:
    roll = rng.random()
    if depth and roll < 0.3:
        shape = rng.choice(
            ("({})",) * 5 + ("(?:{})", "(?={})", "(?!{})", "(?<={})", "(?<!{})", "(?>{})", "(?i:{})")
        )
        return shape.format(random_pattern(rng, depth - 1))
    if roll < 0.33:
        return rng.choice((r"\1", r"\2", "(?(1)a|b)", "(?(1)b)"))
    if roll < 0.45:
        return rng.choice((r"\d", r"\w", r"\s", r"\S", r"\W", r"\D", ".", r"\b", "^", "$"))
    if roll < 0.6:
        inside = "".join(
            rng.choice(("a", "b", "a-c", r"\d", "0-2", "_", "é", r"\s")) for _ in range(rng.randint(1, 3))
        )
        return f"[{rng.choice(('', '', '^'))}{inside}]"
    return re.escape(rng.choice("aaabbc01 -é\n"))


def random_pattern(rng: random.Random, depth: int = 2) -> str:
    branches = []
    for _ in range(rng.choice((1, 1, 1, 2))):
        pieces = []
        for _ in range(rng.randint(0 if depth < 2 else 1, 3)):
            atom = random_atom(rng, depth)
            count = rng.choice(("", "", "", "*", "+", "?", "*?", "+?", "??", "{1,2}", "{2}", "*+", "?+"))
            pieces.append(atom + count if atom not in ("^", "$", r"\b") else atom)
        branches.append("".join(pieces))
    return "|".join(branches)


def random_text(rng: random.Random, alphabet: str) -> str:
    text = "".join(rng.choice(alphabet) for _ in range(rng.choice((0, 1, 2, 3, 5, 8, 13))))
    return text + rng.choice(("", "", "", "\n", "\n\n"))


def matching_text(rng: random.Random, nodes: Iterable[tuple[object, Any]]) -> str:
    """A text that the parsed pattern is likely to match: one choice at each node."""
    text = ""
    for op, arg in nodes:
        name = str(op)
        if name == "LITERAL":
            text += chr(arg)
        elif name in ("NOT_LITERAL", "ANY"):
            text += rng.choice("x0 é")
        elif name == "IN":
            text += matching_member(rng, [(str(kind), value) for kind, value in arg])
        elif name == "BRANCH":
            text += matching_text(rng, rng.choice(arg[1]))
        elif name == "SUBPATTERN":
            text += matching_text(rng, arg[-1])
        elif name.endswith("REPEAT"):
            least, most, body = arg
            count = rng.choice(
                (least, least, min(int(most), least + 1), rng.randint(least, min(int(most), least + 9)))
            )
            text += "".join(matching_text(rng, body) for _ in range(count))
    return text


def matching_member(rng: random.Random, items: list[tuple[str, Any]]) -> str:
    kind, value = rng.choice(items)
    if kind == "LITERAL":
        return chr(value)
    if kind == "RANGE":
        return chr(rng.randint(*value))
    return rng.choice(
        "0123456789" if "DIGIT" in str(value) else " \t\n" if "SPACE" in str(value) else "aZ_é5"
    )


def suited_text(rng: random.Random, pattern: str) -> str:
    """A text that the pattern matches or almost matches."""
    text = matching_text(rng, sre_parse(pattern))
    if text and rng.random() < 0.4:
        place = rng.randrange(len(text))
        text = text[:place] + rng.choice("0aA-\n é²") + text[place + rng.randint(0, 1) :]
    return rng.choice(("", "", "", "x")) + text[:20] + rng.choice(("", "", "", "", "\n", "x"))


def show(found: re.Match[str] | None) -> list[object] | None:
    if found is None:
        return None
    spans = [list(found.span(group)) for group in range(found.re.groups + 1)]
    return [found.group(), list(found.groups()), spans]


def pattern_cases(pattern: str, flags: int, text: str, count: int) -> Iterator[Case]:
    translated = analyse(pattern, flags)
    compiled = re.compile(pattern, flags)
    groups, rust = translated.groups, translated.text
    for name in ("match", "fullmatch", "search"):
        yield case(f"re.{name}", (rust, text), lambda n=name: show(getattr(compiled, n)(text)))
    names = ("match", "fullmatch", "search")
    yield case("re.is_match", (rust, text), lambda: [getattr(compiled, n)(text) is not None for n in names])
    yield case("re.finditer", (rust, text), lambda: [show(found) for found in compiled.finditer(text)])
    if groups <= 4:
        yield case("re.findall", (rust, text, groups), lambda: compiled.findall(text))
    yield case("re.split", (rust, text, count, groups), lambda: compiled.split(text, count))
    yield case("re.sub", (rust, text, "<>", count), lambda: compiled.sub("<>", text, count))
    yield case("re.subn", (rust, text, "", count), lambda: compiled.subn("", text, count))
    yield case("re.sub_upper", (rust, text, count), lambda: compiled.sub(lambda m: f"<{m[0]}>", text, count))
    replacement = r"[\g<0>" + "".join(rf"\{group}," for group in range(1, groups + 1)) + r"\\\n]"
    pieces = template(replacement, pattern, flags)
    yield case("re.sub_template", (rust, text, pieces, count), lambda: compiled.sub(replacement, text, count))


def nested_patterns(rng: random.Random, count: int) -> Iterator[str]:
    """Repetitions of repetitions and neighbours that overlap, where engines like to take short cuts."""
    atoms = (
        "a",
        "b",
        "[ab]",
        "ab?",
        "ab??",
        "(?:a|b)",
        "a|b+?",
        "b|bb",
        "(b|bb)",
        "a*b",
        "a*?b",
        "b+b",
        r"\w",
        ".",
    )
    counts = ("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{1,2}?", "{2,}", "{2,}?", "{1,3}?", "")
    tails = ("", "c", "$", r"\b", "(?=c)", "b", "c*?$", "(b*)$", "(b*?)c", r"\1")
    for _ in range(count):
        text = ""
        for _ in range(rng.randint(1, 3)):
            inner = "".join(
                rng.choice((*atoms[:3], rng.choice(atoms))) + rng.choice(counts)
                for _ in range(rng.randint(1, 2))
            )
            text += rng.choice(("({}){}", "(?:{}){}", "{}{}")).format(inner, rng.choice(counts))
        pattern = text + rng.choice(tails)
        if supported(pattern):
            yield pattern


def required_hold(pattern: str, text: str) -> bool:
    """Whether the groups said to take part in every match do so."""
    required = analyse(pattern, 0).required
    return all(found.group(group) is not None for found in re.finditer(pattern, text) for group in required)


def supported(pattern: str) -> bool:
    try:
        analyse(pattern, 0)
    except UnsupportedPattern:
        return False
    return True


def patterns(seed: int, count: int) -> list[str]:
    """`count` random patterns that Python and the translator take."""
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        pattern = random_pattern(rng)
        if supported(pattern):
            found.append(pattern)
    return found


def all_cases(seed: int, count: int = 400) -> dict[str, list[Case]]:
    """The cases by topic."""
    rng = random.Random(seed)
    topics: dict[str, list[Case]] = {"stdnum": [], "varied": [], "random": [], "nested": [], "escape": []}
    for pattern in STDNUM:
        for _ in range(60):
            topics["stdnum"] += pattern_cases(
                pattern, 0, suited_text(rng, pattern), rng.choice((0, 0, 1, 2, -1))
            )
    for pattern in VARIED:
        if supported(pattern):
            for alphabet in (ALPHABET, "ab", "abc \n", "aa\n", "01 a-") * 5:
                text = random_text(rng, alphabet)
                topics["varied"] += pattern_cases(pattern, 0, text, rng.choice((0, 0, 1, 2, -1)))
    for pattern in patterns(seed, count):
        for alphabet in (ALPHABET, "ab", "abc01 \n", "a\n") * 2:
            topics["random"] += pattern_cases(pattern, 0, random_text(rng, alphabet), rng.choice((0, 0, 1)))
        for _ in range(4):
            topics["random"] += pattern_cases(pattern, 0, suited_text(rng, pattern), rng.choice((0, 0, 1)))
    for pattern in nested_patterns(rng, count * 2):
        for _ in range(6):
            topics["nested"] += pattern_cases(
                pattern, 0, random_text(rng, rng.choice(("ab", "abc", "b", "bc"))), 0
            )
    for _ in range(100):
        text = random_text(rng, ALPHABET + "()[]{}?*+|^\\&~#\r\x0b\x0c")
        topics["escape"].append(case("re.escape", (text,), lambda t=text: re.escape(t)))
    return topics
