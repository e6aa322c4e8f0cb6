"""Which prompt is in which slot: continuous batching of many prompts, each with any number of samples.

Prompts are read once, whatever the number of samples. All rows go on together, a few steps at a time; then
the host looks which ended, gives their slots to prompts that wait, and, once few are left, moves those
together so that steps become smaller. Answers don't depend on what else is in the batch, up to the rounding
of sums, which a device orders by the size of the batch.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from portalis.translation.backends.generation_sampling import uniforms
from portalis.translation.backends.generation_steps import Stepper
from portalis.translation.backends.protocol import Sampling

_STEPS_ON_GPU = 8
"""Steps between two looks of the host at a GPU: rows that ended run on for half of them, on average."""
_PREFILL_TOKENS = 32_768
"""The most tokens of prompts, padding included, that are read in one pass: bounds activations' memory."""
_REFILL = 4
"""Waiting prompts are read when one of so many slots is free: reading each alone would hold up all rows."""
_SHRINK = 4
"""Rows are moved together when no more than one of so many is left, where steps are captured."""


@dataclass(frozen=True, slots=True)
class Generated:
    """An answer in tokens, without the one that ended it; `ended` is false where the limit did."""

    tokens: list[int]
    logprobs: list[float]
    ended: bool


Stopped = Callable[[list[int]], bool]
"""Whether an answer has reached a stop text; handed its tokens so far."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An answer that is still to be started: to which prompt, and which sample of it."""

    index: int
    sample: int


@dataclass(slots=True)
class _Row:
    """An answer under way, as the host knows it."""

    index: int
    sample: int
    prompt: int
    limit: int
    count: int = 1

    @property
    def length(self) -> int:
        """Tokens of prompt and answer."""
        return self.prompt + self.count


class SlotEngine:
    """Answers prompts with one model; not for several threads at a time.

    Args:
        model: a decoder of transformers whose attention is `generation_cache.ATTENTION`.
        end_tokens: the tokens that end an answer.
        context: the most tokens of prompt and answer together.
        graphs: whether steps are captured as CUDA graphs.
    """

    def __init__(self, model: Any, end_tokens: Sequence[int], context: int, *, graphs: bool) -> None:
        self._stepper = Stepper(model, end_tokens, context, graphs=graphs)

    def generate(
        self, prompts: Sequence[Sequence[int]], sampling: Sampling, slots: int, stopped: Stopped | None = None
    ) -> list[list[Generated]]:
        """`sampling.samples` answers to each prompt, in the order of the prompts.

        Args:
            prompts: tokens, at least one each, and fewer than the context.
            sampling: `beams` and `stop` are not looked at.
            slots: the most answers under way at a time; fewer where memory is short.
            stopped: asked of each answer after every few steps.

        Raises:
            torch.OutOfMemoryError: not even one answer fits.
        """
        if not prompts:
            return []
        with torch.inference_mode():
            return _Run(self._stepper, prompts, sampling, slots, stopped).answers()

    def release(self) -> None:
        """Give back the memory of slots and graphs; the next call takes it anew."""
        self._stepper.release()


