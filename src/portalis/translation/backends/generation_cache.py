"""The keys and values of many conversations in fixed places of memory ("slots"), and attention over them.

A model of transformers is handed a `SlotCache` where it expects its own cache, and attends through `attend`.
While prompts are read, their keys and values are written to the slots of their answers, and they attend to
themselves. In a step of generation every row writes at its own position and attends to its own slot up to
there. So rows of any length lie side by side without padding, a slot is free for the next prompt when its row
ends, and all addresses stay the same, which a CUDA graph asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

ATTENTION = "portalis_slots"


@dataclass(frozen=True, slots=True)
class CacheShape:
    """The measures of a model's cache: layers, key-value heads, and the size of a head."""

    layers: int
    heads: int
    head_size: int

    @classmethod
    def of(cls, config: Any) -> CacheShape:
        """Those of a model, by its configuration."""
        attention_heads = config.num_attention_heads
        size = getattr(config, "head_dim", None) or config.hidden_size // attention_heads
        return cls(config.num_hidden_layers, getattr(config, "num_key_value_heads", attention_heads), size)

    def bytes_per_token(self, dtype: torch.dtype) -> int:
        """Bytes that a token of a conversation takes in all layers."""
        return int(
            2 * self.layers * self.heads * self.head_size * torch.empty((), dtype=dtype).element_size()
        )


@dataclass(slots=True)
class _Reading:
    """Prompts are read: row `source[i]` of the batch is written to slot `target[i]`."""

    source: Tensor
    target: Tensor


@dataclass(slots=True)
class _Stepping:
    """The first `rows` slots go one token on; `length` columns of them are looked at."""

    rows: int
    length: int
    positions: Tensor


class SlotCache:
    """Keys and values of `slots` conversations of up to `length` tokens.

    Takes the place of a cache of transformers: models call `update` and `get_seq_length` only.
    """

    def __init__(
        self, shape: CacheShape, slots: int, length: int, dtype: torch.dtype, device: torch.device
    ) -> None:
        self.slots = slots
        self.length = length
        size = (shape.layers, 2, slots, shape.heads, length, shape.head_size)
        # Zeros, since what was never written is masked, but must not be NaN.
        self._data = torch.zeros(size, dtype=dtype, device=device)
        self._heads = torch.arange(shape.heads, device=device)[None, :]
        self._rows = torch.arange(slots, device=device)[:, None]
        self._mode: _Reading | _Stepping | None = None

    def read(self, source: Tensor, target: Tensor) -> None:
        """The next call of the model reads prompts; see `_Reading`."""
        self._mode = _Reading(source, target)

    def step(self, rows: int, length: int, positions: Tensor) -> None:
        """The next call of the model goes one token on in the first `rows` slots, at `positions` [rows]."""
        self._mode = _Stepping(rows, length, positions)

    def move(self, source: Tensor, target: Tensor, length: int) -> None:
        """Copy the first `length` tokens of slots to others; no slot is both."""
        self._data[:, :, target, :, :length] = self._data[:, :, source, :, :length]

    def update(
        self, keys: Tensor, values: Tensor, layer: int, *_: object, **__: object
    ) -> tuple[Tensor, Tensor]:
        """Take keys and values [rows, heads, tokens, head_size] of a layer; what the rows attend to now."""
        match self._mode:
            case _Reading(source, target):
                count = keys.shape[2]
                self._data[layer, 0, target, :, :count] = keys[source]
                self._data[layer, 1, target, :, :count] = values[source]
                return keys, values
            case _Stepping(rows, length, positions):
                place = (self._rows[:rows], self._heads, positions[:, None])
                self._data[layer, 0].index_put_(place, keys[:, :, 0])
                self._data[layer, 1].index_put_(place, values[:, :, 0])
                return self._data[layer, 0, :rows, :, :length], self._data[layer, 1, :rows, :, :length]
            case _:
                raise RuntimeError("neither `read` nor `step` was called")

    def get_seq_length(self, *_: object) -> int:
        """Part of transformers' interface; positions are always given, so it isn't used."""
        return 0


def attend(
    _module: object,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Tensor | None,
    *,
    scaling: float | None = None,
    **_: object,
) -> tuple[Tensor, None]:
    """Attention as transformers calls it: query [rows, heads, tokens, size] to [rows, tokens, heads, size].

    Without a mask each token attends to those before it. With one, [rows, 1, 1, length], there is one token
    a row; heads that share keys are then taken as tokens of one head, so that keys are read once, not copied.
    """
    rows, heads, _, size = query.shape
    if mask is None:
        shared = {"enable_gqa": True} if heads != key.shape[1] else {}
        out = torch.nn.functional.scaled_dot_product_attention(
            query, key, value, is_causal=True, scale=scaling, **shared
        )
        return out.transpose(1, 2).contiguous(), None
    packed = query.reshape(rows, key.shape[1], heads // key.shape[1], size)
    out = torch.nn.functional.scaled_dot_product_attention(packed, key, value, attn_mask=mask, scale=scaling)
    return out.reshape(rows, 1, heads, size), None


def register() -> None:
    """Make `attend` known to transformers under the name `ATTENTION`; safe twice."""
    from transformers import AttentionInterface

    AttentionInterface.register(ATTENTION, attend)
