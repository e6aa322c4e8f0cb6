"""The backend for OpenAI-compatible endpoints, against a real server that fails in every way."""

from __future__ import annotations

import math
import socket
import threading

import numpy as np
import pytest

from portalis.translation.backends.openai_http import OpenAIBackend
from portalis.translation.backends.protocol import (
    BackendError,
    Message,
    OutOfMemory,
    Prompt,
    Sampling,
    TransientError,
)
from portalis.translation.inference_config import InferenceConfig
from tests.translation.backends import openai_server as srv

pytest.importorskip("openai")

QUICK = InferenceConfig(wait_min=0, wait_max=0, request_timeout=20)
IMPATIENT = InferenceConfig(wait_min=0, wait_max=0, request_timeout=1.5)
DRAWN = Sampling(max_tokens=99, temperature=0.5, top_p=0.9, top_k=7, seed=5, stop=("END",))


def prompt(text: str) -> Prompt:
    return (Message("system", "be brief"), Message("user", text))


def loaded(server: srv.Server, config: InferenceConfig = QUICK) -> OpenAIBackend:
    backend = OpenAIBackend(server.url, config)
    backend.load()
    return backend


def failing(act: srv.Act, config: InferenceConfig = QUICK) -> BackendError:
    """What one prompt meets where the server does that."""
    with srv.serving(act) as server:
        backend = loaded(server, config)
        try:
            with pytest.raises(BackendError) as caught:
                backend.complete([prompt("hello")], Sampling())
        finally:
            backend.close()
        assert len(server.posts) == 1, "the backend itself never tries again"
    return caught.value


def test_an_answer_has_text_tokens_and_mean_log_probability() -> None:
    with srv.serving() as server:
        backend = loaded(server)
        [answer] = backend.complete([prompt("three small words")], Sampling())
        backend.close()
    [completion] = answer.completions
    assert (completion.text, completion.tokens, completion.finish) == ("THREE SMALL WORDS", 3, "stop")
    assert completion.logprob == pytest.approx(math.log(0.5))
    assert answer.prompt_tokens == 6


def test_what_the_server_is_asked() -> None:
    with srv.serving() as server:
        backend = loaded(server)
        backend.complete([prompt("x")], DRAWN)
        backend.close()
        [post] = server.posts
    assert post == {
        "model": "tiny",
        "messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "x"}],
        "max_tokens": 99, "temperature": 0.5, "top_p": 0.9, "top_k": 7, "seed": 5, "stop": ["END"], "n": 1,
        "logprobs": True,
    }  # fmt: skip


def test_samples_come_likeliest_first() -> None:
    with srv.serving() as server:
        backend = loaded(server)
        [answer] = backend.complete([prompt("a b")], Sampling(samples=3))
        backend.close()
        assert len(server.posts) == 1
    assert [one.text for one in answer.completions] == ["A B2", "A B1", "A B"]
    assert [one.tokens for one in answer.completions] == [2, 2, 2]


def test_a_server_that_gives_one_sample_at_a_time_is_asked_with_other_seeds() -> None:
    with srv.serving(*[srv.one_at_a_time] * 3) as server:
        backend = loaded(server)
        [answer] = backend.complete([prompt("a")], Sampling(samples=3, seed=7))
        backend.close()
    assert [one.text for one in answer.completions] == ["seed 7", "seed 8", "seed 9"]


def test_at_temperature_0_one_sample_is_all_there_is() -> None:
    with srv.serving() as server:
        backend = loaded(server)
        [answer] = backend.complete([prompt("a")], Sampling(samples=4, temperature=0))
        backend.close()
        assert [post["n"] for post in server.posts] == [1]
    assert len(answer.completions) == 1


def test_without_log_probabilities_tokens_are_shared_out_by_length() -> None:
    with srv.serving(srv.without_logprobs, srv.without_logprobs) as server:
        backend = loaded(server)
        [answer] = backend.complete([prompt("a b c")], Sampling(samples=2))
        [again] = backend.complete([prompt("a b c")], Sampling(samples=2))
        backend.close()
        assert [post["logprobs"] for post in server.posts] == [True, False, False]
    assert [one.logprob for one in answer.completions] == [None, None]
    assert sum(one.tokens for one in answer.completions) == 6
    assert again == answer


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_statuses_that_may_pass_are_transient(code: int) -> None:
    error = failing(srv.status(code))
    assert isinstance(error, TransientError)
    assert str(code) in str(error)
    assert error.retry_after is None


