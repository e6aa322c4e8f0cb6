"""The Triton backend, by the real `tritonclient` against real HTTP and gRPC servers of its protocol."""

from __future__ import annotations

import json
import math
import socket
from typing import Any

import numpy as np
import pytest

pytest.importorskip("tritonclient.http.aio")
pytest.importorskip("tritonclient.grpc")

import grpc

from portalis.translation.backends.protocol import (
    BackendError,
    Message,
    Prompt,
    Sampling,
    TransientError,
)
from portalis.translation.backends.triton import Address, TritonBackend
from portalis.translation.inference_config import InferenceConfig
from tests.translation.backends import triton_server as srv

QUICK = InferenceConfig(request_timeout=20)
SERVERS = {"triton": srv.http, "grpc": srv.over_grpc}
BYTES = ("BYTES", [-1, 1])
VLLM_INPUTS = [
    ("text_input", *BYTES), ("stream", "BOOL", [-1, 1]), ("sampling_parameters", *BYTES),
    ("exclude_input_in_output", "BOOL", [-1, 1]), ("return_finish_reason", "BOOL", [-1, 1]),
    ("return_cumulative_logprob", "BOOL", [-1, 1]), ("return_num_output_tokens", "BOOL", [-1, 1]),
]  # fmt: skip
VLLM_OUTPUTS = [
    ("text_output", "BYTES", [-1, -1]), ("finish_reason", "BYTES", [-1, -1]),
    ("cumulative_logprob", "FP32", [-1, -1]), ("num_output_tokens", "UINT32", [-1, -1]),
]  # fmt: skip


def prompt(text: str) -> Prompt:
    return (Message("system", "be brief"), Message("user", text))


def as_vllm(inputs: srv.Tensors) -> srv.Tensors:
    """Repeats the prompt's last word and the seed."""
    settings = json.loads(inputs["sampling_parameters"].ravel()[0])
    word = inputs["text_input"].ravel()[0].decode().split()[-1]
    return {
        "text_output": srv.texts(f"{word} {settings.get('seed')}"),
        "finish_reason": srv.texts("length" if settings["max_tokens"] < 5 else "stop"),
        "cumulative_logprob": np.array([[-2.0]], dtype=np.float32),
        "num_output_tokens": np.array([[4.0]], dtype=np.float32),
    }


def vllm(**changes: Any) -> srv.Model:
    optional = {name for name, _, _ in VLLM_INPUTS[1:]}
    return srv.Model(as_vllm, VLLM_INPUTS, VLLM_OUTPUTS, optional, **changes)


def plain(inputs: srv.Tensors) -> srv.Tensors:
    return {"text_output": srv.texts(inputs["text_input"].ravel()[0].decode() + "!")}


@pytest.fixture(params=SERVERS)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_an_answer_over_either_protocol(scheme: str) -> None:
    model = vllm()
    with SERVERS[scheme](("m", model)) as host:
        backend = TritonBackend(f"{scheme}://{host}/m", QUICK)
        info = backend.load()
        [one, two] = backend.complete([prompt("hello"), prompt("world")], Sampling(max_tokens=9, seed=3))
        backend.close()
    assert (info.backend, info.device, info.details["chat_template"]) == ("triton", "remote", False)
    [completion] = one.completions
    assert (completion.text, completion.tokens, completion.finish) == ("hello 3", 4, "stop")
    assert completion.logprob == pytest.approx(-0.5)
    assert two.completions[0].text == "world 3"
    asked = model.seen[0]
    assert asked["text_input"].shape == (1, 1)
    assert asked["text_input"].ravel()[0] == b"be brief\n\nhello"
    assert asked["exclude_input_in_output"].tolist() == [[True]]
    assert asked["stream"].tolist() == [[False]]
    assert json.loads(asked["sampling_parameters"].ravel()[0]) == {
        "max_tokens": 9, "temperature": 0.2, "top_p": 0.95, "logprobs": 0, "seed": 3,
    }  # fmt: skip


def test_an_answer_that_was_cut(scheme: str) -> None:
    with SERVERS[scheme](("m", vllm())) as host:
        backend = TritonBackend(f"{scheme}://{host}/m", QUICK)
        backend.load()
        [answer] = backend.complete([prompt("x")], Sampling(max_tokens=3))
        backend.close()
    assert answer.completions[0].finish == "length"


