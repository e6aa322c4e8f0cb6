"""Generation by `generate` of transformers: for beams, and for models that the slot engine doesn't know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portalis.translation.backends.generation import Generated, Stopped
from portalis.translation.backends.protocol import Sampling


def generate(
    model: Any, prompts: Sequence[Sequence[int]], sampling: Sampling, end_tokens: Sequence[int],
    context: int, stopped: Stopped | None = None,
) -> list[list[Generated]]:  # fmt: skip
    """`sampling.samples` answers to each prompt, in the order of the prompts.

    Answers that are drawn depend on the batch they are drawn in; the seed repeats a whole call.
    """
    pad = _padding(end_tokens)
    written = [
        _kept(row, end_tokens, pad) for row in tokens(model, prompts, sampling, end_tokens, context, stopped)
    ]
    answers = [
        Generated(row, _logprobs(model, prompts[place // sampling.samples], row), ended)
        for place, (row, ended) in enumerate(written)
    ]
    return [answers[start : start + sampling.samples] for start in range(0, len(answers), sampling.samples)]


def tokens(
    model: Any, prompts: Sequence[Sequence[int]], sampling: Sampling, end_tokens: Sequence[int],
    context: int, stopped: Stopped | None = None,
) -> list[list[int]]:  # fmt: skip
    """What `generate` writes, filled up to the longest answer: the samples of the first prompt, then …."""
    import torch

    device = model.device
    longest = max(map(len, prompts))
    pad = _padding(end_tokens)
    ids = torch.full((len(prompts), longest), pad, dtype=torch.int64)
    mask = torch.zeros((len(prompts), longest), dtype=torch.int64)
    for row, prompt in enumerate(prompts):
        ids[row, longest - len(prompt) :] = torch.tensor(list(prompt))
        mask[row, longest - len(prompt) :] = 1
    settings = _settings(sampling, end_tokens, pad, max(1, min(sampling.max_tokens, context - longest)))
    watched = {"stopping_criteria": _criterion(stopped, longest)} if stopped is not None else {}
    with torch.inference_mode(), torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        if sampling.seed is not None:
            torch.manual_seed(sampling.seed)
        else:
            torch.seed()
        made = model.generate(
            ids.to(device), attention_mask=mask.to(device), generation_config=settings, **watched
        )
    found: list[list[int]] = made[:, longest:].tolist()
    return found


def _padding(end_tokens: Sequence[int]) -> int:
    return min(end_tokens, default=0)


def _settings(sampling: Sampling, end_tokens: Sequence[int], pad: int, limit: int) -> Any:
    """All of the settings, since the model's own would be taken for what is left out."""
    from transformers import GenerationConfig

    drawn = sampling.temperature > 0 and sampling.beams == 1
    return GenerationConfig(
        max_new_tokens=limit,
        do_sample=drawn,
        num_beams=sampling.beams,
        num_return_sequences=sampling.samples if drawn or sampling.beams > 1 else 1,
        eos_token_id=list(end_tokens) or None,
        pad_token_id=pad,
        **(
            {"temperature": sampling.temperature, "top_p": sampling.top_p, "top_k": sampling.top_k}
            if drawn
            else {}
        ),
    )


def _kept(tokens: list[int], end_tokens: Sequence[int], pad: int) -> tuple[list[int], bool]:
    """An answer without what `generate` fills rows with, and whether it ended by itself."""
    ends = {pad, *end_tokens}
    for place, token in enumerate(tokens):
        if token in ends:
            return tokens[:place], True
    return tokens, False


def _criterion(stopped: Stopped, prompt: int) -> Any:
    """A stopping criterion of transformers."""
    import torch
    from transformers import StoppingCriteria, StoppingCriteriaList

    class AtStopText(StoppingCriteria):  # type: ignore[misc] # transformers is an extra, so untyped here
        def __call__(self, ids: torch.Tensor, _scores: object, **_: object) -> torch.Tensor:
            found = [stopped(row) for row in ids[:, prompt:].tolist()]
            return torch.tensor(found, dtype=torch.bool, device=ids.device)

    return StoppingCriteriaList([AtStopText()])


def _logprobs(model: Any, prompt: Sequence[int], tokens: Sequence[int]) -> list[float]:
    """The logarithms of the probabilities of an answer's tokens, by one more pass over it."""
    import torch

    if not tokens:
        return []
    ids = torch.tensor([[*prompt, *tokens]], device=model.device)
    with torch.inference_mode():
        made = model(input_ids=ids, logits_to_keep=len(tokens) + 1, use_cache=False)
    logits = made.logits[0, :-1].float()
    likely = logits.log_softmax(dim=-1).gather(1, ids[0, -len(tokens) :, None])[:, 0]
    return [float(one) for one in likely.tolist()]
