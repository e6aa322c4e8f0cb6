"""Parts of the service that stand alone: metrics, batches, agreement, the choice of a backend."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from portalis.translation.backends.choose import backend_name, make_backend
from portalis.translation.backends.needs import needs
from portalis.translation.backends.openai_http import OpenAIBackend
from portalis.translation.backends.protocol import BackendError, Completion
from portalis.translation.batching import batches, windows
from portalis.translation.confidence import Candidate, ranked
from portalis.translation.embedding_bank import EmbeddingBank
from portalis.translation.inference_config import InferenceConfig
from portalis.translation.metrics import COUNTS, ServiceMetrics


def test_metrics_of_nothing_are_0() -> None:
    snapshot = ServiceMetrics().snapshot()
    assert set(COUNTS) <= set(snapshot)
    assert set(snapshot.values()) == {0}


def test_time_in_which_several_compute_counts_once() -> None:
    now = [0.0]
    metrics = ServiceMetrics(lambda: 50.0, clock=lambda: now[0])
    with metrics.computing():
        now[0] = 1.0
        with metrics.computing(on_gpu=True):
            now[0] = 3.0
        now[0] = 4.0
    metrics.count("generated_tokens", 80)
    assert metrics.snapshot()["model_seconds"] == 4.0
    assert metrics.snapshot()["tokens_per_second"] == 20.0
    assert metrics.snapshot()["gpu_utilization"] == 50.0


def test_the_gpu_is_asked_now_and_then_only() -> None:
    now, asked = [0.0], [0]

    def utilization() -> float:
        asked[0] += 1
        return 10.0

    metrics = ServiceMetrics(utilization, clock=lambda: now[0])
    for tenth in range(31):
        now[0] = tenth / 10
        with metrics.computing(on_gpu=True):
            pass
    assert 3 <= asked[0] <= 4


def test_times_and_confidence() -> None:
    metrics = ServiceMetrics()
    for number in range(1, 101):
        metrics.finished(number % 4 != 0, number / 100, 0.5 if number % 4 else None)
    snapshot = metrics.snapshot()
    assert snapshot["success_rate"] == 0.75
    assert snapshot["mean_confidence"] == 0.5
    assert snapshot["mean_seconds"] == pytest.approx(0.505)
    assert snapshot["p50_seconds"] == pytest.approx(0.5, abs=0.011)
    assert snapshot["p95_seconds"] == pytest.approx(0.95, abs=0.011)
    with pytest.raises(KeyError):
        metrics.count("nonsense")


def test_every_prompt_is_in_one_batch_of_like_lengths() -> None:
    lengths = [(index * 7919) % 3000 for index in range(500)]
    found = batches(lengths, 32)
    assert sorted(index for batch in found for index in batch) == list(range(500))
    assert max(map(len, found)) == 32
    for batch in found:
        members = [max(lengths[index], 64) for index in batch]
        assert max(members) <= 2 * min(members)
    assert batches([], 4) == []


def test_windows_read_no_further_than_they_must() -> None:
    iterator = iter(range(10))
    assert next(windows(iterator, 3)) == [0, 1, 2]
    assert next(iterator) == 3


def candidates(*pairs: tuple[str, float | None]) -> list[Candidate]:
    return [Candidate(code, Completion(code, 1, "stop", logprob)) for code, logprob in pairs]


def test_without_log_probabilities_the_most_agreed_is_first() -> None:
    same = "fn f() -> i64 { 2 }"
    found = ranked(candidates(("fn f() -> i64 { 1 }", None), (same, None), (f"// two\n{same}", -1.0)), 4)
    assert found.codes == (same, "fn f() -> i64 { 1 }")
    assert (found.confidence, found.basis) == (pytest.approx(1 / 3), "agreement")


def test_texts_that_differ_in_a_literal_do_not_agree() -> None:
    found = ranked(candidates(('fn f() { "a  b" }', None), ('fn f() { "a b" }', None)), 2)
    assert len(found.codes) == 2


def test_no_candidate_is_no_confidence() -> None:
    assert ranked([], 3).confidence == 0.0


def test_what_is_missing_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    backend = OpenAIBackend("http://127.0.0.1/v1", InferenceConfig())
    with pytest.raises(BackendError, match="'openai'") as caught:
        backend.load()
    assert caught.value.hint == "pip install 'portalis[remote]'"
    with pytest.raises(ValueError, match="another"), needs("remote", "x"):
        raise ValueError("another error is not hidden")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("http://127.0.0.1:8000/v1", "openai"),
        ("https://host/v1", "openai"),
        ("triton://host:8000/model", "triton"),
        ("grpc://host:8001/model", "triton"),
        ("{tmp}/hf", "transformers"),
        ("{tmp}/ct2", "ctranslate2"),
        ("{tmp}/m.gguf", "transformers"),
        ("{tmp}/m.nemo", "transformers"),
    ],
)
def test_the_backend_is_chosen_by_where_the_model_is(path: str, name: str, models: str) -> None:
    assert backend_name(path.format(tmp=models), InferenceConfig()) == name


@pytest.mark.parametrize(
    ("path", "backend", "message"),
    [
        ("ftp://host/v1", "auto", "ftp://"),
        ("{tmp}/nowhere", "auto", "no model at"),
        ("qwen/qwen2.5", "auto", "no model at"),
        ("{tmp}/empty", "auto", "config.json"),
        ("{tmp}/m.bin", "auto", "model file"),
        ("{tmp}/hf", "openai", "does not run"),
        ("http://host/v1", "transformers", "does not run"),
        ("http://host/v1", "triton", "does not run"),
        ("nowhere", "triton", "not an endpoint"),
    ],
)
def test_what_no_backend_runs(path: str, backend: str, message: str, models: str) -> None:
    config = InferenceConfig(backend=backend)  # type: ignore[arg-type]
    with pytest.raises(BackendError, match=message) as caught:
        make_backend(path.format(tmp=models), config)
    assert caught.value.hint


def test_a_local_backend_may_be_named(models: str) -> None:
    assert backend_name(f"{models}/hf", InferenceConfig(backend="ctranslate2")) == "ctranslate2"


@pytest.fixture
def models(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("models")
    for name in ("hf/config.json", "ct2/config.json", "ct2/model.bin", "m.gguf", "m.nemo", "m.bin"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}")
    (folder / "empty").mkdir()
    return str(folder)


@pytest.mark.parametrize("device", [None, "cpu"])
def test_the_bank_holds_what_was_used_last(device: str | None) -> None:
    if device is not None:
        pytest.importorskip("torch")
    bank = EmbeddingBank(device, size_mib=1)
    size = (1 << 20) // 4 // 3  # three vectors fit
    vectors = {bytes([index]): np.full(size, index, dtype=np.float32) for index in range(5)}
    bank.put({key: vectors[key] for key in (b"\0", b"\1", b"\2")})
    assert set(bank.get([b"\0", b"\7"])) == {b"\0"}
    bank.put({key: vectors[key] for key in (b"\3", b"\4")})
    found = bank.get(list(vectors))
    assert set(found) == {b"\0", b"\3", b"\4"}
    assert all((found[key] == vectors[key]).all() for key in found)
    bank.put({b"\5": np.ones(4, dtype=np.float32)})
    assert set(bank.get([*vectors, b"\5"])) == {b"\5"}
    bank.clear()
    assert bank.get([b"\5"]) == {}
