"""Python's regular expressions in the syntax of the Rust crate `fancy-regex`.

A pattern is parsed by CPython's own parser and its tree is printed again, so that every construct
is either known to mean the same in Rust or refused. What `runtime/re.rs` adds at run time: an
unescaped `$` at the very end is Python's `$`, and texts on which the Unicode tables differ decline.

    translate(r"^(?P<day>[0-9]{2})\\w+$", 0)   ->   r"^(?P<day>[0-9]{2})[\\p{L}\\p{N}_]+$"
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple


class UnsupportedPattern(Exception):
    """A pattern whose exact behaviour Rust would not have; the text is the reason."""


@dataclass(frozen=True, slots=True)
class TranslatedPattern:
    """A pattern for `runtime::re::Regex::new`.

    `groups` is the number of groups, `names` gives the numbers of the named ones, and `required`
    holds the groups that take part in every match (0, the whole match, included). `in_row` says that no
    group stands inside another, or repeats, so that of two groups that took part the later one is the last.
    """

    text: str
    groups: int
    names: dict[str, int]
    required: frozenset[int]
    in_row: bool = False


class _Node(NamedTuple):
    """An (opcode, argument) pair of CPython's parser; the argument's type depends on the opcode."""

    op: object
    arg: Any


_CLASSES = {
    False: {
        sre.CATEGORY_DIGIT: r"\d",
        sre.CATEGORY_SPACE: r"\s\x1c-\x1f",
        sre.CATEGORY_WORD: r"\p{L}\p{N}_",
    },
    True: {
        sre.CATEGORY_DIGIT: "0-9",
        sre.CATEGORY_SPACE: r"\t-\r ",
        sre.CATEGORY_WORD: "0-9A-Za-z_",
    },
}
"""What the categories hold, as the inside of a Rust class; the key is whether the flag ASCII is set."""

_OPPOSITES = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}
_PYTHON_CLASSES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_NOT_WORD: r"\W",
}
_REPEATS = {sre.MAX_REPEAT: "", sre.MIN_REPEAT: "?", sre.POSSESSIVE_REPEAT: "+"}
_MOST_REPEATS = 1000
_CASED_END = 0x1F000
"""From this code point on no character has another case form."""

_ESCAPES = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "$": "[$]"}


def translate(pattern: str, flags: int) -> str:
    """The pattern's text for `runtime::re::Regex::new`.

    Args: the pattern and its flags as given to `re.compile`. Raises `UnsupportedPattern`.
    """
    return analyse(pattern, flags).text


def analyse(pattern: str, flags: int) -> TranslatedPattern:
    """The pattern's text together with its groups.

    Args: the pattern and its flags as given to `re.compile`. Raises `UnsupportedPattern`, also for
    a pattern that Python itself refuses.
    """
    if flags & (re.LOCALE | re.DEBUG):
        raise UnsupportedPattern("the flags LOCALE and DEBUG are not supported")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern, flags)
            tree = sre_parser.parse(pattern, flags)
        except (re.error, OverflowError, RecursionError, ValueError) as error:
            raise UnsupportedPattern(f"Python refuses the pattern: {error}") from error
    state = tree.state
    _refuse_inner_conditions(_nodes(tree))
    names = dict(state.groupdict)
    by_number: dict[int, str] = {}
    if not any(op in (sre.GROUPREF, sre.GROUPREF_EXISTS) for op, _ in _descend(tree)):  # not with names there
        by_number = {number: name for name, number in names.items() if name.isascii()}
    text = _top(_Context(state.flags, by_number), _nodes(tree))
    required = frozenset(_required(_nodes(tree))) | {0}
    return TranslatedPattern(text, state.groups - 1, names, required, _in_row(_nodes(tree)))


def template(replacement: str, pattern: str, flags: int) -> tuple[str | int, ...]:
    """The pieces of a replacement template: texts, and the numbers of groups.

    Args: the replacement as given to `re.sub`, the pattern it belongs to and the pattern's flags.
    Raises `UnsupportedPattern` where Python refuses the template.
    """
    try:
        parsed = sre_parser.parse_template(replacement, re.compile(pattern, flags))
    except (re.error, IndexError, OverflowError) as error:
        raise UnsupportedPattern(f"Python refuses the replacement: {error}") from error
    pieces: list[str | int]
    if isinstance(parsed, tuple):  # CPython 3.11: the groups with their places, the texts with holes
        places, texts = parsed
        pieces = [text if text is not None else -1 for text in texts]
        for place, group in places:
            pieces[place] = group
    else:
        pieces = list(parsed)
    return tuple(piece for piece in pieces if piece != "")


def _in_row(nodes: Sequence[_Node]) -> bool:
    """Whether all groups stand at the top, or in the alternatives there."""
    for op, arg in nodes:
        if op is sre.SUBPATTERN:
            group, _, _, body = arg
            inside = _nodes(body)
            if (
                any(one is sre.SUBPATTERN for one, _ in _descend(body))
                if group is not None
                else not _in_row(inside)
            ):
                return False
        elif op is sre.BRANCH:
            if not all(_in_row(_nodes(branch)) for branch in arg[1]):
                return False
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and arg[1] == 1:
            if not _in_row(_nodes(arg[2])):
                return False
        elif any(one is sre.SUBPATTERN for one, _ in _descend([(op, arg)])):
            return False
    return True


def _nodes(tree: Iterable[tuple[object, object]]) -> list[_Node]:
    return [_Node(op, arg) for op, arg in tree]


def _required(nodes: Sequence[_Node]) -> set[int]:
    """The groups that take part whenever the nodes match."""
    found: set[int] = set()
    for op, arg in nodes:
        if op is sre.SUBPATTERN:
            group, _, _, body = arg
            if group is not None:
                found.add(group)
            found |= _required(_nodes(body))
        elif op is sre.ATOMIC_GROUP:
            found |= _required(_nodes(arg))
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, _, body = arg
            if least:
                found |= _required(_nodes(body))
    return found


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a node stands: the flags that hold there and the names of the groups."""

    flags: int
    names: dict[int, str]

    @property
    def ascii(self) -> bool:
        return bool(self.flags & sre.SRE_FLAG_ASCII)

    @property
    def ignore_case(self) -> bool:
        return bool(self.flags & sre.SRE_FLAG_IGNORECASE)

    @property
    def multiline(self) -> bool:
        return bool(self.flags & sre.SRE_FLAG_MULTILINE)


