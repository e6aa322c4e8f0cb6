"""What gives texts of Python their vectors: the text itself, or a model."""

from __future__ import annotations

import ast
import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from portalis.utils.ast_utils import parse_source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_WORD = re.compile(r"[A-Za-z_]\w*")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Embedder(Protocol):
    """Gives vectors to texts of Python."""

    @property
    def identity(self) -> str:
        """Names the embedder and its version: vectors of one are not comparable with another's."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, dim] of length 1; zero for a text without content."""
        ...


@dataclass(frozen=True, slots=True)
class FunctionEmbedder:
    """A function as an embedder: a service's `generate_embeddings` with its model's identity."""

    identity: str
    function: Callable[[Sequence[str]], Vectors]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """What the function gives."""
        return self.function(texts)


@dataclass(frozen=True, slots=True)
class LexicalEmbedder:
    """Vectors from what stands in the Python, without a model.

    A text is its bag of identifiers (whole and in their parts), constants, operators, calls, kinds of syntax
    nodes and pairs of a node and its child, each weighted 1 + ln(count) and hashed to a place and a sign
    (feature hashing: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009).
    Equal on every machine and in every process.
    """

    dim: int = 384

    @property
    def identity(self) -> str:
        """The version of the features, and the vectors' length."""
        return f"lexical-1-{self.dim}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors [n, dim], float32, of length 1; zero for an empty text."""
        import numpy as np

        found = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for feature, count in Counter(features(text)).items():
                place, sign = _place(feature, self.dim)
                found[row, place] += sign * (1.0 + math.log(count))
        length = np.sqrt(np.einsum("ij,ij->i", found, found))
        found /= np.where(length > 0, length, 1)[:, None]
        return found


def _place(feature: str, dim: int) -> tuple[int, int]:
    digest = int.from_bytes(
        hashlib.blake2b(feature.encode("utf-8", "replace"), digest_size=8).digest(), "big"
    )
    return (digest >> 1) % dim, 1 if digest & 1 else -1


def features(python: str) -> Iterator[str]:
    """What a text of Python is made of, for comparing it with others; its words where it is no Python."""
    try:
        tree: ast.AST = parse_source(python)
        yield from _of_tree(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        for word in _WORD.findall(python):
            yield f"name {word}"
            yield from _parts(word)


def _of_tree(tree: ast.AST) -> Iterator[str]:
    pending = [tree]
    while pending:
        node = pending.pop()
        kind = type(node).__name__
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.expr_context):
                yield f"{kind}>{type(child).__name__}"
                pending.append(child)
        if not isinstance(node, ast.Module):  # every text is one, and an empty one nothing else
            yield kind
        yield from _of_node(node)


def _of_node(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
            yield f"name {name}"
            yield from _parts(name)
        case ast.Attribute(attr=name):
            yield f".{name}"
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield from _parts(name)
        case ast.Constant(value=str()):
            yield "constant str"
        case ast.Constant(value=value):
            yield f"constant {value!r}"[:64]
        case ast.Call(func=ast.Name(id=name)):
            yield f"call {name}"
        case ast.Call(func=ast.Attribute(attr=name)):
            yield f"call .{name}"
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            yield f"raise {name}"
        case _:
            pass


def _parts(name: str) -> Iterator[str]:
    """The words of an identifier: `gcd_of_many`, `HTTPServer`."""
    for part in _PART.findall(name):
        yield f"word {part.lower()}"
