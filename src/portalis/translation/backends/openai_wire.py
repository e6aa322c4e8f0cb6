"""What is read from the answers of an OpenAI-compatible server: the parts that are used, nothing on trust.

The client's own types are stricter than what compatible servers send (an `id`, a known `finish_reason`), and
looser where it matters here (a text, the number of choices).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, Field, ValidationError

from portalis.translation.backends.http_failures import brief
from portalis.translation.backends.protocol import BackendError, Completion, TransientError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Shape = TypeVar("Shape", bound=BaseModel)


class _Token(BaseModel):
    logprob: float


class _Logprobs(BaseModel):
    content: list[_Token] | None = None
    token_logprobs: list[float | None] | None = None
    """The older form, of the completions API; llama.cpp's Python server uses it for chats too."""


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class ChatAnswer(BaseModel):
    """The body of `POST /chat/completions`."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None

    def completions(self) -> tuple[Completion, ...]:
        """The choices. Where the server counts tokens of all together, each has its share by length."""
        texts = [choice.message.content or "" for choice in self.choices]
        shares = _shares(self.usage.completion_tokens if self.usage is not None else 0, texts)
        found = []
        for choice, text, share in zip(self.choices, texts, shares, strict=True):
            logprobs = _values(choice.logprobs)
            found.append(
                Completion(
                    text,
                    len(logprobs) or share,
                    "length" if choice.finish_reason == "length" else "stop",
                    sum(logprobs) / len(logprobs) if logprobs else None,
                )
            )
        return tuple(found)


class _Model(BaseModel):
    id: str
    max_model_len: int | None = None


class ModelList(BaseModel):
    """The body of `GET /models`."""

    data: list[_Model]


class _Vector(BaseModel):
    embedding: list[float] = Field(min_length=1)
    index: int | None = None


class EmbeddingAnswer(BaseModel):
    """The body of `POST /embeddings`."""

    data: list[_Vector]

    def vectors(self, count: int) -> NDArray[np.float32]:
        """The vectors [count, dim] in the order of the texts, each of length 1.

        Raises:
            BackendError: they are not as many, not of one size, or not numbers.
        """
        import numpy as np

        rows = sorted(
            enumerate(self.data), key=lambda row: row[1].index if row[1].index is not None else row[0]
        )
        sizes = {len(row.embedding) for _, row in rows}
        if len(rows) != count or len(sizes) != 1:
            raise BackendError(
                f"the endpoint gave {len(rows)} embeddings of {len(sizes)} sizes for {count} texts",
                "look into the server's log",
            )
        return unit_length(np.array([row.embedding for _, row in rows], dtype=np.float32))


def unit_length(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors [n, dim], each of length 1; zero stays zero.

    Raises:
        BackendError: one holds what is no number.
    """
    import numpy as np

    if not np.isfinite(vectors).all():
        raise BackendError("the model gave an embedding with nan or infinity in it")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def read(shape: type[Shape], body: bytes, where: str) -> Shape:
    """A body as what it should be.

    Raises:
        TransientError: it is the beginning of JSON: the connection was cut.
        BackendError: it is something else.
    """
    try:
        value = json.loads(body)
    except ValueError as error:
        if body.lstrip()[:1] in (b"{", b""):
            raise TransientError(
                f"{where} sent an answer that breaks off after {len(body)} bytes",
                "look into the server's log",
            ) from error
        raise BackendError(
            f"{where} sent no JSON but {brief(body[:80].decode('utf-8', 'replace'))!r}",
            "check that the address is that of an OpenAI-compatible API (it usually ends in /v1)",
        ) from error
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the body"
        raise BackendError(
            f"{where} sent JSON that is not {_what(shape)}: {place}: {first['msg'].lower()}",
            "check that the address is that of an OpenAI-compatible API (it usually ends in /v1)",
        ) from error


def _what(shape: type[BaseModel]) -> str:
    text = (shape.__doc__ or shape.__name__).rstrip(".")
    return text[0].lower() + text[1:]


def _values(logprobs: _Logprobs | None) -> list[float]:
    if logprobs is None:
        return []
    if logprobs.content is not None:
        return [token.logprob for token in logprobs.content]
    return [value for value in logprobs.token_logprobs or () if value is not None]


def _shares(total: int, texts: Sequence[str]) -> list[int]:
    """A number of tokens split among texts by their lengths, so that the sum stays."""
    whole = sum(map(len, texts))
    shares, given, length = [], 0, 0
    for text in texts:
        length += len(text)
        upto = round(total * length / whole) if whole else 0
        shares.append(upto - given)
        given = upto
    return shares
