"""Which of a model's answers is the translation, and how sure the model is of it.

Confidence is exp(mean natural log-probability of the answer's tokens), the geometric mean of their
probabilities, where the backend gives log-probabilities; else the share of the other samples that are the
same Rust but for layout and comments. Of a single sample without log-probabilities nothing is known: it is 0.
It is the model's opinion: nothing was compiled or run.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portalis.rust_grammar import parse, source_of
from portalis.translation.backends.protocol import Completion

Basis = Literal["logprob", "agreement", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Rust that was read from a completion."""

    code: str
    completion: Completion


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates without repetition, best first.

    Attributes:
        codes: the Rust of each.
        confidence: of the first, 0 to 1.
        basis: what the confidence rests on.
    """

    codes: tuple[str, ...]
    confidence: float
    basis: Basis


def ranked(candidates: Sequence[Candidate], samples: int) -> Ranked:
    """Order candidates: by log-probability where all have it, else by how many samples agree.

    Args:
        candidates: what was read from the samples.
        samples: how many were drawn, unusable ones among them.
    """
    if not candidates:
        return Ranked((), 0.0, "none")
    keys = [normalised(one.code) for one in candidates]
    votes = Counter(keys)
    logprobs = [one.completion.logprob for one in candidates]
    known = [value for value in logprobs if value is not None and not math.isnan(value)]
    by_logprob = len(known) == len(candidates)

    def worth(index: int) -> tuple[float, int]:
        value = logprobs[index]
        return (value if by_logprob and value is not None else votes[keys[index]], -index)

    order = sorted(range(len(candidates)), key=worth, reverse=True)
    distinct = dict.fromkeys(keys[index] for index in order)
    first = {key: next(i for i in order if keys[i] == key) for key in distinct}
    codes = tuple(candidates[index].code for index in first.values())
    best = logprobs[order[0]]
    if by_logprob and best is not None:
        return Ranked(codes, min(math.exp(best), 1.0), "logprob")
    if samples > 1:
        return Ranked(codes, (votes[keys[order[0]]] - 1) / (samples - 1), "agreement")
    return Ranked(codes, 0.0, "none")


def normalised(code: str) -> str:
    """Rust without layout and comments.

    >>> normalised("fn f( ) -> i64 { 1 } // one") == normalised("fn f() -> i64 {\\n    1\\n}")
    True
    """
    leaves: list[str] = []
    pending = [parse(code)]
    while pending:
        node = pending.pop()
        if "comment" in node.type:
            continue
        if not node.children:
            leaves.append(source_of(node))
        pending.extend(reversed(node.children))
    return " ".join(leaves)
