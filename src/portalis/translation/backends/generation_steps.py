"""One step of many rows, on the device: reading prompts into slots, and going one token on in all of them.

What `generate` of transformers does in a step is a few hundred small kernels, started one by one from Python;
a small model spends its time there, whatever the batch. Here a step is captured once as a CUDA graph for a
number of rows and a length, then replayed: forward pass, draw of the token, and bookkeeping stay on the
device. On a CPU the same steps run without graphs. Which prompt is in which slot is the business of
`generation.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from portalis.translation.backends.generation_cache import CacheShape, SlotCache
from portalis.translation.backends.generation_sampling import DrawPlan, draw
from portalis.translation.backends.protocol import Sampling

_MEMORY_SHARE = 0.8
"""The share of a GPU's free memory that slots may take; the rest is for activations and graphs."""


class _State:
    """What a step reads and writes of each slot; on the device, at fixed addresses."""

    def __init__(self, slots: int, answer: int, device: torch.device) -> None:
        self.answer = answer
        self.tokens = torch.zeros(slots, dtype=torch.int64, device=device)
        self.positions = torch.zeros(slots, dtype=torch.int64, device=device)
        self.counts = torch.zeros(slots, dtype=torch.int64, device=device)
        self.limits = torch.zeros(slots, dtype=torch.int64, device=device)
        self.done = torch.ones(slots, dtype=torch.bool, device=device)
        self.out = torch.zeros((slots, answer), dtype=torch.int64, device=device)
        self.logprobs = torch.zeros((slots, answer), dtype=torch.float32, device=device)
        self.uniforms = torch.zeros((slots, answer), dtype=torch.float32, device=device)

    def columns(self) -> tuple[Tensor, ...]:
        return (self.tokens, self.positions, self.counts, self.limits, self.done, self.out, self.logprobs,
                self.uniforms)  # fmt: skip


