"""Models on NVIDIA's Triton Inference Server, over HTTP or gRPC.

The protocol is KServe's inference protocol, version 2, with Triton's extension for the model's configuration:
https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/protocol/README.html
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ValidationError

from portalis.translation.backends.event_loop import EventLoop
from portalis.translation.backends.needs import needs
from portalis.translation.backends.openai_wire import unit_length
from portalis.translation.backends.prompt_text import estimated_tokens
from portalis.translation.backends.protocol import (
    Answer,
    BackendError,
    ModelInfo,
    Prompt,
    Sampling,
    TransientError,
)
from portalis.translation.backends.triton_tensors import (
    Metadata,
    ModelConfig,
    Signature,
    Tensors,
    completion,
    vector,
)
from portalis.translation.inference_config import InferenceConfig

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from portalis.translation.backends.triton_client import TritonClient

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)

_CLOSE_SECONDS = 5.0
_GRPC = ("grpc", "grpcs")
_SECURE = ("grpcs", "triton+https")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a model is: `triton://host:8000/model`, `grpc://host:8001/model/2` for its version 2.

    Attributes:
        host: `host:port`.
        model: the model's name.
        version: its version; "" for the server's choice.
        grpc: whether over gRPC.
        secure: whether over TLS.
    """

    host: str
    model: str
    version: str
    grpc: bool
    secure: bool

    @classmethod
    def read(cls, text: str, key_variable: str) -> Address:
        """An address.

        Raises:
            BackendError: it is none, or holds a secret.
        """
        parts = urlsplit(text)
        if parts.username is not None or parts.password is not None or parts.query:
            raise BackendError(
                "the address of the Triton model holds a name, a password or a query",
                f"set the key in the environment variable {key_variable} instead",
            )
        names = [unquote(part) for part in parts.path.split("/") if part]
        try:
            port = parts.port or (8001 if parts.scheme in _GRPC else 8000)
        except ValueError:
            names = []
        if (
            parts.scheme not in ("triton", "triton+https", *_GRPC)
            or not parts.hostname
            or len(names) not in (1, 2)
        ):
            raise BackendError(
                f"{text!r} is not the address of a Triton model",
                "write triton://host:8000/model or grpc://host:8001/model",
            )
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        version = names[1] if len(names) == 2 else ""
        return cls(f"{host}:{port}", names[0], version, parts.scheme in _GRPC, parts.scheme in _SECURE)