def _top(context: _Context, nodes: list[_Node]) -> str:
    """The whole pattern; a `$` at its very end stays as it is."""
    if not nodes:
        return ""
    op, arg = nodes[-1]
    if not context.multiline and op is sre.AT and arg is sre.AT_END:
        return _sequence(context, nodes[:-1]) + "$"
    if op is sre.BRANCH:
        branches = [_nodes(branch) for branch in arg[1]]
        if not context.multiline and all(b and b[-1] == (sre.AT, sre.AT_END) for b in branches):
            inner = "|".join(_sequence(context, branch[:-1]) for branch in branches)
            return f"{_sequence(context, nodes[:-1])}(?:{inner})$"
        if len(nodes) == 1:
            return "|".join(_sequence(context, branch) for branch in branches)
    return _sequence(context, nodes)


def _sequence(context: _Context, nodes: Iterable[tuple[object, Any]]) -> str:
    text, after_reference = "", False
    for op, arg in nodes:
        piece = _node(context, op, arg)
        text += f"(?:{piece})" if after_reference and piece[:1].isdigit() else piece
        after_reference = op is sre.GROUPREF
    return text


def _node(context: _Context, op: object, arg: Any) -> str:
    if op in (sre.LITERAL, sre.NOT_LITERAL):
        return _literal(context, chr(arg), negated=op is sre.NOT_LITERAL)
    if op is sre.ANY:
        return "(?s:.)" if context.flags & sre.SRE_FLAG_DOTALL else "."
    if op is sre.IN:
        return _char_class(context, _nodes(arg))
    if op is sre.AT:
        return _position(context, arg)
    if op is sre.BRANCH:
        return f"(?:{'|'.join(_sequence(context, branch) for branch in arg[1])})"
    if op is sre.SUBPATTERN:
        return _group(context, *arg)
    if op in _REPEATS:
        return _repeat(context, op, *arg)
    if op is sre.ATOMIC_GROUP:
        _refuse_groups(arg, "a group inside an atomic group")
        return f"(?>{_sequence(context, arg)})"
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return _look_around(context, op, *arg)
    if op is sre.GROUPREF and not context.ignore_case:
        return f"\\{arg}"
    if op is sre.GROUPREF_EXISTS:
        number, yes, no = arg
        otherwise = f"|{_sequence(context, no)}" if no else ""
        return f"(?({number}){_sequence(context, yes)}{otherwise})"
    raise UnsupportedPattern(f"the construct {str(op).lower()} is not supported")