class Stepper:
    """The slots of one model, and its steps; not for several threads at a time.

    Args:
        model: a decoder of transformers whose attention is `generation_cache.ATTENTION`; see `families.py`.
        end_tokens: the tokens that end an answer.
        context: the most tokens of prompt and answer together.
        graphs: whether steps are captured as CUDA graphs.
    """

    def __init__(self, model: Any, end_tokens: Sequence[int], context: int, *, graphs: bool) -> None:
        self._base = model.base_model
        self._head = model.get_output_embeddings()
        self._shape = CacheShape.of(model.config)
        self._vocabulary = int(self._head.weight.shape[0])
        self._device: torch.device = self._head.weight.device
        self._dtype: torch.dtype = self._head.weight.dtype
        self.ends = frozenset(end_tokens)
        self._ends = torch.tensor(sorted(end_tokens), dtype=torch.int64, device=self._device)
        self.context = context
        self._graphs: dict[tuple[int, int, DrawPlan], torch.cuda.CUDAGraph] | None = {} if graphs else None
        self._pool: Any = None
        self._cache: SlotCache | None = None
        self._state: _State | None = None

    def release(self) -> None:
        """Give back the memory of slots and graphs; the next call takes it anew."""
        if self._graphs is not None:
            self._graphs.clear()
        self._pool = self._cache = self._state = None

    def reserve(self, slots: int, length: int, answer: int) -> int:
        """Make room for that many answers; how many there is room for."""
        if self._device.type == "cuda":
            fitting = max(1, self._fitting(length))
            slots = min(slots, 1 << (fitting.bit_length() - 1))
        have, state = self._cache, self._state
        if (
            have is None
            or state is None
            or (have.slots < slots or have.length < length or state.answer < answer)
        ):
            if have is not None and state is not None:
                length, answer = max(length, have.length), max(answer, state.answer)
            self.release()
            self._cache = SlotCache(self._shape, slots, length, self._dtype, self._device)
            self._state = _State(slots, answer, self._device)
        return slots

    def _fitting(self, length: int) -> int:
        free, _ = torch.cuda.mem_get_info(self._device)
        free += torch.cuda.memory_reserved(self._device) - torch.cuda.memory_allocated(self._device)
        if self._cache is not None:
            free += self._cache.slots * self._cache.length * self._shape.bytes_per_token(self._dtype)
        return int(free * _MEMORY_SHARE) // (length * self._shape.bytes_per_token(self._dtype))

    def read(
        self, prompts: Sequence[Sequence[int]], source: Sequence[int], target: Sequence[int],
        limits: Sequence[int], draws: NDArray[np.float32], plan: DrawPlan,
    ) -> None:  # fmt: skip
        """Read prompts, and draw first tokens: answer i is to prompt `source[i]`, in slot `target[i]`.

        Args:
            limits: the most tokens of each answer.
            draws: uniform numbers of each answer, [answers, at least its limit].
        """
        cache, state = self._ready()
        width = max(map(len, prompts))
        padded = np.zeros((len(prompts), width), dtype=np.int64)
        for row, prompt in enumerate(prompts):
            padded[row, : len(prompt)] = prompt
        lengths = torch.tensor([len(prompt) for prompt in prompts], device=self._device)
        where = torch.tensor(list(source), device=self._device)
        slot = torch.tensor(list(target), device=self._device)
        cache.read(where, slot)
        # Padding stands at the end, where causal attention keeps it from what matters.
        hidden = self._base(
            input_ids=torch.from_numpy(padded).to(self._device),
            position_ids=torch.arange(width, device=self._device)[None, :],
            past_key_values=cache,
            use_cache=True,
        ).last_hidden_state
        last = hidden[torch.arange(len(prompts), device=self._device), lengths - 1]
        drawn = torch.from_numpy(draws).to(self._device)
        chosen, logprob = draw(self._head(last).float()[where], drawn[:, 0], plan)
        most = torch.tensor(list(limits), device=self._device)
        state.tokens[slot] = chosen
        state.positions[slot] = lengths[where]
        state.counts[slot] = 1
        state.limits[slot] = most
        state.done[slot] = self._ends_with(chosen) | (most <= 1)
        state.out[slot, 0] = chosen
        state.logprobs[slot, 0] = logprob
        state.uniforms[slot, : drawn.shape[1]] = drawn

    def steps(self, count: int, rows: int, length: int, plan: DrawPlan) -> None:
        """Go `count` tokens on in the first `rows` slots, none of which is then longer than `length`."""
        if self._graphs is None:
            for _ in range(count):
                self._step(rows, length, plan)
            return
        graph = self._graphs.get((rows, length, plan))
        if graph is None:
            graph = self._graphs[rows, length, plan] = self._capture(rows, length, plan)
        for _ in range(count):
            graph.replay()

    def _capture(self, rows: int, length: int, plan: DrawPlan) -> torch.cuda.CUDAGraph:
        """A step as a graph. Two runs before it set libraries up; with all rows done they change nothing."""
        _, state = self._ready()
        done = state.done.clone()
        state.done.fill_(True)
        stream = torch.cuda.Stream(self._device)
        stream.wait_stream(torch.cuda.current_stream(self._device))
        with torch.cuda.stream(stream):
            for _ in range(2):
                self._step(rows, length, plan)
        torch.cuda.current_stream(self._device).wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        if self._pool is None:
            self._pool = torch.cuda.graph_pool_handle()
        with torch.cuda.graph(graph, pool=self._pool):
            self._step(rows, length, plan)
        state.done.copy_(done)
        return graph

    def _step(self, rows: int, length: int, plan: DrawPlan) -> None:
        cache, state = self._ready()
        positions = state.positions[:rows]
        cache.step(rows, length, positions)
        unseen = torch.arange(length, device=self._device)[None, :] > positions[:, None]
        mask = torch.zeros(unseen.shape, dtype=self._dtype, device=self._device).masked_fill_(
            unseen, -torch.inf
        )
        hidden = self._base(
            input_ids=state.tokens[:rows, None],
            position_ids=positions[:, None],
            attention_mask=mask[:, None, None, :],
            past_key_values=cache,
            use_cache=True,
        ).last_hidden_state
        at = state.counts[:rows].clamp(max=state.answer - 1)[:, None]
        uniform = state.uniforms[:rows].gather(1, at)[:, 0]
        chosen, logprob = draw(self._head(hidden[:, -1]).float(), uniform, plan)
        self._emit(rows, at, chosen, logprob)

    def _emit(self, rows: int, at: Tensor, chosen: Tensor, logprob: Tensor) -> None:
        """Take the tokens that were drawn for rows that aren't done."""
        _, state = self._ready()
        going = ~state.done[:rows]
        for column, value in ((state.out, chosen), (state.logprobs, logprob)):
            old = column[:rows].gather(1, at)
            column[:rows].scatter_(1, at, torch.where(going[:, None], value[:, None], old))
        state.tokens[:rows] = torch.where(going, chosen, state.tokens[:rows])
        state.counts[:rows] += going
        state.positions[:rows] += going
        over = self._ends_with(chosen) | (state.counts[:rows] >= state.limits[:rows])
        state.done[:rows] |= going & over

    def _ends_with(self, chosen: Tensor) -> Tensor:
        return (chosen[:, None] == self._ends).any(dim=1)

    def look(self, rows: int) -> tuple[list[int], list[bool]]:
        """Counts of tokens, and which rows are done, of the first slots."""
        _, state = self._ready()
        told = torch.stack((state.counts[:rows], state.done[:rows].to(torch.int64))).tolist()
        return told[0], [bool(done) for done in told[1]]

    def texts(self, slots: Sequence[int], longest: int) -> tuple[list[list[int]], list[list[float]]]:
        """The first tokens and log-probabilities of some slots."""
        _, state = self._ready()
        which = torch.tensor(list(slots), device=self._device)
        return state.out[which, :longest].tolist(), state.logprobs[which, :longest].tolist()

    def move(self, source: Sequence[int], target: Sequence[int], length: int) -> None:
        """Move rows of up to `length` tokens to other slots; those they leave are free."""
        cache, state = self._ready()
        old, new = (torch.tensor(list(slots), device=self._device) for slots in (source, target))
        cache.move(old, new, length)
        for column in state.columns():
            column[new] = column[old]
        self.free(source)

    def free(self, slots: Sequence[int]) -> None:
        """Let slots rest: they take part in steps, and write where nobody looks."""
        _, state = self._ready()
        which = torch.tensor(list(slots), device=self._device)
        state.done[which] = True
        state.positions[which] = 0

    def _ready(self) -> tuple[SlotCache, _State]:
        if self._cache is None or self._state is None:
            raise RuntimeError("`reserve` was not called")
        return self._cache, self._state

    @property
    def captures(self) -> bool:
        """Whether steps are graphs, so that few sizes of batch are wanted."""
        return self._graphs is not None

    def plan(self, sampling: Sampling) -> DrawPlan:
        """How tokens are drawn with these settings."""
        return DrawPlan.of(sampling, self._vocabulary)