class TritonBackend:
    """A model on a Triton server; which tensors it may have is said in `triton_tensors`.

    `request_timeout` bounds each exchange as a whole. A key in the environment variable `config.api_key_env`
    is sent as a bearer token, for servers behind a gateway; it is never logged.

    Args:
        model_path: the model's address; see `Address`.
        config: `embedding_model` names the model there that embeds (the same where None).
    """

    concurrent = True
    takes_turns = False

    def __init__(self, model_path: str, config: InferenceConfig) -> None:
        self._url = model_path
        self._config = config
        self._loop = EventLoop("portalis-triton")
        self._client: TritonClient | None = None
        self._address = Address("", "", "", grpc=False, secure=False)
        self._signature: Signature | None = None
        self._embedder: Signature | None = None

    def load(self) -> ModelInfo:
        """Reach the server and read the model's metadata.

        Raises:
            TransientError: it can't be reached now, or the model isn't ready.
            BackendError: the package `tritonclient` is missing, the address is wrong, or the model's tensors
                are not those of a language model.
        """
        with needs("remote", "a Triton model"):
            import tritonclient.grpc  # asked for here, so that the error says what to install
            import tritonclient.http.aio  # noqa: F401
        if self._config.beams > 1:
            raise BackendError(
                "a Triton model has no beam search here", "set beams to 1, and samples instead"
            )
        self._address = Address.read(self._url, self._config.api_key_env)
        if self._client is None:
            self._client = self._run(self._connected())
        self._signature = self._described(self._address.model, self._address.version)
        self._signature.check()
        details: dict[str, str | int | float | bool] = {
            "model": self._address.model, "chat_template": self._signature.templated,
        }  # fmt: skip
        if unheeded := self._signature.unheeded:
            details["unheeded"] = ", ".join(unheeded)
        return ModelInfo(self._url.rstrip("/"), "triton", "remote", details=details)

    def count_tokens(self, prompt: Prompt) -> int:
        """An estimate, rather too high than too low: the tokenizer is at the server."""
        return estimated_tokens(prompt)

    def complete(self, prompts: Sequence[Prompt], sampling: Sampling) -> list[Answer]:
        """Answer prompts, each sample in a request, which the server batches; see `Backend.complete`."""
        signature = self._ready()
        if not signature.writes:
            raise BackendError("this Triton model only embeds", "name a model that writes text")
        wanted = sampling.samples if sampling.temperature > 0 else 1
        return [self._run(self._samples(signature, prompt, sampling, wanted)) for prompt in prompts]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts by the server's embedding model; see `Backend.embed`."""
        import numpy as np

        name, version = self._config.embedding_model or self._address.model, self._address.version
        if self._config.embedding_model is not None:
            version = ""
        if self._embedder is None:
            described = self._described(name, version)
            described.check()
            if not described.embeds:
                raise BackendError(f"the Triton model {name!r} gives no embeddings", "set embedding_model")
            self._embedder = described
        asked = [text for text in texts if text.strip()]
        if not asked:
            raise BackendError("there is no text to embed", "only the server knows the vectors' size")
        rows = self._run(self._vectors(self._embedder, name, version, asked))
        if len({len(row) for row in rows}) != 1:
            raise BackendError(
                "the Triton model gave embeddings of several sizes", "look into the server's log"
            )
        result = np.zeros((len(texts), len(rows[0])), dtype=np.float32)
        result[[index for index, text in enumerate(texts) if text.strip()]] = np.stack(rows)
        return unit_length(result)

    def move_to_cpu(self) -> ModelInfo:
        """Not of a remote model.

        Raises:
            BackendError: always.
        """
        raise BackendError("a model on a Triton server can't be moved to the CPU of this machine")

    def close(self) -> None:
        """Close the connections; safe twice."""
        client, self._client = self._client, None
        self._signature = self._embedder = None
        if client is not None:
            with suppress(TimeoutError):
                self._loop.run(client.close(), _CLOSE_SECONDS)
        self._loop.close()

    async def _connected(self) -> TritonClient:
        from portalis.translation.backends.triton_client import GrpcClient, HttpClient

        key = os.environ.get(self._config.api_key_env, "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        kind = GrpcClient if self._address.grpc else HttpClient
        return kind(self._address.host, self._address.secure, headers, self._config.request_timeout)

    def _described(self, model: str, version: str) -> Signature:
        client = self._reached()
        seconds = min(self._config.load_timeout, self._config.request_timeout)
        metadata = self._read(Metadata, self._run(client.metadata(model, version), seconds))
        try:
            config = self._read(ModelConfig, self._run(client.config(model, version), seconds))
        except TransientError:
            raise
        except BackendError:
            config = ModelConfig()  # a server of the same protocol that is not Triton
        return Signature(metadata, config)

    async def _samples(self, signature: Signature, prompt: Prompt, sampling: Sampling, wanted: int) -> Answer:
        seeds = [sampling.seed + index if sampling.seed is not None else None for index in range(wanted)]
        text = signature.text(prompt)
        found = await asyncio.gather(
            *(self._sample(signature, prompt, text, replace(sampling, seed=seed)) for seed in seeds)
        )
        completions = [one for one, _ in found]
        if all(one.logprob is not None for one in completions):
            completions.sort(key=lambda one: -(one.logprob or 0.0))
        return Answer(tuple(completions), found[0][1])

    async def _sample(self, signature: Signature, prompt: Prompt, text: str, sampling: Sampling) -> Any:
        client, where = self._reached(), (self._address.model, self._address.version)
        inputs = signature.question(prompt, sampling)
        if not signature.config.model_transaction_policy.decoupled:
            return completion(await client.infer(*where, inputs), text)
        parts = [completion(part, text) for part in await client.infer_decoupled(*where, inputs)]
        if not parts:
            raise BackendError("the Triton model gave no answer", "look into the server's log")
        last, read = parts[-1]
        whole = "".join(part.text for part, _ in parts)
        return replace(last, text=whole, tokens=sum(part.tokens for part, _ in parts)), read

    async def _vectors(
        self, signature: Signature, model: str, version: str, texts: Sequence[str]
    ) -> list[NDArray[np.float32]]:
        room = asyncio.Semaphore(self._config.concurrency)

        async def one(text: str) -> Tensors:
            async with room:
                return await self._reached().infer(model, version, signature.text_question(text))

        return [vector(found) for found in await asyncio.gather(*map(one, texts))]

    def _run(self, coroutine: Coroutine[Any, Any, T], seconds: float | None = None) -> T:
        from portalis.translation.backends.triton_client import failures

        seconds = seconds if seconds is not None else self._config.request_timeout
        with failures(self._url):
            try:
                return self._loop.run(coroutine, seconds)
            except TimeoutError as error:
                raise TransientError(
                    f"{self._url} gave no whole answer in {seconds:g} seconds",
                    "set request_timeout higher or max_length lower",
                ) from error
            except CancelledError:
                raise BackendError("the request was given up, since the service was closed") from None

    def _read(self, shape: type[Shape], value: Any) -> Shape:
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            raise BackendError(
                f"{self._url} is no Triton model: its {shape.__name__} can't be read"
            ) from error

    def _reached(self) -> TritonClient:
        if self._client is None:
            raise BackendError("the server was not reached yet, or the backend is closed", "call load")
        return self._client

    def _ready(self) -> Signature:
        if self._signature is None:
            raise BackendError("the server was not reached yet, or the backend is closed", "call load")
        return self._signature