def _group(context: _Context, number: int | None, add: int, remove: int, body: Any) -> str:
    inner = replace(context, flags=(context.flags | add) & ~remove)
    if add & (sre.SRE_FLAG_ASCII | sre.SRE_FLAG_UNICODE):
        inner = replace(inner, flags=(inner.flags & ~(sre.SRE_FLAG_ASCII | sre.SRE_FLAG_UNICODE)) | add)
    nodes = _nodes(body)
    text = _sequence(inner, nodes)
    if len(nodes) == 1 and nodes[0].op is sre.BRANCH:
        text = text.removeprefix("(?:").removesuffix(")")
    if number is None:
        return f"(?:{text})"
    name = context.names.get(number)
    return f"(?P<{name}>{text})" if name else f"({text})"


def _repeat(context: _Context, op: object, least: int, most: int, body: Any) -> str:
    unlimited = most is sre.MAXREPEAT
    if (unlimited or most > 1) and body.getwidth()[0] == 0:
        raise UnsupportedPattern("a repetition of what can match nothing")
    if body.getwidth()[1] == 0:
        raise UnsupportedPattern("a repetition of an assertion")
    if max(least, 0 if unlimited else most) > _MOST_REPEATS:
        raise UnsupportedPattern(f"more than {_MOST_REPEATS} repetitions")
    if op is sre.POSSESSIVE_REPEAT:
        _refuse_groups(body, "a group inside a possessive repetition")
    nodes = _nodes(body)
    text = _sequence(context, nodes)
    if len(nodes) != 1 or nodes[0].op not in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN, sre.SUBPATTERN):
        text = f"(?:{text})"
    if unlimited:
        count = {0: "*", 1: "+"}.get(least, f"{{{least},}}")
    elif (least, most) == (0, 1):
        count = "?"
    else:
        count = f"{{{least}}}" if least == most else f"{{{least},{most}}}"
    if op is sre.POSSESSIVE_REPEAT:
        return f"(?>{text}{count})"
    return text + count + _REPEATS[op]


def _look_around(context: _Context, op: object, direction: int, body: Any) -> str:
    if op is sre.ASSERT_NOT or direction < 0:
        _refuse_groups(body, "a group inside a lookbehind or a negative lookahead")
    sign = "=" if op is sre.ASSERT else "!"
    return f"(?{'<' if direction < 0 else ''}{sign}{_sequence(context, body)})"


def _refuse_groups(body: Iterable[tuple[object, Any]], reason: str) -> None:
    """Raises `UnsupportedPattern` where the body holds a group or a reference to one."""
    for op, arg in _descend(body):
        if op in (sre.GROUPREF, sre.GROUPREF_EXISTS) or (op is sre.SUBPATTERN and arg[0] is not None):
            raise UnsupportedPattern(f"{reason} is not supported")


def _refuse_inner_conditions(nodes: Iterable[_Node]) -> None:
    """Raises `UnsupportedPattern` for a condition on a group anywhere but at the top of the pattern."""
    for node in nodes:
        if any(inner.op is sre.GROUPREF_EXISTS for body in _bodies(node) for inner in _descend(body)):
            raise UnsupportedPattern("a condition on a group inside another construct is not supported")


def _descend(nodes: Iterable[tuple[object, Any]]) -> Iterator[_Node]:
    """All nodes at any depth."""
    for node in _nodes(nodes):
        yield node
        for body in _bodies(node):
            yield from _descend(body)


def _bodies(node: _Node) -> list[Iterable[tuple[object, Any]]]:
    """The sequences inside a node."""
    op, arg = node
    if op is sre.BRANCH:
        return list(arg[1])
    if op is sre.ATOMIC_GROUP:
        return [arg]
    if op is sre.GROUPREF_EXISTS:
        return [body for body in arg[1:] if body is not None]
    if op in _REPEATS or op in (sre.SUBPATTERN, sre.ASSERT, sre.ASSERT_NOT):
        return [arg[-1]]
    return []


