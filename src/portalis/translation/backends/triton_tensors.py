"""What the tensors of a Triton model mean, by their names, and a question put into them.

The names are those of Triton's vLLM and TensorRT-LLM backends and of NeMo Export-Deploy's PyTriton models.
What a model doesn't take is left out; what it demands and isn't known here is refused when it is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from portalis.translation.backends.prompt_text import as_json, as_text
from portalis.translation.backends.protocol import BackendError, Completion, Prompt, Sampling

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Tensors = dict[str, "NDArray[Any]"]

_PROMPT = ("text_input", "prompt", "prompts", "PROMPT", "TEXT", "text", "INPUT_TEXT")
_MESSAGES = ("messages", "MESSAGES")
_MAX_TOKENS = (
    "max_tokens", "max_new_tokens", "max_length", "max_output_len", "max_output_token", "request_output_len",
)  # fmt: skip
_TOP_P = ("top_p", "runtime_top_p")
_TOP_K = ("top_k", "runtime_top_k")
_SEED = ("seed", "random_seed")
_STOP = ("stop", "stop_words")
_CHATS = "apply_chat_template"
"""Of Export-Deploy: the prompt is then a conversation as JSON."""
_ALWAYS = {
    "stream": False, "exclude_input_in_output": True, "return_log_probs": True, "compute_logprob": True,
    "return_cumulative_logprob": True, "return_finish_reason": True, "return_num_output_tokens": True,
    "return_num_input_tokens": True, _CHATS: True,
}  # fmt: skip
_KNOWN = {
    *_PROMPT, *_MESSAGES, *_MAX_TOKENS, "temperature", *_TOP_P, *_TOP_K, *_SEED, *_STOP, *_ALWAYS,
    "sampling_parameters",
}  # fmt: skip
_TEXT = ("text_output", "text", "outputs", "sentences", "completions", "generated_text", "OUTPUT_TEXT")
_MEAN_LOGPROB = ("mean_logprob",)
_SUM_LOGPROB = ("cumulative_logprob", "cum_log_probs")
_LOGPROBS = ("output_log_probs", "log_probs")
_TOKENS = ("num_output_tokens", "output_tokens")
_PROMPT_TOKENS = ("num_input_tokens", "input_tokens")
_FINISH = ("finish_reason",)
_EMBEDDING = ("embedding", "embeddings", "sentence_embedding", "EMBEDDING")


class Tensor(BaseModel):
    """A tensor as the model's metadata describe it; -1 is any size."""

    name: str
    datatype: str
    shape: list[int]


class Metadata(BaseModel):
    """The metadata of a model (KServe's inference protocol, version 2)."""

    inputs: list[Tensor]
    outputs: list[Tensor]


class _ConfigInput(BaseModel):
    name: str
    optional: bool = False


class _Policy(BaseModel):
    decoupled: bool = False


class _Parameter(BaseModel):
    string_value: str = ""


class ModelConfig(BaseModel):
    """What is used of Triton's `config.pbtxt`."""

    input: list[_ConfigInput] = []
    model_transaction_policy: _Policy = _Policy()
    parameters: dict[str, _Parameter] = {}

    def parameter(self, name: str) -> str:
        """A parameter's text; "" where there is none."""
        return self.parameters[name].string_value if name in self.parameters else ""


@dataclass(frozen=True, slots=True)
class Signature:
    """How a model is asked.

    Attributes:
        metadata: its tensors.
        config: its configuration; empty where the server doesn't tell it.
    """

    metadata: Metadata
    config: ModelConfig

    @property
    def writes(self) -> bool:
        """Whether it gives text."""
        return any(one.name in _TEXT for one in self.metadata.outputs)

    @property
    def embeds(self) -> bool:
        """Whether it gives vectors."""
        return any(one.name in _EMBEDDING for one in self.metadata.outputs)

    def check(self) -> None:
        """Whether the model can be asked.

        Raises:
            BackendError: it takes no text, gives neither text nor vectors, or demands an unknown input.
        """
        names = [one.name for one in self.metadata.inputs]
        if not set(names) & {*_PROMPT, *_MESSAGES}:
            raise BackendError(
                f"the Triton model takes {_listed(names)}: none of them is known to be its prompt",
                f"name that input {_PROMPT[0]!r} (BYTES), or {_MESSAGES[0]!r} for a conversation as JSON",
            )
        if not self.writes and not self.embeds:
            outputs = [one.name for one in self.metadata.outputs]
            raise BackendError(
                f"the Triton model gives {_listed(outputs)}: none of them is known to be its answer",
                f"name that output {_TEXT[0]!r} (BYTES), or {_EMBEDDING[0]!r} (FP32)",
            )
        demanded = [one.name for one in self.config.input if not one.optional and one.name not in _KNOWN]
        if demanded:
            raise BackendError(
                f"the Triton model demands {_listed(demanded)}, of which nothing is known",
                "make these inputs optional in its config.pbtxt",
            )

    @property
    def templated(self) -> bool:
        """Whether conversations are written as the model was trained to read them."""
        names = {one.name for one in self.metadata.inputs}
        return bool(names & {*_MESSAGES, _CHATS}) or bool(self.config.parameter("chat_template"))

    @property
    def unheeded(self) -> list[str]:
        """Settings that the model takes no input for."""
        names = {one.name for one in self.metadata.inputs}
        if "sampling_parameters" in names:
            return []
        groups = {"max_length": _MAX_TOKENS, "temperature": ("temperature",), "top_p": _TOP_P, "seed": _SEED}
        return [setting for setting, inputs in groups.items() if not names & set(inputs)]

    def question(self, prompt: Prompt, sampling: Sampling) -> Tensors:
        """The inputs that ask for one answer."""
        tensors: Tensors = {}
        optional = {one.name for one in self.config.input if one.optional}
        names = {one.name for one in self.metadata.inputs}
        for tensor in self.metadata.inputs:
            if tensor.name in _PROMPT and names & set(_MESSAGES) and tensor.name in optional:
                continue  # the conversation says it all
            values = self._values(tensor.name, prompt, sampling)
            if values is not None and (values or tensor.name not in optional):
                tensors[tensor.name] = _filled(tensor, values)
        return tensors

    def _values(self, name: str, prompt: Prompt, sampling: Sampling) -> Sequence[object] | None:
        """What an input is given; None where nothing is known of it."""
        seed = (sampling.seed,) if sampling.seed is not None else ()
        values: dict[str, Sequence[object]] = {
            **dict.fromkeys(_MESSAGES, (as_json(prompt),)),
            **dict.fromkeys(_PROMPT, (self.text(prompt),)),
            **dict.fromkeys(_MAX_TOKENS, (sampling.max_tokens,)),
            "temperature": (sampling.temperature,),
            **dict.fromkeys(_TOP_P, (sampling.top_p,)),
            **dict.fromkeys(_TOP_K, (sampling.top_k,)),
            **dict.fromkeys(_SEED, seed),
            **dict.fromkeys(_STOP, tuple(sampling.stop)),
            **{flag: (value,) for flag, value in _ALWAYS.items()},
            "sampling_parameters": (_vllm(sampling),),
        }
        return values.get(name)

    def text_question(self, text: str) -> Tensors:
        """The inputs that hand over one text, for an embedding."""
        found = [one for one in self.metadata.inputs if one.name in _PROMPT]
        if not found:
            raise BackendError("the Triton model takes conversations only", "set embedding_model")
        return {found[0].name: _filled(found[0], [text])}

    def text(self, prompt: Prompt) -> str:
        """The prompt as the model's text input takes it."""
        if any(one.name == _CHATS for one in self.metadata.inputs):
            return as_json(prompt)
        tokens = {name: self.config.parameter(name) for name in ("bos_token", "eos_token")}
        return as_text(prompt, self.config.parameter("chat_template"), tokens)