def test_samples_have_seeds_of_their_own(scheme: str) -> None:
    with SERVERS[scheme](("m", vllm())) as host:
        backend = TritonBackend(f"{scheme}://{host}/m", QUICK)
        backend.load()
        [drawn] = backend.complete([prompt("x")], Sampling(samples=3, seed=7))
        [sure] = backend.complete([prompt("x")], Sampling(samples=3, temperature=0))
        backend.close()
    assert sorted(one.text for one in drawn.completions) == ["x 7", "x 8", "x 9"]
    assert len(sure.completions) == 1


def test_settings_by_tensors_of_their_own() -> None:
    names = [
        ("max_tokens", "INT32"), ("temperature", "FP32"), ("top_p", "FP32"), ("top_k", "INT32"),
        ("random_seed", "UINT64"), ("return_log_probs", "BOOL"),
    ]  # fmt: skip
    inputs = [("text_input", *BYTES), ("stop_words", "BYTES", [-1, -1])]
    inputs += [(name, kind, [-1, 1]) for name, kind in names]
    model = srv.Model(plain, inputs, [("text_output", *BYTES)], {"stop_words", "random_seed"})
    with srv.http(("m", model)) as host:
        backend = TritonBackend(f"triton://{host}/m", QUICK)
        assert "unheeded" not in backend.load().details
        drawn = Sampling(max_tokens=7, temperature=0.5, top_p=0.9, top_k=0, seed=2**40, stop=("A", "BC"))
        [answer] = backend.complete([prompt("x")], drawn)
        backend.complete([prompt("x")], Sampling(seed=None))
        backend.close()
    first, second = model.seen
    values = {name: first[name].ravel().tolist() for name, _ in names}
    assert values["max_tokens"] == [7]
    assert values["random_seed"] == [2**40]
    assert values["top_k"] == [0]
    assert values["temperature"] == [0.5]
    assert first["stop_words"].tolist() == [[b"A", b"BC"]]
    assert set(second) == {"text_input", *dict(names)} - {"random_seed"}
    assert answer.completions[0].text == "!", "a prompt that is repeated is no part of the answer"
    assert answer.completions[0].logprob is None


def test_the_models_own_chat_template() -> None:
    template = (
        "{{ bos_token }}{% for message in messages %}<{{ message.role }}>{{ message.content }}\n{% endfor %}"
        "{% if add_generation_prompt %}<assistant>{% endif %}"
    )
    model = srv.Model(plain, [("text_input", *BYTES)], [("text_output", *BYTES)])
    model.parameters = {"chat_template": template, "bos_token": "<s>"}
    with srv.http(("m", model)) as host:
        backend = TritonBackend(f"triton://{host}/m", QUICK)
        details = backend.load().details
        backend.complete([prompt("x")], Sampling())
        model.parameters["chat_template"] = "{{ raise_exception('no system role') }}"
        backend.load()
        with pytest.raises(BackendError, match="no system role"):
            backend.complete([prompt("x")], Sampling())
        backend.close()
    assert model.seen[0]["text_input"].ravel()[0] == b"<s><system>be brief\n<user>x\n<assistant>"
    assert details["chat_template"] is True
    assert details["unheeded"] == "max_length, temperature, top_p, seed"


@pytest.mark.parametrize(
    ("name", "flags"), [("messages", []), ("prompts", [("apply_chat_template", "BOOL", [-1, 1])])]
)
def test_conversations_as_json(name: str, flags: list[tuple[str, str, list[int]]]) -> None:
    def echo(inputs: srv.Tensors) -> srv.Tensors:
        return {"sentences": srv.texts("done")}

    model = srv.Model(echo, [(name, *BYTES), *flags], [("sentences", *BYTES)])
    with srv.http(("m", model)) as host:
        backend = TritonBackend(f"triton://{host}/m", QUICK)
        assert backend.load().details["chat_template"] is True
        backend.complete([prompt("x")], Sampling())
        backend.close()
    assert json.loads(model.seen[0][name].ravel()[0])[1] == {"role": "user", "content": "x"}
    assert all(model.seen[0][flag].tolist() == [[True]] for flag, _, _ in flags)