def _position(context: _Context, where: object) -> str:
    if where is sre.AT_BEGINNING:
        return "(?m:^)" if context.multiline else "^"
    if where is sre.AT_END:
        return "(?m:$)" if context.multiline else r"(?=\n?\z)"
    if where is sre.AT_BEGINNING_STRING:
        return r"\A"
    if where is sre.AT_END_STRING:
        return r"\z"
    if where is sre.AT_BOUNDARY:
        if context.ascii:
            word = f"[{_CLASSES[True][sre.CATEGORY_WORD]}]"
            return f"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
        return r"\b"
    raise UnsupportedPattern(r"\B is not supported: versions of Python differ on the empty string")


def _literal(context: _Context, char: str, *, negated: bool) -> str:
    cases = _cases(re.escape(char), context.ascii) if context.ignore_case else char
    chars = "".join(sorted({*cases, char}))
    if negated:
        return f"[^{_members(chars)}]"
    return _show(char) if len(chars) == 1 else f"[{_members(chars)}]"


def _char_class(context: _Context, items: list[_Node]) -> str:
    negated = items[0].op is sre.NEGATE
    items = items[1:] if negated else items
    if len(items) == 1 and items[0].op is sre.CATEGORY:
        return _category(items[0].arg, context.ascii, negated=negated)
    text = "".join(_class_item(item, context.ascii) for item in items)
    if context.ignore_case:
        source = f"[{''.join(map(_python_class_item, items))}]"
        plain = set(re.findall(source, _cased(), re.ASCII if context.ascii else 0))
        text += _members("".join(sorted(set(_cases(source, context.ascii)) - plain)))
    return f"[{'^' if negated else ''}{text}]"


def _class_item(item: _Node, ascii_only: bool) -> str:
    if item.op is sre.CATEGORY:
        if item.arg in _OPPOSITES:
            return _category(item.arg, ascii_only, negated=False)
        return _CLASSES[ascii_only][item.arg]
    if item.op is sre.RANGE:
        low, high = item.arg
        if low <= 0xDFFF and high >= 0xD800:
            raise UnsupportedPattern("a class of surrogates")
        return f"{_show_in_class(chr(low))}-{_show_in_class(chr(high))}"
    return _show_in_class(chr(item.arg))


def _category(category: object, ascii_only: bool, *, negated: bool) -> str:
    """A category as a class of its own."""
    if category in _OPPOSITES:
        category, negated = _OPPOSITES[category], not negated
    inside = _CLASSES[ascii_only][category]
    if inside == r"\d":
        return r"\D" if negated else r"\d"
    return f"[{'^' if negated else ''}{inside}]"


def _python_class_item(item: _Node) -> str:
    if item.op is sre.CATEGORY:
        return _PYTHON_CLASSES[item.arg]
    if item.op is sre.RANGE:
        return f"\\U{item.arg[0]:08x}-\\U{item.arg[1]:08x}"
    return f"\\U{item.arg:08x}"


@functools.cache
def _cased() -> str:
    """All characters that have another case form."""
    chars = map(chr, (*range(0xD800), *range(0xE000, _CASED_END)))
    return "".join(c for c in chars if not c == c.lower() == c.upper() == c.casefold() == c.title())


def _cases(source: str, ascii_only: bool) -> str:
    """The characters with case that a Python pattern for one character matches, whatever their case."""
    flags = re.IGNORECASE | (re.ASCII if ascii_only else 0)
    return "".join(re.findall(source, _cased(), flags))


def _members(chars: str) -> str:
    """The inside of a class of these sorted characters, runs of three or more as ranges."""
    text, start = "", 0
    while start < len(chars):
        end = start
        while end + 1 < len(chars) and ord(chars[end + 1]) == ord(chars[end]) + 1:
            end += 1
        if end - start >= 2:
            text += f"{_show_in_class(chars[start])}-{_show_in_class(chars[end])}"
        else:
            text += "".join(map(_show_in_class, chars[start : end + 1]))
        start = end + 1
    return text


def _show(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\{char}" if char in "\\.+*?()|[]{}^" else _show_plain(char)


def _show_in_class(char: str) -> str:
    if char != "$" and char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\{char}" if char in "\\[]^-&~" else _show_plain(char)


def _show_plain(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        raise UnsupportedPattern("a lone surrogate in the pattern")
    return char if char.isprintable() else f"\\x{{{ord(char):x}}}"
