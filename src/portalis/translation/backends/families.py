"""Which models of transformers the slot engine knows, and how they are told to use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_FAMILIES = ("llama", "mistral", "olmo2", "phi3", "qwen2", "qwen3", "smollm3", "stablelm", "starcoder2")
"""Their attention is plain, of their cache they ask `update` only, and their head is one linear layer."""


def unfit(config: Any, context: int) -> str | None:
    """Why a model is left to `generate`; None where the engine answers the same.

    Args:
        config: the model's configuration.
        context: the most tokens of prompt and answer together.
    """
    if config.model_type not in _FAMILIES:
        return f"model type {config.model_type}"
    kinds = set(getattr(config, "layer_types", None) or ()) - {"full_attention"}
    window = getattr(config, "sliding_window", None)
    if kinds or (window is not None and window < context and getattr(config, "use_sliding_window", True)):
        return "attention within a window"
    return None


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