@pytest.mark.parametrize(
    ("inputs", "outputs", "message"),
    [
        ([("pixels", "FP32", [-1])], [("text_output", *BYTES)], "known to be its prompt"),
        ([("text_input", *BYTES)], [("classes", "FP32", [-1])], "known to be its answer"),
        (
            [("text_input", *BYTES), ("secret_sauce", "FP32", [1])],
            [("text_output", *BYTES)],
            "demands secret_sauce",
        ),
    ],
)
def test_models_that_are_no_language_models(
    inputs: list[tuple[str, str, list[int]]], outputs: list[tuple[str, str, list[int]]], message: str
) -> None:
    with srv.http(("m", srv.Model(plain, inputs, outputs))) as host:
        backend = TritonBackend(f"triton://{host}/m", QUICK)
        with pytest.raises(BackendError, match=message) as caught:
            backend.load()
        backend.close()
    assert caught.value.hint


def test_a_model_that_is_not_there(scheme: str) -> None:
    with SERVERS[scheme](("m", vllm())) as host:
        backend = TritonBackend(f"{scheme}://{host}/other", QUICK)
        with pytest.raises(BackendError, match="unknown model") as caught:
            backend.load()
        backend.close()
    assert not isinstance(caught.value, TransientError)


@pytest.mark.parametrize("scheme", SERVERS)
def test_nobody_listens(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    backend = TritonBackend(f"{scheme}://127.0.0.1:{port}/m", QUICK)
    with pytest.raises(TransientError):
        backend.load()
    backend.close()


@pytest.mark.parametrize(
    ("failure", "transient"),
    [
        (srv.HttpFailure(503, b'{"error": "not ready"}'), True),
        (srv.HttpFailure(500, b'{"error": "CUDA out of memory"}'), True),
        (srv.HttpFailure(429, b""), True),
        (srv.HttpFailure(400, b'{"error": "wrong shape"}'), False),
        (srv.HttpFailure(200, b"<html>"), False),
        (srv.HttpFailure(200, b'{"outputs": '), False),
        (srv.HttpFailure(200, b'{"no": "outputs"}'), False),
        (
            srv.HttpFailure(
                200, b'{"outputs": [{"name": "else", "datatype": "FP32", "shape": [1], "data": [1]}]}'
            ),
            False,
        ),
    ],
)
def test_failures_over_http(failure: srv.HttpFailure, transient: bool) -> None:
    model = vllm(failures=[failure])
    with srv.http(("m", model)) as host:
        backend = TritonBackend(f"triton://{host}/m", QUICK)
        backend.load()
        with pytest.raises(BackendError) as caught:
            backend.complete([prompt("x")], Sampling())
        [answer] = backend.complete([prompt("again")], Sampling())
        backend.close()
    assert isinstance(caught.value, TransientError) is transient
    assert answer.completions[0].text == "again 0", "one failure is not the end"
    assert len(model.seen) == 2


@pytest.mark.parametrize(
    ("code", "transient"),
    [
        (grpc.StatusCode.UNAVAILABLE, True),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, True),
        (grpc.StatusCode.INTERNAL, True),
        (grpc.StatusCode.INVALID_ARGUMENT, False),
        (grpc.StatusCode.UNAUTHENTICATED, False),
    ],
)
def test_failures_over_grpc(code: grpc.StatusCode, transient: bool) -> None:
    model = vllm(failures=[srv.GrpcFailure(code)])
    with srv.over_grpc(("m", model)) as host:
        backend = TritonBackend(f"grpc://{host}/m", QUICK)
        backend.load()
        with pytest.raises(BackendError, match=code.name) as caught:
            backend.complete([prompt("x")], Sampling())
        backend.close()
    assert isinstance(caught.value, TransientError) is transient


def test_the_time_out_holds(scheme: str) -> None:
    import threading

    leave = threading.Event()

    def slow(inputs: srv.Tensors) -> srv.Tensors:
        leave.wait(30)
        return as_vllm(inputs)

    model = vllm()
    model.infer = slow
    with SERVERS[scheme](("m", model)) as host:
        backend = TritonBackend(f"{scheme}://{host}/m", InferenceConfig(request_timeout=1.5))
        backend.load()
        with pytest.raises(TransientError):
            backend.complete([prompt("x")], Sampling())
        backend.close()
        leave.set()


