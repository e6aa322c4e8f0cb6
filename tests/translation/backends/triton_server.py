"""A small server of KServe's inference protocol, over HTTP and gRPC, with Triton's configuration."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[Any]]
_KINDS = {"BYTES": "TYPE_STRING"}


@dataclass
class Model:
    """A model: name and tensors as (name, datatype, shape), what is optional, and what it computes."""

    infer: Callable[[Tensors], Tensors]
    inputs: list[tuple[str, str, list[int]]]
    outputs: list[tuple[str, str, list[int]]]
    optional: set[str] = field(default_factory=set)
    parameters: dict[str, str] = field(default_factory=dict)
    decoupled: bool = False
    seen: list[Tensors] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    """Raised one for each request, before the model answers."""
    headers: list[str] = field(default_factory=list)

    def answer(self, inputs: Tensors) -> Tensors:
        self.seen.append(inputs)
        if self.failures:
            raise self.failures.pop(0)
        return self.infer(inputs)

    @property
    def metadata(self) -> dict[str, Any]:
        rows = {
            key: [{"name": name, "datatype": kind, "shape": shape} for name, kind, shape in tensors]
            for key, tensors in (("inputs", self.inputs), ("outputs", self.outputs))
        }
        return {"name": "m", "versions": ["1"], "platform": "python", **rows}

    @property
    def config(self) -> dict[str, Any]:
        return {
            "name": "m",
            "max_batch_size": 8,
            "input": [{"name": name, "optional": name in self.optional} for name, _, _ in self.inputs],
            "model_transaction_policy": {"decoupled": self.decoupled},
            "parameters": {key: {"string_value": text} for key, text in self.parameters.items()},
        }


class HttpFailure(Exception):
    """An answer with a status other than 200, or with a body that is none."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class GrpcFailure(Exception):
    """An answer with a status other than OK, its argument."""


@contextmanager
def http(*models: tuple[str, Model]) -> Iterator[str]:
    """Serves models over HTTP; gives `127.0.0.1:port`."""
    known = dict(models)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            parts = self.path.split("/")
            model = known.get(parts[3]) if len(parts) > 3 else None
            if model is None:
                self.send(404, {"error": "unknown model"})
                return
            self.send(200, model.config if parts[-1] == "config" else model.metadata)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            model = known[self.path.split("/")[3]]
            model.headers.append(self.headers.get("Authorization", ""))
            size = int(self.headers.get("Inference-Header-Content-Length", len(body)))
            try:
                outputs = model.answer(_decoded(json.loads(body[:size]), body[size:]))
            except HttpFailure as failure:
                self.send_raw(failure.status, failure.body)
                return
            rows = [
                {
                    "name": name,
                    "datatype": "BYTES" if array.dtype == object else "FP32",
                    "shape": list(array.shape),
                    "data": [
                        value.decode() if isinstance(value, bytes) else value
                        for value in array.ravel().tolist()
                    ],
                }
                for name, array in outputs.items()
            ]
            self.send(200, {"model_name": "m", "model_version": "1", "outputs": rows})

        def send(self, status: int, value: object) -> None:
            self.send_raw(status, json.dumps(value).encode())

        def send_raw(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def over_grpc(*models: tuple[str, Model]) -> Iterator[str]:
    """Serves models over gRPC; gives `127.0.0.1:port`. Decoupled models give lists of outputs."""
    import grpc
    from google.protobuf import json_format
    from tritonclient.grpc import service_pb2, service_pb2_grpc

    known = dict(models)

    class Service(service_pb2_grpc.GRPCInferenceServiceServicer):  # type: ignore[misc]
        def ModelMetadata(self, request: Any, context: Any) -> Any:
            if request.name not in known:
                context.abort(grpc.StatusCode.NOT_FOUND, "unknown model")
            return json_format.ParseDict(known[request.name].metadata, service_pb2.ModelMetadataResponse())

        def ModelConfig(self, request: Any, context: Any) -> Any:
            config = known[request.name].config
            return json_format.ParseDict({"config": config}, service_pb2.ModelConfigResponse())

        def ModelInfer(self, request: Any, context: Any) -> Any:
            model = known[request.model_name]
            try:
                return self._response(model.answer(self._inputs(request)))
            except GrpcFailure as failure:
                context.abort(failure.args[0], "the model failed")

        def ModelStreamInfer(self, requests: Any, context: Any) -> Any:
            for request in requests:
                try:
                    parts: Any = known[request.model_name].answer(self._inputs(request))
                except GrpcFailure:
                    yield service_pb2.ModelStreamInferResponse(error_message="the model failed")
                    continue
                for part in parts:
                    yield service_pb2.ModelStreamInferResponse(infer_response=self._response(part))

        def _inputs(self, request: Any) -> Tensors:
            rows = [
                {"name": one.name, "datatype": one.datatype, "shape": list(one.shape),
                 "parameters": {"binary_data_size": len(raw)}}
                for one, raw in zip(request.inputs, request.raw_input_contents, strict=True)
            ]  # fmt: skip
            return _decoded({"inputs": rows}, b"".join(request.raw_input_contents))

        def _response(self, outputs: Tensors) -> Any:
            from tritonclient.utils import np_to_triton_dtype, serialize_byte_tensor

            response = service_pb2.ModelInferResponse(model_name="m", model_version="1")
            for name, array in outputs.items():
                row = response.outputs.add(name=name, datatype=np_to_triton_dtype(array.dtype))
                row.shape.extend(array.shape)
                raw = serialize_byte_tensor(array).item() if array.dtype == object else array.tobytes()
                response.raw_output_contents.append(raw)
            return response

    server = grpc.server(ThreadPoolExecutor(8))
    service_pb2_grpc.add_GRPCInferenceServiceServicer_to_server(Service(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()


def texts(*values: str) -> NDArray[Any]:
    """A BYTES tensor [1, n]."""
    return np.array([[value.encode() for value in values]], dtype=np.object_)


def _decoded(header: dict[str, Any], binary: bytes) -> Tensors:
    from tritonclient.utils import deserialize_bytes_tensor, triton_to_np_dtype

    found: Tensors = {}
    offset = 0
    for row in header["inputs"]:
        size = row["parameters"]["binary_data_size"]
        raw = binary[offset : offset + size]
        offset += size
        if row["datatype"] == "BYTES":
            found[row["name"]] = deserialize_bytes_tensor(raw).reshape(row["shape"])
        else:
            found[row["name"]] = np.frombuffer(raw, triton_to_np_dtype(row["datatype"])).reshape(row["shape"])
    return found
