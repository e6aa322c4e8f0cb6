"""Triton over HTTP and over gRPC, in one form, with failures as ours."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from portalis.translation.backends.http_failures import brief, failure
from portalis.translation.backends.protocol import BackendError, TransientError

if TYPE_CHECKING:
    from portalis.translation.backends.triton_tensors import Tensors

_MAX_BODY = 64 << 20
_HEADER_LENGTH = "Inference-Header-Content-Length"
_MAY_PASS = frozenset(
    {"UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "ABORTED", "INTERNAL", "UNKNOWN"}
)
"""gRPC's codes of failures that another try may not meet; Triton says INTERNAL where a model raised."""


class TritonClient(Protocol):
    """One server; its methods run in one event loop."""

    async def metadata(self, model: str, version: str) -> Any:
        """The model's tensors, as JSON."""
        ...

    async def config(self, model: str, version: str) -> Any:
        """The model's configuration, as JSON."""
        ...

    async def infer(self, model: str, version: str, inputs: Tensors) -> Tensors:
        """The outputs by name."""
        ...

    async def infer_decoupled(self, model: str, version: str, inputs: Tensors) -> list[Tensors]:
        """The outputs of every response of a model that gives any number of them."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class HttpClient:
    """Over HTTP; made in the event loop that uses it.

    The tensors are written and read by `tritonclient`; its own exchange takes answers of any size.

    Args:
        address: `host:port`.
        secure: whether over TLS.
        headers: sent with each request.
        seconds: the most that a request may take.
    """

    def __init__(self, address: str, secure: bool, headers: dict[str, str], seconds: float) -> None:
        import aiohttp

        self._url = f"{'https' if secure else 'http'}://{address}/v2/models"
        self._session = aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=seconds))

    async def metadata(self, model: str, version: str) -> Any:
        """See `TritonClient`."""
        return json.loads((await self._exchange("GET", _path(model, version)))[0])

    async def config(self, model: str, version: str) -> Any:
        """See `TritonClient`."""
        return json.loads((await self._exchange("GET", _path(model, version, "config")))[0])

    async def infer(self, model: str, version: str, inputs: Tensors) -> Tensors:
        """See `TritonClient`."""
        from tritonclient.http import InferenceServerClient, InferInput
        from tritonclient.utils import InferenceServerException

        body, size = InferenceServerClient.generate_request_body(_inputs(InferInput, inputs))
        headers = {_HEADER_LENGTH: str(size)} if size is not None else {}
        answer, length = await self._exchange("POST", _path(model, version, "infer"), body, headers)
        try:
            result = InferenceServerClient.parse_response_body(answer, header_length=length)
            names = [output["name"] for output in result.get_response()["outputs"]]
            return {name: result.as_numpy(name) for name in names}
        except InferenceServerException as error:
            raise ValueError(str(error)) from error  # the body's fault, not the server's state

    async def _exchange(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[bytes, int | None]:
        """The body of an answer, and where its binary part begins."""
        request = self._session.request(
            method, f"{self._url}/{path}", data=body, headers=headers, allow_redirects=False
        )
        async with request as response:
            chunks: list[bytes] = []
            size = 0
            async for chunk in response.content.iter_any():
                size += len(chunk)
                if size > _MAX_BODY:
                    raise BackendError(
                        f"the Triton server sent more than {_MAX_BODY >> 20} MiB as one answer",
                        "look into its log",
                    )
                chunks.append(chunk)
            answer = b"".join(chunks)
            if response.status != 200:
                detail = _reason(answer)
                raise failure(response.status, detail, str(response.url), response.headers.get("Retry-After"))
            length = response.headers.get(_HEADER_LENGTH)
            return answer, int(length) if length is not None else None

    async def infer_decoupled(self, model: str, version: str, inputs: Tensors) -> list[Tensors]:  # noqa: ARG002
        """Not over HTTP.

        Raises:
            BackendError: always.
        """
        raise BackendError(
            f"the Triton model {model!r} is decoupled (it may answer in parts), which goes over gRPC only",
            "write grpc://host:8001/model",
        )

    async def close(self) -> None:
        """See `TritonClient`."""
        await self._session.close()


class GrpcClient:
    """Over gRPC; made in the event loop that uses it. The arguments are those of `HttpClient`."""

    def __init__(self, address: str, secure: bool, headers: dict[str, str], seconds: float) -> None:
        from tritonclient.grpc import InferInput
        from tritonclient.grpc.aio import InferenceServerClient

        self._input = InferInput
        self._headers = {name.lower(): value for name, value in headers.items()}
        self._seconds = seconds
        limit = [("grpc.max_receive_message_length", _MAX_BODY)]
        self._client = InferenceServerClient(address, ssl=secure, channel_args=limit)

    async def metadata(self, model: str, version: str) -> Any:
        """See `TritonClient`."""
        return await self._client.get_model_metadata(
            model, version, headers=self._headers, as_json=True, client_timeout=self._seconds
        )

    async def config(self, model: str, version: str) -> Any:
        """See `TritonClient`."""
        found = await self._client.get_model_config(
            model, version, headers=self._headers, as_json=True, client_timeout=self._seconds
        )
        return found.get("config", {})

    async def infer(self, model: str, version: str, inputs: Tensors) -> Tensors:
        """See `TritonClient`."""
        given = _inputs(self._input, inputs)
        result = await self._client.infer(
            model, given, version, headers=self._headers, client_timeout=self._seconds
        )
        return _outputs(result)

    async def infer_decoupled(self, model: str, version: str, inputs: Tensors) -> list[Tensors]:
        """See `TritonClient`."""
        given = _inputs(self._input, inputs)

        async def requests() -> AsyncIterator[dict[str, Any]]:
            yield {"model_name": model, "model_version": version, "inputs": given}

        found: list[Tensors] = []
        stream = self._client.stream_infer(requests(), stream_timeout=self._seconds, headers=self._headers)
        async for result, error in stream:
            if error is not None:
                raise error
            if outputs := _outputs(result):
                found.append(outputs)
        return found

    async def close(self) -> None:
        """See `TritonClient`."""
        await self._client.close()


@contextmanager
def failures(where: str) -> Iterator[None]:
    """Around calls of a client: what they raise, as `TransientError` or `BackendError`."""
    import aiohttp
    import grpc
    from tritonclient.utils import InferenceServerException

    try:
        yield
    except InferenceServerException as error:
        raise _of_server(error.status(), error.message() or "", where) from None
    except grpc.RpcError as error:
        raise _of_server(str(error.code()), error.details() or "", where) from None
    except aiohttp.ClientSSLError as error:
        raise BackendError(
            f"no secure connection to {where}: {brief(str(error))}", "check its certificate"
        ) from None
    except (aiohttp.ClientError, OSError) as error:
        reason = brief(str(error) or type(error).__name__)
        raise TransientError(
            f"{where} can't be reached: {reason}", "check that the server is running"
        ) from None
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise BackendError(
            f"{where} sent what is no answer of a Triton server: {brief(repr(error))}", "check the address"
        ) from error


def _of_server(status: str | None, message: str, where: str) -> BackendError:
    code = (status or "INTERNAL").rpartition(".")[2]  # an error in a stream has no code
    text = f"{where} answered {code}: {brief(message)}"
    if code in _MAY_PASS:
        return TransientError(text, "look into the server's log")
    return BackendError(text, "check the address, the model's name, and its state at the server")


def _path(model: str, version: str, action: str = "") -> str:
    parts = [quote(model, safe="")]
    if version:
        parts += ["versions", quote(version, safe="")]
    return "/".join([*parts, action] if action else parts)


def _reason(body: bytes) -> str:
    """What a server says of a failure: the `error` of its JSON, else the body."""
    text = body.decode("utf-8", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return str(value["error"]) if isinstance(value, dict) and "error" in value else text


def _inputs(kind: Any, tensors: Tensors) -> list[Any]:
    from tritonclient.utils import np_to_triton_dtype

    given = []
    for name, array in tensors.items():
        tensor = kind(name, list(array.shape), np_to_triton_dtype(array.dtype))
        tensor.set_data_from_numpy(array)
        given.append(tensor)
    return given


def _outputs(result: Any) -> Tensors:
    return {output.name: result.as_numpy(output.name) for output in result.get_response().outputs}