class _Run:
    """One call of `generate`."""

    def __init__(
        self, stepper: Stepper, prompts: Sequence[Sequence[int]], sampling: Sampling, slots: int,
        stopped: Stopped | None,
    ) -> None:  # fmt: skip
        self._stepper = stepper
        self._prompts = prompts
        self._sampling = sampling
        self._stopped = stopped
        self._plan = stepper.plan(sampling)
        self._chunk = _STEPS_ON_GPU if stepper.captures else 1
        # Long prompts first: what is read together is then of like length, and the last rows to run are
        # short.
        order = sorted(range(len(prompts)), key=lambda index: -len(prompts[index]))
        self._waiting = deque(
            _Waiting(index, sample) for index in order for sample in range(sampling.samples)
        )
        self._results: dict[tuple[int, int], Generated] = {}
        wanted = min(slots, len(self._waiting))
        answer = max(self._limit(prompt) for prompt in prompts)
        length = max(len(prompt) + self._limit(prompt) for prompt in prompts)
        size = _row_bucket(wanted) if stepper.captures else wanted
        self._slots = min(wanted, stepper.reserve(size, _length_bucket(length), answer))
        self._rows: dict[int, _Row] = {}

    def _limit(self, prompt: Sequence[int]) -> int:
        return max(1, min(self._sampling.max_tokens, self._stepper.context - len(prompt)))

    def answers(self) -> list[list[Generated]]:
        """Run until every answer has ended."""
        while self._waiting or self._rows:
            self._start()
            self._collect()
            if self._rows:
                self._advance()
                self._collect()
        samples = range(self._sampling.samples)
        return [[self._results[index, sample] for sample in samples] for index in range(len(self._prompts))]

    def _start(self) -> None:
        """Read waiting prompts into free slots, where enough of them are free."""
        free = [slot for slot in range(self._slots) if slot not in self._rows]
        if not self._waiting or (self._rows and len(free) * _REFILL < min(self._slots, len(self._waiting))):
            return
        starting = [self._waiting.popleft() for _ in range(min(len(free), len(self._waiting)))]
        slots = iter(free)
        for batch in _batches(starting, self._prompts):
            self._read(batch, [next(slots) for _ in batch])

    def _read(self, batch: Sequence[_Waiting], slots: Sequence[int]) -> None:
        asked = sorted({one.index for one in batch})
        place = {index: row for row, index in enumerate(asked)}
        prompts = [self._prompts[index] for index in asked]
        rows = [
            _Row(one.index, one.sample, len(self._prompts[one.index]), self._limit(self._prompts[one.index]))
            for one in batch
        ]
        longest = max(row.limit for row in rows)
        draws = np.stack(
            [uniforms(self._sampling.seed, self._prompts[row.index], row.sample, longest) for row in rows]
        )
        source = [place[row.index] for row in rows]
        self._stepper.read(prompts, source, slots, [row.limit for row in rows], draws, self._plan)
        self._rows.update(zip(slots, rows, strict=True))

    def _advance(self) -> None:
        """Some steps of all rows, no more than the longest of them has left."""
        self._gather()
        left = max(row.limit - row.count for row in self._rows.values())
        count = min(self._chunk, left)
        length = max(row.length for row in self._rows.values()) + count - 1
        span = max(self._rows) + 1
        if self._stepper.captures:
            span, length = _row_bucket(span), _length_bucket(length)
        self._stepper.steps(count, span, length, self._plan)

    def _gather(self) -> None:
        """Move rows to the first slots where that makes steps enough smaller."""
        span, live = max(self._rows) + 1, len(self._rows)
        if self._waiting or live == span or live * (_SHRINK if self._stepper.captures else 1) > span:
            return
        high = sorted(slot for slot in self._rows if slot >= live)
        low = [slot for slot in range(live) if slot not in self._rows]
        self._stepper.move(high, low, max(self._rows[slot].length for slot in high))
        for old, new in zip(high, low, strict=True):
            self._rows[new] = self._rows.pop(old)

    def _collect(self) -> None:
        """Take the answers that ended."""
        if not self._rows:
            return
        counts, done = self._stepper.look(max(self._rows) + 1)
        for slot, row in self._rows.items():
            row.count = counts[slot]
        over = {slot for slot in self._rows if done[slot]}
        if self._stopped is not None:
            over |= set(self._at_stop_text(self._stopped, [slot for slot in self._rows if slot not in over]))
        if not over:
            return
        slots = sorted(over)
        tokens, logprobs = self._stepper.texts(slots, max(self._rows[slot].count for slot in slots))
        for slot, written, likely in zip(slots, tokens, logprobs, strict=True):
            row = self._rows.pop(slot)
            self._results[row.index, row.sample] = self._finished(written[: row.count], likely, done[slot])
        self._stepper.free(slots)

    def _at_stop_text(self, stopped: Stopped, slots: Sequence[int]) -> Iterator[int]:
        if slots:
            tokens, _ = self._stepper.texts(slots, max(self._rows[slot].count for slot in slots))
            for slot, written in zip(slots, tokens, strict=True):
                if stopped(written[: self._rows[slot].count]):
                    yield slot

    def _finished(self, tokens: list[int], logprobs: list[float], done: bool) -> Generated:
        ended = tokens[-1] in self._stepper.ends
        kept = len(tokens) - ended
        return Generated(tokens[:kept], logprobs[:kept], ended or not done)


def _batches(starting: Sequence[_Waiting], prompts: Sequence[Sequence[int]]) -> Iterator[list[_Waiting]]:
    """Answers whose prompts, the longest first, are read in one pass each."""
    batch: list[_Waiting] = []
    asked: set[int] = set()
    for one in starting:
        width = len(prompts[batch[0].index]) if batch else 0
        if batch and one.index not in asked and (len(asked) + 1) * width > _PREFILL_TOKENS:
            yield batch
            batch, asked = [], set()
        batch.append(one)
        asked.add(one.index)
    if batch:
        yield batch


def _row_bucket(rows: int) -> int:
    """The size of step that is captured for so many rows: the power of two from there.

    >>> [_row_bucket(rows) for rows in (1, 3, 32, 33)]
    [1, 4, 32, 64]
    """
    return 1 << (rows - 1).bit_length()


def _length_bucket(length: int) -> int:
    """The length for which steps are captured: in steps of 256 up to 1024, then in quarters of a doubling.

    >>> [_length_bucket(length) for length in (3, 256, 257, 1025, 1300, 5000)]
    [256, 256, 512, 1280, 1536, 5120]
    """
    step = max(256, (1 << (length - 1).bit_length()) // 8)
    return -(-length // step) * step