@pytest.mark.parametrize("code", [400, 401, 403, 404, 413, 422, 501])
def test_statuses_that_stay_are_not(code: int) -> None:
    error = failing(srv.status(code, "nothing doing"))
    assert not isinstance(error, TransientError)
    assert "nothing doing" in str(error)
    assert error.hint


def test_retry_after_is_told() -> None:
    error = failing(srv.status(429, Retry_After="7"))
    assert isinstance(error, TransientError)
    assert error.retry_after == 7.0


def test_an_exhausted_quota_does_not_pass() -> None:
    error = failing(lambda handler, body: handler.send_json({"error": {"code": "insufficient_quota"}}, 429))
    assert not isinstance(error, TransientError)


def test_too_long_a_prompt_says_what_to_do() -> None:
    error = failing(srv.status(400, "This model's maximum context length is 4096 tokens"))
    assert "max_length" in error.hint


def test_a_connection_cut_in_the_middle_is_transient() -> None:
    assert isinstance(failing(srv.hangs_up), TransientError)


def test_json_that_breaks_off_is_transient() -> None:
    error = failing(srv.sends(b'{"choices": [{"message": {"con'))
    assert isinstance(error, TransientError)
    assert "breaks off" in str(error)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>welcome to the proxy</html>",
        b"data: {}\n\ndata: [DONE]\n\n",
        b"\xff\xfe\x00",
        b"[]",
        b'"text"',
        b'{"object": "something else"}',
        b'{"choices": []}',
        b'{"choices": [{"text": "of the older API"}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": "many"}',
        b'{"error": "in a success"}',
    ],
)
def test_garbage_and_wrong_shapes_are_errors_that_stay(body: bytes) -> None:
    error = failing(srv.sends(body))
    assert not isinstance(error, TransientError)
    assert "/v1" in error.hint


@pytest.mark.parametrize("act", [srv.sleeps, srv.dribbles], ids=["silence", "dribble"])
def test_the_time_out_holds_for_the_whole_exchange(act: srv.Act) -> None:
    error = failing(act, IMPATIENT)
    assert isinstance(error, TransientError)
    assert "1.5 seconds" in str(error)


def test_a_flood_is_cut_off() -> None:
    error = failing(srv.floods)
    assert not isinstance(error, TransientError)
    assert "64 MiB" in str(error)


def test_an_empty_answer_is_an_empty_text() -> None:
    with srv.serving(srv.says({"choices": [{"message": {"content": None}}]})) as server:
        backend = loaded(server)
        [answer] = backend.complete([prompt("a")], Sampling())
        backend.close()
    assert answer.completions[0].text == ""


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    backend = OpenAIBackend(f"http://127.0.0.1:{port}/v1", QUICK)
    with pytest.raises(TransientError, match="can't be reached") as caught:
        backend.load()
    backend.close()
    assert "running" in caught.value.hint


def test_a_server_without_tls_is_not_asked_again_over_tls() -> None:
    with srv.serving() as server:
        backend = OpenAIBackend(server.url.replace("http:", "https:"), QUICK)
        with pytest.raises(BackendError, match="no secure connection") as caught:
            backend.load()
        backend.close()
    assert not isinstance(caught.value, TransientError)


def test_the_model_is_the_first_that_is_listed() -> None:
    with srv.serving(models=("first", "second")) as server:
        backend = OpenAIBackend(server.url + "/", QUICK)
        info = backend.load()
        backend.close()
    assert info.identity == f"{server.url}#first"
    assert (info.backend, info.device, info.context_tokens) == ("openai", "remote", 4096)


def test_a_model_that_is_not_there_is_named_with_those_that_are() -> None:
    with srv.serving(models=("first", "second")) as server:
        backend = OpenAIBackend(server.url, InferenceConfig(model="third"))
        with pytest.raises(BackendError, match="no model 'third'") as caught:
            backend.load()
        backend.close()
    assert "first, second" in caught.value.hint


def test_a_model_that_is_not_listed_may_be_there_all_the_same() -> None:
    with srv.serving(models=("first", "second")) as server:
        backend = OpenAIBackend(server.url, InferenceConfig(model="alias"))
        info = backend.load()
        backend.close()
        assert [post["max_tokens"] for post in server.posts] == [1]
    assert (info.identity, info.context_tokens) == (f"{server.url}#alias", None)


