"""Models behind an OpenAI-compatible HTTP API: NVIDIA NIM, vLLM, Export-Deploy, the llama.cpp server.

The API is described at https://platform.openai.com/docs/api-reference; of it are used `GET /models`,
`POST /chat/completions` and `POST /embeddings`.
"""

from __future__ import annotations

import os
import ssl
import sys
from collections.abc import Coroutine, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from portalis.translation.backends.event_loop import EventLoop
from portalis.translation.backends.http_failures import brief, failure
from portalis.translation.backends.needs import needs
from portalis.translation.backends.openai_wire import ChatAnswer, EmbeddingAnswer, ModelList, read
from portalis.translation.backends.prompt_text import as_dicts, estimated_tokens
from portalis.translation.backends.protocol import (
    Answer,
    BackendError,
    Completion,
    Message,
    ModelInfo,
    Prompt,
    Sampling,
    TransientError,
)
from portalis.translation.inference_config import InferenceConfig

if TYPE_CHECKING:
    import numpy as np
    import openai
    from numpy.typing import NDArray

T = TypeVar("T")

_MAX_BODY = 64 << 20
_CLOSE_SECONDS = 5.0


class OpenAIBackend:
    """A model at an endpoint.

    The key is read from the environment variable `config.api_key_env`; it is never logged, and taken out of
    what the server says. `request_timeout` bounds each exchange as a whole, however slowly it dribbles.

    Args:
        model_path: the API's address: `https://host:8000/v1`.
        config: `model` names the model there (the first listed where None), `embedding_model` the one that
            embeds (the same where None).
    """

    concurrent = True
    takes_turns = False

    def __init__(self, model_path: str, config: InferenceConfig) -> None:
        self._url = model_path.rstrip("/")
        self._config = config
        self._key = os.environ.get(config.api_key_env, "")
        self._loop = EventLoop("portalis-openai")
        self._client: openai.AsyncOpenAI | None = None
        self._model = config.model or ""
        self._logprobs = True

    def load(self) -> ModelInfo:
        """Reach the endpoint and find the model.

        Raises:
            TransientError: it can't be reached now.
            BackendError: the package `openai` is missing, the address or a setting is wrong, or the endpoint
                has no such model.
        """
        self._check_settings()
        with needs("remote", "an OpenAI-compatible endpoint"):
            import openai
        self._client = openai.AsyncOpenAI(
            base_url=self._url,
            api_key=self._key or "none",
            max_retries=0,
            timeout=self._config.request_timeout,
        )
        context_tokens = self._find_model(self._client)
        return ModelInfo(
            identity=f"{self._url}#{self._model}",
            backend="openai",
            device="remote",
            context_tokens=context_tokens,
            details={"model": self._model},
        )

    def count_tokens(self, prompt: Prompt) -> int:
        """An estimate, rather too high than too low: the API has no tokenizer."""
        return estimated_tokens(prompt)

    def complete(self, prompts: Sequence[Prompt], sampling: Sampling) -> list[Answer]:
        """Answer prompts, one request at a time; see `Backend.complete`."""
        return [self._complete_one(prompt, sampling) for prompt in prompts]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts by the endpoint's embedding model; see `Backend.embed`."""
        import numpy as np

        asked = [text for text in texts if text.strip()]
        if not asked:
            raise BackendError(
                "there is no text to embed", "the size of the vectors is the endpoint's to say"
            )
        model = self._config.embedding_model or self._model
        request = self._ready().embeddings.with_streaming_response.create(
            model=model, input=asked, encoding_format="float"
        )
        try:
            body = self._exchange(_body(request), self._config.request_timeout)
        except TransientError:
            raise
        except BackendError as error:
            raise BackendError(
                f"no embeddings of {model!r}: {error}", "set embedding_model to a model there that embeds"
            ) from None
        vectors = read(EmbeddingAnswer, body, self._url).vectors(len(asked))
        result = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
        result[[index for index, text in enumerate(texts) if text.strip()]] = vectors
        return result

    def move_to_cpu(self) -> ModelInfo:
        """Not of a remote model.

        Raises:
            BackendError: always.
        """
        raise BackendError("a model at an endpoint can't be moved to the CPU of this machine")

    def close(self) -> None:
        """Close the connections; safe twice."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(TimeoutError):
                self._loop.run(client.close(), _CLOSE_SECONDS)
        self._loop.close()

    def _check_settings(self) -> None:
        parts = urlsplit(self._url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BackendError(
                f"{self._url!r} is not the address of an HTTP API", "write https://host:8000/v1"
            )
        if parts.username is not None or parts.password is not None or parts.query:
            raise BackendError(
                "the address of the endpoint holds a name, a password or a query",
                f"set the key in the environment variable {self._config.api_key_env} instead",
            )
        if self._config.beams > 1:
            raise BackendError(
                "an OpenAI-compatible endpoint has no beam search", "set beams to 1, and samples instead"
            )

    def _find_model(self, client: openai.AsyncOpenAI) -> int | None:
        """Choose the model; gives how long its prompts and answers may be together, where that is listed."""
        seconds = min(self._config.load_timeout, self._config.request_timeout)
        try:
            body = self._exchange(_body(client.models.with_streaming_response.list()), seconds)
            listed = read(ModelList, body, self._url).data
        except BackendError:
            if not self._model:
                raise
            listed = []  # not every server lists its models
        names = [row.id for row in listed]
        if not self._model:
            if not names:
                raise BackendError(f"{self._url} lists no model", "load one there, or set model")
            self._model = names[0]
        for row in listed:
            if row.id == self._model:
                return row.max_model_len
        self._check_unlisted(names)
        return None

    def _check_unlisted(self, names: Sequence[str]) -> None:
        """A model that is not listed may be there all the same, by an alias or as an adapter: it is asked."""
        try:
            self._chat((Message("user", "Hello"),), Sampling(max_tokens=1, temperature=0), 1, None)
        except TransientError:
            raise
        except BackendError as error:
            raise BackendError(
                f"{self._url} has no model {self._model!r}: {error}",
                f"it has {', '.join(names[:10])}" if names else error.hint,
            ) from None

    def _complete_one(self, prompt: Prompt, sampling: Sampling) -> Answer:
        wanted = sampling.samples if sampling.temperature > 0 else 1
        found: list[Completion] = []
        prompt_tokens = 0
        while len(found) < wanted:  # servers that know no `n` give one at a time
            seed = sampling.seed + len(found) if sampling.seed is not None else None
            answer = self._chat(prompt, sampling, wanted - len(found), seed)
            found += answer.completions()[: wanted - len(found)]
            prompt_tokens = answer.usage.prompt_tokens if answer.usage is not None else 0
        if all(one.logprob is not None for one in found):
            found.sort(key=lambda one: -(one.logprob or 0.0))
        return Answer(tuple(found), prompt_tokens)

    def _chat(self, prompt: Prompt, sampling: Sampling, count: int, seed: int | None) -> ChatAnswer:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": as_dicts(prompt),
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "n": count,
            "logprobs": self._logprobs,
        }
        if seed is not None:
            body["seed"] = seed
        if sampling.stop:
            body["stop"] = list(sampling.stop)
        if sampling.top_k:
            body["extra_body"] = {"top_k": sampling.top_k}
        try:
            request = self._ready().chat.completions.with_streaming_response.create(**body)
            answer = self._exchange(_body(request), self._config.request_timeout)
        except TransientError:
            raise
        except BackendError as error:
            if not self._logprobs or "logprobs" not in str(error):
                raise
            self._logprobs = False  # a server that refuses them; confidence is then by agreement
            return self._chat(prompt, sampling, count, seed)
        return read(ChatAnswer, answer, self._url)

    def _ready(self) -> openai.AsyncOpenAI:
        if self._client is None:
            raise BackendError("the endpoint was not reached yet, or is closed", "call load")
        return self._client

    def _exchange(self, request: Coroutine[Any, Any, T], seconds: float) -> T:
        """Carry out a request within a time, its failures in our form and without the key."""
        import openai

        try:
            return self._loop.run(request, seconds)
        except (TimeoutError, openai.APITimeoutError) as error:
            raise TransientError(
                f"{self._url} gave no whole answer in {seconds:g} seconds",
                "set request_timeout higher or max_length lower",
            ) from error
        except CancelledError:
            raise BackendError("the request was given up, since the service was closed") from None
        except openai.APIStatusError as error:
            detail = self._without_key(str(error.body or error.message))
            raise failure(
                error.status_code, detail, self._url, error.response.headers.get("retry-after")
            ) from None
        except openai.APIConnectionError as error:
            raise self._unreachable(error) from None
        except _transport_errors() as error:  # while the body is read
            raise self._unreachable(error) from None
        except openai.OpenAIError as error:
            raise BackendError(f"{self._url}: {self._without_key(brief(str(error)))}") from None

    def _unreachable(self, error: BaseException) -> BackendError:
        causes: list[BaseException] = [error]
        while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None:
            causes.append(cause)
        reason = self._without_key(brief(str(causes[-1]) or type(causes[-1]).__name__))
        if any(isinstance(cause, ssl.SSLError) for cause in causes):
            return BackendError(f"no secure connection to {self._url}: {reason}", "check its certificate")
        return TransientError(f"{self._url} can't be reached: {reason}", "check that the server is running")

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "[key]") if self._key else text


def _transport_errors() -> tuple[type[Exception], ...]:
    """What the HTTP library raises while a body is read: `openai` uses httpx, or httpx2 in later releases."""
    loaded = (sys.modules.get(name) for name in ("httpx", "httpx2"))
    return tuple(library.HTTPError for library in loaded if library is not None)


async def _body(request: Any) -> bytes:
    """The whole body of an answer, within bounds."""
    chunks: list[bytes] = []
    size = 0
    async with request as response:
        async for chunk in response.iter_bytes():
            size += len(chunk)
            if size > _MAX_BODY:
                raise BackendError(
                    f"the endpoint sent more than {_MAX_BODY >> 20} MiB as one answer", "look into its log"
                )
            chunks.append(chunk)
    return b"".join(chunks)
