"""Whether a text is Rust, by tree-sitter's grammar: rows of the type table are checked when they are read."""

from __future__ import annotations

from functools import lru_cache

from portalis.rust_grammar import parse, source_of, walk

KEYWORDS = frozenset(
    """abstract as async await become box break const continue crate do dyn else enum extern false final fn
    for gen if impl in let loop macro match mod move mut override priv pub ref return self Self static struct
    super trait true try type typeof unsafe unsized use virtual where while yield""".split()
)


@lru_cache(maxsize=1024)
def is_type(text: str) -> bool:
    """Whether the text is one Rust type.

    >>> is_type("Vec<Option<u8>>"), is_type("&'a [u8]"), is_type("Vec<"), is_type("u8; struct A")
    (True, True, False, False)
    """
    return _is_one("type_item", f"type T<'a> = {text};", text)


@lru_cache(maxsize=1024)
def is_expression(text: str) -> bool:
    """Whether the text is one Rust expression.

    >>> is_expression("Vec::new()"), is_expression("1; 2")
    (True, False)
    """
    return _is_one("const_item", f"const C: T = {text};", text)


def is_identifier(text: str) -> bool:
    """Whether the text can name an item of Rust: an identifier in ASCII that is no keyword.

    >>> is_identifier("Point"), is_identifier("2D"), is_identifier("match")
    (True, False, False)
    """
    return text.isidentifier() and text.isascii() and text not in KEYWORDS and text != "_"


def is_path(text: str) -> bool:
    """Whether the text is a path that `use` takes.

    >>> is_path("std::path::PathBuf"), is_path("crate::Point"), is_path("std::"), is_path("a::fn")
    (True, True, False, False)
    """
    head, *rest = text.split("::")
    return (is_identifier(head) or head in {"crate", "self", "super"}) and all(map(is_identifier, rest))


def _is_one(kind: str, source: str, text: str) -> bool:
    root = parse(source)
    names = (source_of(node) for node in walk(root) if node.type.endswith("identifier"))
    return (
        bool(text.strip())
        and not root.has_error
        and [child.type for child in root.children] == [kind]
        and "//" not in text
        and "/*" not in text
        and not any(name in KEYWORDS - {"Self", "self", "super", "crate"} for name in names)
    )