def test_a_server_that_lists_no_models_needs_a_name() -> None:
    with srv.serving(models=()) as server:
        unnamed = OpenAIBackend(server.url, QUICK)
        with pytest.raises(BackendError):
            unnamed.load()
        unnamed.close()
        named = OpenAIBackend(server.url, InferenceConfig(model="mine"))
        assert named.load().identity.endswith("#mine")
        named.close()


def test_the_key_is_sent_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "sesame-1234")
    with srv.serving(srv.status(401, "wrong key: sesame-1234")) as server:
        backend = loaded(server, InferenceConfig(api_key_env="MY_KEY"))
        with pytest.raises(BackendError) as caught:
            backend.complete([prompt("a")], Sampling())
        backend.close()
        assert server.keys == ["Bearer sesame-1234"]
    assert "sesame" not in str(caught.value) + caught.value.hint
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "url",
    ["http://me:secret@127.0.0.1/v1", "http://127.0.0.1/v1?key=secret", "ftp://127.0.0.1/v1", "https:///v1"],
)
def test_addresses_that_are_refused(url: str) -> None:
    backend = OpenAIBackend(url, QUICK)
    with pytest.raises(BackendError) as caught:
        backend.load()
    assert "secret" not in (str(caught.value) + caught.value.hint if "secret" in url else "")


def test_beams_are_refused() -> None:
    with pytest.raises(BackendError, match="beam"):
        OpenAIBackend("http://127.0.0.1/v1", InferenceConfig(beams=2)).load()


def test_embeddings_are_in_order_and_of_length_1() -> None:
    with srv.serving() as server:
        backend = loaded(server, InferenceConfig(embedding_model="embedder"))
        vectors = backend.embed(["abc", "  ", "a"])
        backend.close()
        [post] = server.posts
    assert (post["model"], post["input"]) == ("embedder", ["abc", "a"])
    assert vectors.dtype == np.float32
    assert vectors == pytest.approx(np.array([[0.6, 0.8], [0, 0], [1 / math.sqrt(17), 4 / math.sqrt(17)]]))


@pytest.mark.parametrize(
    "rows",
    [[[1.0]], [[1.0, 2.0], [1.0]], [[1.0], [float("nan")]]],
    ids=["too few", "of several sizes", "no numbers"],
)
def test_embeddings_that_are_none(rows: list[list[float]]) -> None:
    with srv.serving(srv.says({"data": [{"embedding": row} for row in rows]})) as server:
        backend = loaded(server)
        with pytest.raises(BackendError):
            backend.embed(["a", "b"])
        backend.close()


def test_a_server_without_embeddings_is_told_what_to_do() -> None:
    with srv.serving(srv.status(404, "no such route")) as server:
        backend = loaded(server)
        with pytest.raises(BackendError, match="no embeddings of 'tiny'") as caught:
            backend.embed(["a"])
        backend.close()
    assert "embedding_model" in caught.value.hint


def test_closing_ends_what_runs_and_may_be_done_twice() -> None:
    outcomes: list[BaseException] = []
    with srv.serving(srv.sleeps) as server:
        backend = loaded(server)

        def ask() -> None:
            try:
                backend.complete([prompt("a")], Sampling())
            except BackendError as error:
                outcomes.append(error)

        thread = threading.Thread(target=ask)
        thread.start()
        while not server.posts:
            thread.join(0.01)
        backend.close()
        backend.close()
        thread.join(10)
        assert not thread.is_alive()
    assert len(outcomes) == 1
    with pytest.raises(BackendError, match="closed"):
        backend.complete([prompt("a")], Sampling())


def test_it_can_not_be_moved() -> None:
    with pytest.raises(BackendError) as caught:
        OpenAIBackend("http://127.0.0.1/v1", QUICK).move_to_cpu()
    assert not isinstance(caught.value, OutOfMemory)


def test_the_length_is_estimated_from_above() -> None:
    backend = OpenAIBackend("http://127.0.0.1/v1", QUICK)
    assert backend.count_tokens(prompt("def f(x: int) -> int: return x")) >= 10
    assert backend.count_tokens(prompt("x" * 300)) > backend.count_tokens(prompt("x" * 30))