def test_decoupled_models_answer_in_parts_over_grpc() -> None:
    def parts(inputs: srv.Tensors) -> Any:
        whole = as_vllm(inputs)
        halves = [{**whole, "text_output": srv.texts(text)} for text in ("first ", "second")]
        return [*halves, {}]

    model = vllm(decoupled=True)
    model.infer = parts
    with srv.over_grpc(("m", model)) as host:
        backend = TritonBackend(f"grpc://{host}/m", QUICK)
        backend.load()
        [answer] = backend.complete([prompt("x")], Sampling())
        model.failures = [srv.GrpcFailure("broken")]
        with pytest.raises(TransientError, match="the model failed"):
            backend.complete([prompt("x")], Sampling())
        backend.close()
    assert answer.completions[0].text == "first second"
    assert answer.completions[0].tokens == 8


def test_decoupled_models_are_refused_over_http() -> None:
    with srv.http(("m", vllm(decoupled=True))) as host:
        backend = TritonBackend(f"triton://{host}/m", QUICK)
        backend.load()
        with pytest.raises(BackendError, match="gRPC") as caught:
            backend.complete([prompt("x")], Sampling())
        backend.close()
    assert "grpc://" in caught.value.hint


def test_embeddings(scheme: str) -> None:
    def embed(inputs: srv.Tensors) -> srv.Tensors:
        text = inputs["text"].ravel()[0].decode()
        return {"embedding": np.array([[len(text), 4.0]], dtype=np.float32)}

    embedder = srv.Model(embed, [("text", *BYTES)], [("embedding", "FP32", [-1, 2])])
    with SERVERS[scheme](("m", vllm()), ("e", embedder)) as host:
        backend = TritonBackend(f"{scheme}://{host}/m", InferenceConfig(embedding_model="e"))
        backend.load()
        vectors = backend.embed(["abc", " ", "a"])
        backend.close()
        without = TritonBackend(f"{scheme}://{host}/m", QUICK)
        without.load()
        with pytest.raises(BackendError, match="no embeddings"):
            without.embed(["x"])
        without.close()
        only = TritonBackend(f"{scheme}://{host}/e", QUICK)
        only.load()
        assert only.embed(["abc"])[0] == pytest.approx([0.6, 0.8])
        with pytest.raises(BackendError, match="only embeds"):
            only.complete([prompt("x")], Sampling())
        only.close()
    assert vectors == pytest.approx(np.array([[0.6, 0.8], [0, 0], [1 / math.sqrt(17), 4 / math.sqrt(17)]]))


def test_the_key_is_sent_as_a_bearer_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "sesame")
    model = vllm()
    with srv.http(("m", model)) as host:
        backend = TritonBackend(f"triton://{host}/m", InferenceConfig(api_key_env="MY_KEY"))
        backend.load()
        backend.complete([prompt("x")], Sampling())
        backend.close()
    assert model.headers == ["Bearer sesame"]


def test_addresses() -> None:
    assert Address.read("triton://host/m", "K") == Address("host:8000", "m", "", grpc=False, secure=False)
    assert Address.read("grpcs://host/m/2", "K") == Address("host:8001", "m", "2", grpc=True, secure=True)
    assert Address.read("triton+https://[::1]:9/my%20model", "K").host == "[::1]:9"
    assert Address.read("triton+https://[::1]:9/my%20model", "K").model == "my model"


@pytest.mark.parametrize(
    "address",
    [
        "triton://host:8000",
        "triton://host/a/b/c",
        "triton:///m",
        "triton://host:x/m",
        "grpc://me:secret@host/m",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(BackendError) as caught:
        TritonBackend(address, QUICK).load()
    assert "secret" not in str(caught.value)


def test_closed_and_closed_again(scheme: str) -> None:
    with SERVERS[scheme](("m", vllm())) as host:
        backend = TritonBackend(f"{scheme}://{host}/m", QUICK)
        backend.load()
        backend.close()
        backend.close()
        with pytest.raises(BackendError, match="closed"):
            backend.complete([prompt("x")], Sampling())
        backend.load()
        assert backend.complete([prompt("x")], Sampling())
        backend.close()
