"""`NeMoService` over a real OpenAI-compatible server: what is asked again, and what is not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portalis.translation.backends.protocol import Answer, BackendError, Message, Prompt, TransientError
from portalis.translation.nemo_service import InferenceConfig, NeMoService
from tests.translation.backends import openai_server as srv
from tests.translation.double import python

pytest.importorskip("openai")
pytest.importorskip("tritonclient")


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def services(tmp_path: Path, waits: list[float]) -> Iterator[Any]:
    made: list[NeMoService] = []

    def service(server: srv.Server | str, **settings: Any) -> NeMoService:
        url = server if isinstance(server, str) else server.url
        given = {"cache_dir": tmp_path / "cache", "request_timeout": 20.0} | settings
        made.append(NeMoService(url, InferenceConfig(**given), sleep=waits.append))
        return made[-1]

    yield service
    for one in made:
        one.cleanup()


def translates(handler: srv.Handler, body: dict[str, Any]) -> None:
    """Answers with the Rust that the test asked for."""
    answer = srv.answer(body)
    text = body["messages"][-1]["content"]
    name = text.partition("def ")[2].partition("(")[0]
    answer["choices"][0]["message"]["content"] = f"Sure!\n```rust\npub fn {name}() -> i64 {{ 1 }}\n```"
    handler.send_json(answer)


def prompts(*texts: str) -> list[Prompt]:
    return [(Message("user", text),) for text in texts]


def texts(found: list[Answer | BackendError]) -> list[str]:
    return [one.completions[0].text if isinstance(one, Answer) else type(one).__name__ for one in found]


def test_a_translation_by_an_endpoint(services: Any) -> None:
    with srv.serving(translates) as server:
        result = services(server).translate_code(python("one"))
    assert " ".join(result.rust_code.split()) == "pub fn one() -> i64 { 1 }"
    assert result.confidence == pytest.approx(0.5)
    assert result.metadata["model"] == f"{server.url}#tiny"
    assert result.metadata["device"] == "remote"


@pytest.mark.parametrize(
    "act",
    [srv.status(429), srv.status(500), srv.status(503), srv.hangs_up, srv.sends(b'{"choices": [')],
    ids=["429", "500", "503", "cut", "truncated"],
)
def test_what_may_pass_is_asked_again(services: Any, waits: list[float], act: srv.Act) -> None:
    with srv.serving(act, act) as server:
        service = services(server)
        assert texts(service.complete_many(prompts("a"))) == ["A"]
        assert len(server.posts) == 3
    assert len(waits) == 2
    assert all(2 <= wait <= 10 for wait in waits)
    assert service.get_metrics()["retries"] == 2


@pytest.mark.parametrize(
    "act",
    [srv.status(400), srv.status(401), srv.status(404), srv.says({"odd": 1}), srv.sends(b"<html>")],
    ids=["400", "401", "404", "wrong shape", "garbage"],
)
def test_what_stays_is_asked_once(services: Any, waits: list[float], act: srv.Act) -> None:
    with srv.serving(act) as server:
        [error] = services(server).complete_many(prompts("a"))
        assert len(server.posts) == 1
    assert isinstance(error, BackendError)
    assert not isinstance(error, TransientError)
    assert waits == []


def test_three_attempts_and_no_more(services: Any, waits: list[float]) -> None:
    with srv.serving(*[srv.status(500)] * 5) as server:
        [error] = services(server).complete_many(prompts("a"))
        assert len(server.posts) == 3
    assert isinstance(error, TransientError)
    assert len(waits) == 2


def test_the_wait_is_the_one_that_the_server_asks_for(services: Any, waits: list[float]) -> None:
    with srv.serving(srv.status(429, Retry_After="17")) as server:
        assert texts(services(server).complete_many(prompts("a"))) == ["A"]
    assert waits == [17]


def test_a_server_that_is_silent_or_never_ends_costs_its_own_prompts_only(services: Any) -> None:
    with srv.serving(srv.sleeps, srv.dribbles) as server:
        service = services(server, request_timeout=2.0, attempts=1)
        found = texts(service.complete_many(prompts("a", "b", "c", "d")))
    assert sorted(found) == sorted(["TransientError"] * 2 + [text for text in found if len(text) == 1])
    assert found.count("TransientError") == 2
    assert [text for text in found if len(text) == 1] == sorted(text for text in found if len(text) == 1)


def test_many_are_asked_at_a_time_but_not_more_than_allowed(services: Any) -> None:
    def waits_for_company(handler: srv.Handler, body: dict[str, Any]) -> None:
        for _ in range(500):
            if handler.server.most_at_once >= 3 or handler.server.stopping.wait(0.01):
                break
        srv.properly(handler, body)

    with srv.serving(*[waits_for_company] * 12) as server:
        names = [f"p{index}" for index in range(12)]
        assert texts(services(server, concurrency=3).complete_many(prompts(*names))) == [
            name.upper() for name in names
        ]
        assert server.most_at_once == 3


def test_a_server_that_is_down_does_not_cost_every_prompt_its_retries(services: Any) -> None:
    with srv.serving(*[srv.status(503)] * 1000) as server:
        found = services(server, concurrency=2).complete_many(prompts(*map(str, range(60))))
        assert len(server.posts) < 60
    assert all(isinstance(one, TransientError) for one in found)
    assert "in a row failed" in str(found[-1])


def test_nobody_listens(services: Any, waits: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    service = services(f"http://127.0.0.1:{port}/v1")
    with pytest.raises(TransientError, match="can't be reached"):
        service.initialize()
    assert len(waits) == 2


def test_answers_of_an_endpoint_are_kept(services: Any) -> None:
    with srv.serving() as server:
        services(server).complete_many(prompts("a", "a", "b"))
        assert len(server.posts) == 2
        again = services(server)
        assert texts(again.complete_many(prompts("b", "a"))) == ["B", "A"]
        assert len(server.posts) == 2


def test_embeddings_of_an_endpoint(services: Any) -> None:
    with srv.serving() as server:
        vectors = services(server).generate_embeddings(["abc", "a"])
    assert vectors[0] == pytest.approx([0.6, 0.8])


def test_the_key_is_in_no_log_and_no_cache(
    services: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTALIS_API_KEY", "sesame-5678")
    with srv.serving(srv.status(500, "sesame-5678")) as server:
        service = services(server, log_dir=tmp_path / "logs")
        service.translate_code(python("f"))
        assert set(server.keys) == {"Bearer sesame-5678"}
        service.cleanup()
    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert len(written) >= 2
    assert not any(b"sesame" in content for content in written)
