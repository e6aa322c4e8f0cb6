"""A tiny model with random weights and a tokenizer made on the spot: real in every part but what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")

from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedTokenizerFast  # noqa: E402

CONTEXT = 256
TEMPLATE = (
    "{% for turn in messages %}"
    "{% if turn['role'] == 'system' %}{{ raise_exception('no system turn') }}{% endif %}"
    "<{{ turn['role'] }}>{{ turn['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)
_TEXT = "def add(a: int, b: int) -> int:\n    return a + b\nfn add(a: i64, b: i64) -> i64 {\n    a + b\n}\n"


def tokenizer(template: str | None = None) -> PreTrainedTokenizerFast:
    """Byte-level BPE of some 290 tokens; token 0 begins and token 1 ends a text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=290, special_tokens=["<s>", "</s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    made.train_from_iterator([_TEXT] * 3, trainer)
    whole = PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token="<s>", eos_token="</s>", unk_token="<s>", pad_token="</s>"
    )
    whole.chat_template = template
    return whole


def model(kind: str = "llama", seed: int = 0, **settings: Any) -> Any:
    """A decoder of two layers with shared key heads."""
    torch.manual_seed(seed)
    told = {
        "vocab_size": 290, "hidden_size": 48, "intermediate_size": 96, "num_hidden_layers": 2,
        "num_attention_heads": 6, "num_key_value_heads": 2, "max_position_embeddings": CONTEXT,
        "initializer_range": 0.3, "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1, **settings,
    }  # fmt: skip
    return AutoModelForCausalLM.from_config(AutoConfig.for_model(kind, **told)).eval()


def saved(folder: Path, template: str | None = None, **settings: Any) -> Path:
    """The model as a Hugging Face folder."""
    model(**settings).save_pretrained(folder)
    tokenizer(template).save_pretrained(folder)
    return folder
