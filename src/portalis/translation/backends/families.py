"""Which models of transformers the slot engine knows, and how they are told to use it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portalis.translation.backends.generation import SlotEngine

_FAMILIES = ("llama", "mistral", "olmo2", "phi3", "qwen2", "qwen3", "smollm3", "stablelm", "starcoder2")
"""Their attention is plain, they ask their cache for `update` only, and their head is one layer."""


_MOST_OFF = {"float32": 1e-3, "float16": 1e-2, "bfloat16": 5e-2}
"""By how much hidden states may differ between kernels, relative to their length: what the rounding costs."""
_LENGTH_ROPES = ("dynamic", "longrope")
"""Rotary positions that depend on the length of the whole text: keys would be turned anew as it grows."""


def _rope(config: Any) -> str:
    told = getattr(config, "rope_parameters", None) or getattr(config, "rope_scaling", None) or {}
    return str(told.get("rope_type", "default"))


def unfit(config: Any, context: int) -> str | None:
    """Why a model is left to `generate`; None where the engine answers the same.

    Args:
        config: the model's configuration.
        context: the most tokens of prompt and answer together.
    """
    if config.model_type not in _FAMILIES:
        return f"model type {config.model_type}"
    if (rope := _rope(config)) in _LENGTH_ROPES:
        return f"{rope} rotary positions"
    kinds = set(getattr(config, "layer_types", None) or ()) - {"full_attention"}
    window = getattr(config, "sliding_window", None)
    if kinds or (window is not None and window < context and getattr(config, "use_sliding_window", True)):
        return "attention within a window"
    return None


def slot_engine(model: Any, ends: Sequence[int], context: int, *, graphs: bool) -> tuple[SlotEngine, str]:
    """The engine for a model that isn't `unfit`, and how it makes its steps, in words.

    On a GPU, steps are made of fused kernels where those can be built and give what transformers gives.
    """
    from portalis.translation.backends import generation_fused
    from portalis.translation.backends.generation import SlotEngine

    use_slots(model)
    if not graphs:
        return SlotEngine(model, ends, context, graphs=False), "slots"
    reason = generation_fused.unfit(model)
    if reason is None:
        engine = SlotEngine(model, ends, context, graphs=True, fused=True)
        try:
            error = engine.fused_error()
        except (RuntimeError, OSError, ImportError, subprocess.SubprocessError) as failed:
            if type(failed).__name__ == "OutOfMemoryError":
                raise
            reason = f"Triton: {str(failed).splitlines()[0] if str(failed) else type(failed).__name__}"
        else:
            most = _MOST_OFF[str(model.dtype).removeprefix("torch.")]
            if error <= most:
                return engine, "slots, CUDA graphs, fused kernels"
            reason = f"off by {error:.3f}"
    return SlotEngine(model, ends, context, graphs=True), f"slots, CUDA graphs (no fused kernels: {reason})"


def use_slots(model: Any) -> None:
    """Let a model attend through `generation_cache.attend`."""
    from portalis.translation.backends import generation_cache

    generation_cache.register()
    model.set_attn_implementation(generation_cache.ATTENTION)


@contextmanager
def plain_attention(model: Any) -> Iterator[None]:
    """PyTorch's attention, as `generate` expects it, while the block runs."""
    before = model.config._attn_implementation  # noqa: SLF001 # transformers has no public name for it
    model.set_attn_implementation("sdpa")
    try:
        yield
    finally:
        model.set_attn_implementation(before)
