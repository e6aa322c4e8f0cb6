"""The cache of answers: what it gives back, and who may share it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from portalis.translation.answer_cache import AnswerCache, answer_key, embedding_key
from portalis.translation.backends.protocol import Answer, Completion, Message, ModelInfo, Sampling

MODEL = ModelInfo("m@1", "transformers", "cpu", details={"dtype": "float32", "parameters": 7})
PROMPT = (Message("user", "x"),)
WRITER = """
import sys
from pathlib import Path
from portalis.translation.answer_cache import AnswerCache
from portalis.translation.backends.protocol import Answer, Completion
problems = []
cache = AnswerCache(Path(sys.argv[1]), problems.append)
for index in range(200):
    cache.put_answers({bytes([int(sys.argv[2]), index]): Answer((Completion(str(index), 1, "stop"),), 1)})
cache.close()
assert not problems, problems
"""


def test_what_is_put_comes_back_the_same(tmp_path: Path) -> None:
    problems: list[str] = []
    cache = AnswerCache(tmp_path, problems.append)
    answer = Answer((Completion("ü 𝄞 \x00 </s>", 3, "length", -0.1), Completion("", 0, "stop")), 12)
    vector = np.array([0.1, -2.5, 3e-30], dtype=np.float32)
    cache.put_answers({b"a": answer})
    cache.put_embeddings({b"v": vector})
    cache.close()
    again = AnswerCache(tmp_path, problems.append)
    assert again.answers([b"a", b"b"]) == {b"a": answer}
    assert (again.embeddings([b"v"])[b"v"] == vector).all()
    assert len(again.answers([bytes([n // 256, n % 256]) for n in range(2000)])) == 0
    again.close()
    again.close()
    assert again.answers([b"a"]) == {}
    assert problems == []


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(number)]) for number in range(3)
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    cache = AnswerCache(tmp_path, pytest.fail)
    keys = [bytes([number, index]) for number in range(3) for index in range(200)]
    assert len(cache.answers(keys)) == 600
    cache.close()


def test_a_folder_that_can_not_be_written_costs_the_cache_only(tmp_path: Path) -> None:
    problems: list[str] = []
    cache = AnswerCache(tmp_path / "missing", problems.append)
    cache.put_answers({b"a": Answer((Completion("x", 1, "stop"),))})
    assert cache.answers([b"a"]) == {}
    assert "no cache of answers" in problems[0]


def test_a_key_is_all_that_an_answer_depends_on() -> None:
    def other_model(**changes: object) -> ModelInfo:
        told = {
            "identity": "m@1",
            "backend": "transformers",
            "device": "cpu",
            "details": {"dtype": "float32"},
        }
        return ModelInfo(**(told | changes))  # type: ignore[arg-type]

    key = answer_key(PROMPT, MODEL, Sampling())
    assert key == answer_key(PROMPT, other_model(device="cuda:0"), Sampling()), "the same weights, as precise"
    others = [
        answer_key((Message("system", "x"),), MODEL, Sampling()),
        answer_key((Message("user", "x"), Message("user", "")), MODEL, Sampling()),
        answer_key(PROMPT, other_model(identity="m@2"), Sampling()),
        answer_key(PROMPT, other_model(backend="ctranslate2"), Sampling()),
        answer_key(PROMPT, other_model(details={"dtype": "bfloat16"}), Sampling()),
        answer_key(PROMPT, MODEL, Sampling(top_k=1)),
        embedding_key("x", MODEL, None),
        embedding_key("x", MODEL, "another"),
    ]
    assert len({key, *others}) == len(others) + 1
