"""A model's answer to one text as a `TranslationResult`: nothing in it was compiled or run."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.translation.answers import ParsedAnswer
from portalis.translation.backends.protocol import Answer, BackendError, ModelInfo, Sampling
from portalis.translation.confidence import Candidate, ranked
from portalis.translation.prompting.context import PromptContext
from portalis.translation.prompting.prompter import Prompter
from portalis.translation.result import Metadata, TranslationResult


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked and what came.

    Attributes:
        context: of the text.
        outcome: the answer, or why there is none.
        prompt: the prompt's hash; "" where none could be made.
        cached: whether the answer was known.
    """

    context: PromptContext
    outcome: Answer | BackendError
    prompt: str = ""
    cached: bool = False


def result_of(asked: Asked, model: ModelInfo, sampling: Sampling, prompter: Prompter) -> TranslationResult:
    """The translation in an answer; of a failure an empty one with confidence 0 and a warning."""
    metadata: Metadata = {"model": model.identity, "backend": model.backend, "device": model.device}
    if isinstance(asked.outcome, BackendError):
        return TranslationResult(
            "", 0.0, engine="model", warnings=(in_words(asked.outcome),), metadata=metadata
        )
    completions = asked.outcome.completions
    candidates: list[Candidate] = []
    reasons: dict[str, None] = {}
    for completion in completions:
        parsed = prompter.parse(asked.context, completion.text)
        if isinstance(parsed, ParsedAnswer):
            candidates.append(Candidate(parsed.code, completion))
        else:
            cut = " (the answer was cut at max_length)" if completion.finish == "length" else ""
            reasons[f"an answer of the model can't be used: {parsed.reason}{cut}"] = None
    best = ranked(candidates, len(completions))
    code = best.codes[0] if best.codes else ""
    chosen = next((one.completion for one in candidates if one.code == code), completions[0])
    metadata |= {
        "prompt": asked.prompt, "cached": asked.cached, "samples": len(completions),
        "usable": len(candidates), "finish": chosen.finish, "confidence_basis": best.basis,
        "temperature": sampling.temperature,
    }  # fmt: skip
    return TranslationResult(
        rust_code=code,
        confidence=best.confidence,
        status="translatable" if code else "python",
        warnings=tuple(reasons),
        alternatives=best.codes[1:],
        engine="model",
        prompt_tokens=asked.outcome.prompt_tokens,
        generated_tokens=sum(one.tokens for one in completions),
        metadata=metadata,
    )


def in_words(error: BackendError) -> str:
    """An error with what to do about it, on one line."""
    return f"{error}: {error.hint}" if error.hint else str(error)
