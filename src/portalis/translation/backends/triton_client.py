"""Triton over HTTP and over gRPC, in one form, with failures as ours."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from portalis.translation.backends.http_failures import brief, failure
from portalis.translation.backends.protocol import BackendError, TransientError

if TYPE_CHECKING:
    from portalis.translation.backends.triton_tensors import Tensors

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

    Args:
        address: `host:port`.
        secure: whether over TLS.
        headers: sent with each request.
        seconds: the most that a request may take.
    """

    def __init__(self, address: str, secure: bool, headers: dict[str, str], seconds: float) -> None:
        from tritonclient.http import InferInput
        from tritonclient.http.aio import InferenceServerClient

        self._input = InferInput
        self._headers = headers
        self._client = InferenceServerClient(
            address,
            ssl=secure,
            ssl_context=ssl.create_default_context() if secure else None,
            conn_timeout=seconds,
        )

    async def metadata(self, model: str, version: str) -> Any:
        """See `TritonClient`."""
        return await self._client.get_model_metadata(model, version, headers=self._headers)

    async def config(self, model: str, version: str) -> Any:
        """See `TritonClient`."""
        return await self._client.get_model_config(model, version, headers=self._headers)

    async def infer(self, model: str, version: str, inputs: Tensors) -> Tensors:
        """See `TritonClient`."""
        given = _inputs(self._input, inputs)
        result = await self._client.infer(model, given, version, headers=self._headers)
        names = [output["name"] for output in result.get_response()["outputs"]]
        return {name: result.as_numpy(name) for name in names}

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
        await self._client.close()


class GrpcClient:
    """Over gRPC; made in the event loop that uses it. The arguments are those of `HttpClient`."""

    def __init__(self, address: str, secure: bool, headers: dict[str, str], seconds: float) -> None:
        from tritonclient.grpc import InferInput
        from tritonclient.grpc.aio import InferenceServerClient

        self._input = InferInput
        self._headers = {name.lower(): value for name, value in headers.items()}
        self._seconds = seconds
        self._client = InferenceServerClient(address, ssl=secure)

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
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BackendError(
            f"{where} sent what is no answer of a Triton server: {brief(repr(error))}", "check the address"
        ) from error


def _of_server(status: str | None, message: str, where: str) -> BackendError:
    if status is not None and status.isdecimal():
        return failure(int(status), message, where)
    code = (status or "INTERNAL").rpartition(".")[2]  # an error in a stream has no code
    text = f"{where} answered {code}: {brief(message)}"
    if code in _MAY_PASS:
        return TransientError(text, "look into the server's log")
    return BackendError(text, "check the address, the model's name, and its state at the server")


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
