"""A package of which the compiler refuses every function but one, and what a model may say of each."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.translation.backends.openai_server import Act, Handler

SOURCE = '''\
"""Halvings."""


def halvings(n: int) -> int:
    """How often a number can be halved before nothing is left.

    >>> halvings(9)
    4
    """
    if n <= 0:
        return 0
    left = [n]

    def step() -> int:
        left[0] //= 2
        return left[0]

    return sum(1 for _ in iter(step, 0)) + 1


def twice(n: int) -> int:
    """Twice the halvings."""
    return 2 * halvings(n)


def shifted(values: list[int], by: int) -> list[int]:
    """Every value and `by`.

    >>> shifted([1, 2], 3)
    [4, 5]
    """
    pending = list(reversed(values))
    out: list[int] = []
    for value in iter(lambda: pending.pop() if pending else None, None):
        out.append(value + by)
    return out


def kept(n: int) -> int:  # portalis: ignore
    """As `halvings`, and to stay Python."""
    return sum(1 for _ in iter(lambda: 0, n))
'''

HALVINGS = """\
pub fn halvings(n: i64) -> Result<i64, Error> {
    let mut left = n;
    let mut count = 0;
    while left > 0 {
        left /= 2;
        count += 1;
    }
    Ok(count)
}"""
WRONG_HALVINGS = HALVINGS.replace("left > 0", "left > 1")
SHIFTED = """\
pub fn shifted(values: &[i64], by: i64) -> Result<Vec<i64>, Error> {
    let mut out = Vec::with_capacity(values.len());
    for value in values {
        out.push(value + by);
    }
    Ok(out)
}"""


def fenced(rust: str) -> str:
    return f"Here it is:\n```rust\n{rust}\n```\nIt does the same."


def asked_for(body: dict[str, Any]) -> str:
    """The function that a request is about."""
    text = body["messages"][-1]["content"]
    return re.findall(r"pub fn (\w+)", text)[-1]


def answering(**answers: list[str]) -> Act:
    """A model that gives these answers to each function: a list of them for each time it is asked."""
    left = {name: list(texts) for name, texts in answers.items()}

    def act(handler: Handler, body: dict[str, Any]) -> None:
        known = left[asked_for(body)]
        choices = []
        for index in range(body.get("n") or 1):
            text = known.pop(0) if len(known) > 1 else known[0]
            message = {"role": "assistant", "content": text}
            choices.append({"index": index, "message": message, "finish_reason": "stop", "logprobs": None})
        usage = {"prompt_tokens": 9, "completion_tokens": 9}
        handler.send_bytes(json.dumps({"choices": choices, "usage": usage}).encode())

    return act