def completion(outputs: Tensors, asked: str) -> tuple[Completion, int]:
    """What a model answered, and how many tokens it read (0 where it doesn't say).

    Args:
        outputs: by name.
        asked: the text of the prompt, which some models repeat.

    Raises:
        BackendError: there is no text among them.
    """
    text = _first(outputs, _TEXT)
    if text is None:
        raise BackendError(f"the Triton model gave {_listed(list(outputs))}, and no text")
    answer = (text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)).removeprefix(asked)
    tokens = int(_number(outputs, _TOKENS) or 0)
    finish = _first(outputs, _FINISH)
    return (
        Completion(
            answer, tokens, "length" if finish in (b"length", "length") else "stop", _mean(outputs, tokens)
        ),
        int(_number(outputs, _PROMPT_TOKENS) or 0),
    )


def _mean(outputs: Tensors, tokens: int) -> float | None:
    """The mean log-probability; sums and single ones serve where it is known of how many tokens they are."""
    mean = _number(outputs, _MEAN_LOGPROB)
    if mean is not None or not tokens:
        return mean
    each = _array(outputs, _LOGPROBS)
    if each is not None and each.size >= tokens and each.dtype.kind == "f":
        return float(each.ravel()[:tokens].mean())  # what follows is padding
    total = _number(outputs, _SUM_LOGPROB)
    return total / tokens if total is not None else None


def vector(outputs: Tensors) -> NDArray[np.float32]:
    """The embedding [dim] among a model's outputs.

    Raises:
        BackendError: there is none.
    """
    import numpy as np

    found = _array(outputs, _EMBEDDING)
    if found is None or not found.size:
        raise BackendError(f"the Triton model gave {_listed(list(outputs))}, and no embedding")
    return found.ravel().astype(np.float32)


def _filled(tensor: Tensor, values: Sequence[object]) -> NDArray[Any]:
    """The values as the model takes them: all sizes 1 but the last."""
    import numpy as np
    from tritonclient.utils import triton_to_np_dtype

    shape = [1] * (len(tensor.shape) - 1) + [max(len(values), 1)]
    if tensor.datatype == "BYTES":
        texts = [str(value).encode("utf-8", "replace") for value in values] or [b""]
        return np.array(texts, dtype=np.object_).reshape(shape)
    return np.array(list(values) or [0], dtype=triton_to_np_dtype(tensor.datatype)).reshape(shape)


def _vllm(sampling: Sampling) -> str:
    """The settings as vLLM's backend takes them: JSON of its `SamplingParams`."""
    settings: dict[str, object] = {
        "max_tokens": sampling.max_tokens, "temperature": sampling.temperature, "top_p": sampling.top_p,
        "logprobs": 0,
    }  # fmt: skip
    if sampling.top_k:
        settings["top_k"] = sampling.top_k
    if sampling.seed is not None:
        settings["seed"] = sampling.seed
    if sampling.stop:
        settings["stop"] = list(sampling.stop)
    return json.dumps(settings)


def _array(outputs: Mapping[str, NDArray[Any]], names: Sequence[str]) -> NDArray[Any] | None:
    return next((outputs[name] for name in names if name in outputs), None)


def _first(outputs: Mapping[str, NDArray[Any]], names: Sequence[str]) -> Any:
    found = _array(outputs, names)
    return found.ravel()[0] if found is not None and found.size else None


def _number(outputs: Mapping[str, NDArray[Any]], names: Sequence[str]) -> float | None:
    """A number, which some models write as text; None for none, and for `None`."""
    found = _first(outputs, names)
    try:
        return float(found) if found is not None else None
    except ValueError:
        return None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "nothing"
