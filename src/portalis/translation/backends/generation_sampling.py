"""Drawing the next token of many rows at once, without leaving the device.

Each row has uniform numbers of its own, made before generation from the seed, the prompt and the sample's
number, so that what a row draws depends on neither its neighbours nor on when it was started. Nothing here
asks the device for a value, so that a step can be captured as a CUDA graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from portalis.translation.backends.protocol import Sampling

NUCLEUS_CANDIDATES = 1024
"""The most tokens that `top_p` below 1 draws from: sorting all would cost more than the model."""


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """What of `Sampling` shapes the computation of a draw; a captured graph is good for one plan.

    Attributes:
        temperature: 0 for the likeliest token.
        top_p: the share of probability that is drawn from.
        candidates: how many of the likeliest tokens are sorted and drawn from; 0 for the whole vocabulary.
        limited: whether `candidates` is the caller's `top_k`, to which probabilities are then relative.
    """

    temperature: float
    top_p: float
    candidates: int
    limited: bool

    @classmethod
    def of(cls, sampling: Sampling, vocabulary: int) -> DrawPlan:
        """The plan for these settings and that many tokens."""
        if sampling.temperature == 0:
            return cls(0.0, 1.0, 0, limited=False)
        if sampling.top_k:
            return cls(sampling.temperature, sampling.top_p, min(sampling.top_k, vocabulary), limited=True)
        candidates = min(NUCLEUS_CANDIDATES, vocabulary) if sampling.top_p < 1 else 0
        return cls(sampling.temperature, sampling.top_p, candidates, limited=False)


def draw(logits: Tensor, uniform: Tensor, plan: DrawPlan) -> tuple[Tensor, Tensor]:
    """One token for each row.

    Args:
        logits: float32 [n, vocabulary].
        uniform: numbers in [0, 1), float32 [n]; not looked at where the temperature is 0.

    Returns:
        Tokens, int64 [n], and the natural logarithm of their probability by the model, before temperature and
        truncation, float32 [n].
    """
    total = logits.logsumexp(dim=-1)
    if plan.temperature == 0:
        best, chosen = logits.max(dim=-1)
        return chosen, best - total
    chosen = _from_candidates(logits, uniform, plan) if plan.candidates else _from_all(logits, uniform, plan)
    return chosen, logits.gather(1, chosen[:, None])[:, 0] - total


def _from_all(logits: Tensor, uniform: Tensor, plan: DrawPlan) -> Tensor:
    summed = torch.softmax(logits / plan.temperature, dim=-1).cumsum(dim=-1)
    return _invert(summed, uniform)


def _from_candidates(logits: Tensor, uniform: Tensor, plan: DrawPlan) -> Tensor:
    likeliest, tokens = logits.topk(plan.candidates, dim=-1)
    scaled = likeliest / plan.temperature
    whole = scaled if plan.limited else logits / plan.temperature
    shares = (scaled - whole.logsumexp(dim=-1, keepdim=True)).exp()
    before = shares.cumsum(dim=-1) - shares
    kept = torch.where(before < plan.top_p, shares, torch.zeros_like(shares))
    return tokens.gather(1, _invert(kept.cumsum(dim=-1), uniform)[:, None])[:, 0]


def _invert(summed: Tensor, uniform: Tensor) -> Tensor:
    """The first place at which cumulated shares pass the given part of their total."""
    target = uniform[:, None] * summed[:, -1:]
    place = torch.searchsorted(summed, target, right=True)[:, 0]
    # Rounding can take the target to the total itself: then the last place that adds to it.
    last = torch.searchsorted(summed, summed[:, -1:].contiguous())[:, 0]
    return torch.minimum(place, last)


def uniforms(seed: int | None, prompt: Sequence[int], sample: int, count: int) -> NDArray[np.float32]:
    """`count` numbers in [0, 1) for one answer, the same for the same seed, prompt and sample."""
    if seed is None:
        generator = np.random.default_rng()
    else:
        told = hashlib.blake2b(np.asarray(prompt, dtype=np.int64).tobytes(), digest_size=16)
        told.update(f"{seed}/{sample}".encode())
        generator = np.random.default_rng(int.from_bytes(told.digest(), "little"))
    return generator.random(count, dtype=np.float32)
