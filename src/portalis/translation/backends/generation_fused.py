"""A step of a Llama-like model in few kernels: what transformers does in some forty launches a layer, in ten.

The weights are the model's own; those that are used together are laid together in memory, the model's
parameters becoming views of them. Prompts are still read by transformers.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from portalis.translation.backends.generation_cache import SlotCache

_FAMILIES = ("llama", "mistral", "qwen2")


def unfit(model: Any) -> str | None:
    """Why a model's steps are left to transformers; None where they can be fused."""
    config = model.config
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    if config.model_type not in _FAMILIES:
        return f"model type {config.model_type}"
    if importlib.util.find_spec("triton") is None:
        return "Triton is not installed"
    if config.hidden_act != "silu":
        return f"activation {config.hidden_act}"
    if size & (size - 1) or not 16 <= size <= 256:
        return f"heads of size {size}"
    return None


@dataclass(frozen=True, slots=True)
class _Layer:
    """The weights of a layer as they are used."""

    norm: Tensor
    qkv: Tensor
    qkv_bias: Tensor | None
    out: Any
    later_norm: Tensor
    gate_up: Tensor
    gate_up_bias: Tensor | None
    down: Any


class FusedDecoder:
    """One token of each row through all layers.

    Args:
        model: a model of transformers for which `unfit` gives None.
    """

    def __init__(self, model: Any) -> None:
        base = model.base_model
        self._embed = base.embed_tokens
        self._rotary = base.rotary_emb
        self._norm = base.norm.weight
        self._eps = float(model.config.rms_norm_eps)
        self._scale = float(base.layers[0].self_attn.scaling)
        self._layers = [_layer(layer) for layer in base.layers]

    def __call__(self, tokens: Tensor, positions: Tensor, cache: SlotCache, length: int) -> Tensor:
        """The last hidden states [rows, hidden] of tokens [rows] at `positions` [rows], below `length`."""
        from portalis.translation.backends import generation_kernels as kernels

        x = self._embed(tokens)
        cos, sin = (part[:, 0].contiguous() for part in self._rotary(x[:, None], positions[:, None]))
        delta: Tensor | None = None
        for number, layer in enumerate(self._layers):
            keys, values = cache.layer(number)
            hidden = kernels.add_norm(x, delta, layer.norm, self._eps)
            qkv = torch.nn.functional.linear(hidden, layer.qkv, layer.qkv_bias)
            query = kernels.rotate_store(qkv, cos, sin, positions, keys, values)
            delta = layer.out(kernels.attend(query, keys, values, positions, length, self._scale))
            hidden = kernels.add_norm(x, delta, layer.later_norm, self._eps)
            delta = layer.down(
                kernels.gate(torch.nn.functional.linear(hidden, layer.gate_up, layer.gate_up_bias))
            )
        return kernels.add_norm(x, delta, self._norm, self._eps)


def _layer(layer: Any) -> _Layer:
    attention, mlp = layer.self_attn, layer.mlp
    qkv, qkv_bias = _together(attention.q_proj, attention.k_proj, attention.v_proj)
    gate_up, gate_up_bias = _together(mlp.gate_proj, mlp.up_proj)
    return _Layer(
        layer.input_layernorm.weight, qkv, qkv_bias, attention.o_proj,
        layer.post_attention_layernorm.weight, gate_up, gate_up_bias, mlp.down_proj,
    )  # fmt: skip


def _together(*parts: Any) -> tuple[Tensor, Tensor | None]:
    """The weights of linear layers as one matrix, of which theirs become views; and their biases."""
    weight = torch.cat([part.weight.data for part in parts])
    start = 0
    for part in parts:
        stop = start + part.weight.shape[0]
        part.weight.data = weight[start:stop]
        start = stop
    biases = [part.bias for part in parts]
    return weight, None if biases[0] is None else torch.cat([bias.data for bias in biases])
