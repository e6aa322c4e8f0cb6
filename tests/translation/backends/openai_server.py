"""A real HTTP server that speaks what is used of the OpenAI API, and fails in every way on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[["Handler", dict[str, Any]], None]


class Server(ThreadingHTTPServer):
    """Acts are done one for each POST, in their order; then every POST is answered properly."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *acts: Act, models: tuple[str, ...] = ("tiny",)) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts = list(acts)
        self.models = models
        self.posts: list[dict[str, Any]] = []
        self.gets: list[str] = []
        self.keys: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.gets.append(self.path)
        if self.path != "/v1/models" or not self.server.models:
            self.send_json({"error": {"message": "no such route"}}, 404)
            return
        rows = [{"id": name, "object": "model", "max_model_len": 4096} for name in self.server.models]
        self.send_json({"object": "list", "data": rows})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.posts.append(body)
            self.server.keys.append(self.headers.get("Authorization", ""))
            act = self.server.acts.pop(0) if self.server.acts else properly
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        try:
            act(self, body)
        finally:
            with self.server.lock:
                self.server.at_once -= 1

    def send_json(self, value: object, status: int = 200, **headers: str) -> None:
        self.send_bytes(json.dumps(value).encode(), status, **headers)

    def send_bytes(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(*acts: Act, models: tuple[str, ...] = ("tiny",)) -> Iterator[Server]:
    server = Server(*acts, models=models)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def answer(body: dict[str, Any]) -> dict[str, Any]:
    """The last message in upper case; its words are the tokens, of probability 1/2 in the last sample."""
    text = body["messages"][-1]["content"].upper()
    words = text.split()
    choices = []
    for index in range(body["n"]):
        logprob = -0.6931471805599453 * (body["n"] - index)
        logprobs = {"content": [{"token": word, "logprob": logprob} for word in words]}
        choices.append(
            {
                "index": index,
                "message": {"role": "assistant", "content": f"{text}{index or ''}"},
                "finish_reason": "stop",
                "logprobs": logprobs if body["logprobs"] else None,
            }
        )
    usage = {"prompt_tokens": len(words) + 3, "completion_tokens": len(words) * body["n"]}
    return {"choices": choices, "usage": usage}


def properly(handler: Handler, body: dict[str, Any]) -> None:
    known = (*handler.server.models, "alias", "embedder")
    if handler.server.models and body["model"] not in known:
        handler.send_json({"error": {"message": f"no model {body['model']}"}}, 404)
    elif handler.path == "/v1/embeddings":
        rows = [{"index": i, "embedding": [float(len(text)), 4.0]} for i, text in enumerate(body["input"])]
        handler.send_json({"data": rows[::-1]})
    else:
        handler.send_json(answer(body))


def status(code: int, message: str = "no", **headers: str) -> Act:
    return lambda handler, body: handler.send_json({"error": {"message": message}}, code, **headers)


def says(value: object) -> Act:
    return lambda handler, body: handler.send_json(value)


def sends(body: bytes) -> Act:
    return lambda handler, _: handler.send_bytes(body)


def hangs_up(handler: Handler, body: dict[str, Any]) -> None:
    """Closes the connection after half of the answer."""
    whole = json.dumps(answer(body)).encode()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(whole)))
    handler.end_headers()
    handler.wfile.write(whole[: len(whole) // 2])
    handler.close_connection = True


def dribbles(handler: Handler, body: dict[str, Any]) -> None:
    """Sends a byte now and then, for ever: generation without end, as it looks from here."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.stopping.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def floods(handler: Handler, body: dict[str, Any]) -> None:
    """Sends as much as is taken."""
    handler.send_response(200)
    handler.end_headers()
    chunk = b" " * (1 << 20)
    while not handler.server.stopping.is_set():
        handler.wfile.write(chunk)


def sleeps(handler: Handler, body: dict[str, Any]) -> None:
    """Sends nothing at all."""
    handler.server.stopping.wait(30)


def one_at_a_time(handler: Handler, body: dict[str, Any]) -> None:
    """As servers do that know no `n`; which of the seeds it was stands in the text."""
    one = answer(body | {"n": 1})
    one["choices"][0]["message"]["content"] = f"seed {body.get('seed')}"
    one["choices"][0]["logprobs"] = None
    handler.send_json(one)


def without_logprobs(handler: Handler, body: dict[str, Any]) -> None:
    """Refuses to give log-probabilities."""
    if body["logprobs"]:
        handler.send_json({"error": {"message": "logprobs are not supported"}}, 400)
    else:
        handler.send_json(answer(body))
