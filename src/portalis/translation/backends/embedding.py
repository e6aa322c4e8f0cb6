"""Vectors of texts: hidden states pooled and made length 1, as sentence-transformers folders want them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from portalis.translation.backends.protocol import BackendError

Pooling = Literal["mean", "cls"]
_HANDLED = ("Transformer", "Pooling", "Normalize")


@dataclass(frozen=True, slots=True)
class EmbeddingPlan:
    """How a model's hidden states become one vector.

    Attributes:
        pooling: the mean of all tokens', or the first token's.
        tokens: the most tokens that are looked at; what is beyond is cut off.
    """

    pooling: Pooling
    tokens: int


def is_sentence_transformer(folder: Path) -> bool:
    """Whether a folder is one of sentence-transformers': a model that only embeds."""
    return (folder / "modules.json").is_file()


def sentence_plan(folder: Path, context: int) -> EmbeddingPlan:
    """What a sentence-transformers folder asks for.

    Raises:
        BackendError: it has a module of another kind than transformer, pooling and normalisation.
    """
    pooling: Pooling = "mean"
    for module in _read(folder / "modules.json"):
        kind = str(module["type"]).rsplit(".", 1)[-1]
        if kind not in _HANDLED:
            raise BackendError(
                f"the embedding model has a module `{kind}`", f"models of {', '.join(_HANDLED)} can be used"
            )
        if kind == "Pooling":
            pooling = _pooling(_read(folder / module["path"] / "config.json"))
    limits = folder / "sentence_bert_config.json"
    tokens = _read(limits).get("max_seq_length") if limits.is_file() else None
    return EmbeddingPlan(pooling, min(int(tokens or context), context))


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackendError(f"{file.name} can't be read: {error}") from error


def _pooling(settings: dict[str, object]) -> Pooling:
    if "pooling_mode" in settings:
        chosen = [str(settings["pooling_mode"])]
    else:
        on = [name for name, value in settings.items() if name.startswith("pooling_mode_") and value is True]
        chosen = [
            name.removeprefix("pooling_mode_").removesuffix("_token").removesuffix("_tokens") for name in on
        ]
    match chosen:
        case ["mean"]:
            return "mean"
        case ["cls"]:
            return "cls"
        case _:
            raise BackendError(
                f"the embedding model pools by {' and '.join(chosen) or 'nothing'}",
                "models that pool by the mean or by the first token can be used",
            )


def embed(
    model: Any, tokenizer: Any, texts: Sequence[str], plan: EmbeddingPlan, batch: int
) -> NDArray[np.float32]:
    """Vectors of length 1, [len(texts), dim]; zero where a text is empty.

    Args:
        model: a model of transformers without its head.
        batch: texts at a time; they are grouped by length.
    """
    import torch

    device = next(model.parameters()).device
    tokens = [tokenizer(text, truncation=True, max_length=plan.tokens)["input_ids"] for text in texts]
    order = sorted((i for i, text in enumerate(texts) if text and tokens[i]), key=lambda i: len(tokens[i]))
    found: NDArray[np.float32] = np.zeros((len(texts), int(model.config.hidden_size)), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            width = max(len(tokens[row]) for row in rows)
            ids = torch.zeros((len(rows), width), dtype=torch.int64)
            mask = torch.zeros((len(rows), width), dtype=torch.int64)
            for place, row in enumerate(rows):
                ids[place, : len(tokens[row])] = torch.tensor(tokens[row])
                mask[place, : len(tokens[row])] = 1
            mask = mask.to(device)
            hidden = model(input_ids=ids.to(device), attention_mask=mask).last_hidden_state.float()
            if plan.pooling == "mean":
                share = mask[:, :, None].float()
                pooled = (hidden * share).sum(dim=1) / share.sum(dim=1)
            else:
                pooled = hidden[:, 0]
            found[rows] = torch.nn.functional.normalize(pooled, dim=-1).cpu().numpy()
    return found
