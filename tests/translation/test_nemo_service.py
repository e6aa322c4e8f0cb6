"""`NeMoService`: what it does around any backend."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portalis.translation import model_runner, service_log
from portalis.translation.answer_cache import FILE_NAME
from portalis.translation.backends.protocol import (
    Answer,
    BackendError,
    Message,
    Prompt,
    Sampling,
    TransientError,
)
from portalis.translation.nemo_service import InferenceConfig, NeMoService, TranslationResult
from portalis.translation.prompting.context import PromptContext
from portalis.translation.prompting.render import PromptTooLong
from tests.translation.double import RuleBackend, python

pytest.importorskip("loguru")
pytest.importorskip("tenacity")

Build = Callable[..., NeMoService]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Makes services over `RuleBackend`; their `backends` are those that they made."""
    made: list[NeMoService] = []

    def service(
        memory: int | None = None,
        before: Callable[[RuleBackend, Sequence[Prompt], Sampling], None] | None = None,
        logprob: float | None = -0.5,
        same: bool = False,
        sleep: Callable[[float], None] = lambda seconds: None,
        **settings: object,
    ) -> NeMoService:
        config = InferenceConfig(**({"cache_dir": tmp_path / "cache"} | settings))  # type: ignore[arg-type]
        backends: list[RuleBackend] = []

        def make(used: InferenceConfig) -> RuleBackend:
            backends.append(RuleBackend(used, memory, before, logprob, same))
            return backends[-1]

        one = NeMoService("rule", config, make=make, sleep=sleep)
        one.backends = backends  # type: ignore[attr-defined]
        made.append(one)
        return one

    yield service
    for one in made:
        one.cleanup()


def backend_of(service: NeMoService) -> RuleBackend:
    """The backend that the service made last."""
    service.initialize()
    return service.backends[-1]  # type: ignore[attr-defined,no-any-return]


def code_of(result: TranslationResult) -> str:
    return " ".join(result.rust_code.split())


def test_one_translation(build: Build) -> None:
    service = build(seed=3)
    result = service.translate_code(python("one"))
    assert code_of(result) == "pub fn one() -> i64 { 3 }"
    assert result.confidence == pytest.approx(math.exp(-0.53))
    assert (result.engine, result.status, result.items) == ("model", "translatable", ())
    assert (result.prompt_tokens, result.generated_tokens) == (5, 10)
    assert result.metadata["model"] == "rule@1"
    assert result.metadata["confidence_basis"] == "logprob"
    assert len(str(result.metadata["prompt"])) == 64
    assert set(result.timings) == {"prompting", "model", "parsing"}
    assert result.processing_time >= sum(result.timings.values()) * 0.99


def test_results_come_in_the_order_of_the_texts_whatever_the_batches(build: Build) -> None:
    service = build(batch_size=4)
    names = [f"f{index}" for index in range(23)]
    lengths = [1 + (index * 7919) % 300 for index in range(23)]
    results = service.batch_translate([python(*pair) for pair in zip(names, lengths, strict=True)])
    assert [code_of(one).split("(")[0] for one in results] == [f"pub fn {name}" for name in names]
    batches = backend_of(service).batches
    assert max(map(len, batches)) <= 4
    of = dict(zip(names, lengths, strict=True))
    for batch in batches:
        assert max(of[name] for name in batch) <= 2 * (min(of[name] for name in batch) + 64)


def test_a_failure_does_not_lose_the_others(build: Build) -> None:
    def refuse_poison(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        if any("poison" in prompt[-1].content for prompt in prompts):
            raise BackendError("can't swallow that", "leave it out")

    service = build(before=refuse_poison)
    names = ["a", "b", "poison", "c", "chatty", "d"]
    results = service.batch_translate([python(name) for name in names])
    assert [bool(one.rust_code) for one in results] == [True, True, False, True, False, True]
    poisoned, chatty = results[2], results[4]
    assert (poisoned.confidence, poisoned.status) == (0.0, "python")
    assert poisoned.warnings == ("can't swallow that: leave it out",)
    assert (chatty.confidence, chatty.status) == (0.0, "python")
    assert "can't be used" in chatty.warnings[0]
    figures = service.get_metrics()
    assert (figures["requests"], figures["succeeded"], figures["failed"]) == (6, 4, 2)
    assert figures["unusable"] == 1
    assert figures["success_rate"] == pytest.approx(4 / 6)


def test_a_single_failure_is_raised(build: Build) -> None:
    def refuse(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        raise BackendError("no")

    service = build(before=refuse)
    with pytest.raises(BackendError, match="no"):
        service.translate_code(python("a"))
    assert service.get_metrics()["failed"] == 1


def test_too_long_a_text_is_told_apart(build: Build) -> None:
    service = build()
    long = python("long", 5000)
    with pytest.raises(PromptTooLong):
        service.translate_code(long)
    first, second = service.batch_translate([long, python("short")])
    assert "fit beside" in first.warnings[0]
    assert second.rust_code


@pytest.mark.parametrize(
    ("context", "error"),
    [({"nonsense": 1}, TypeError), ({"name": 7}, TypeError), ({"rust_signature": "fn f(("}, ValueError)],
)
def test_contexts_that_are_none_are_refused_before_the_model_is_asked(
    build: Build, context: dict[str, object], error: type[Exception]
) -> None:
    service = build()
    with pytest.raises(error):
        service.batch_translate([python("a"), python("b")], [None, context])
    assert backend_of(service).batches == []


def test_what_is_no_text_is_refused(build: Build) -> None:
    with pytest.raises(TypeError, match="must be a str"):
        build().translate_code(7)
    with pytest.raises(ValueError, match="2 texts and 1 contexts"):
        build().batch_translate(["a", "b"], [None])


def test_the_signature_of_the_context_is_demanded(build: Build) -> None:
    service = build()
    asked = PromptContext("", rust_signature="pub fn one() -> i64")
    assert service.translate_code(python("one"), asked).rust_code
    other = service.translate_code(python("one"), {"rust_signature": "pub fn one() -> String"})
    assert not other.rust_code
    assert other.warnings


def test_samples_give_alternatives_best_first(build: Build) -> None:
    result = build(samples=3, seed=0).translate_code(python("f"))
    assert [code_of(result)[-3], *(one[-4] for one in result.alternatives)] == ["0", "1", "2"]
    assert (result.metadata["samples"], result.metadata["usable"]) == (3, 3)
    assert result.generated_tokens == 30


def test_confidence_without_log_probabilities_is_agreement(build: Build) -> None:
    differing = build(samples=4, logprob=None).translate_code(python("f"))
    assert (differing.confidence, differing.metadata["confidence_basis"]) == (0.0, "agreement")
    agreeing = build(samples=4, logprob=None, same=True).translate_code(python("g"))
    assert (agreeing.confidence, agreeing.alternatives) == (1.0, ())
    single = build(logprob=None).translate_code(python("h"))
    assert (single.confidence, single.metadata["confidence_basis"]) == (0.0, "none")


def flaky(failures: int, error: BackendError) -> Callable[[RuleBackend, Sequence[Prompt], Sampling], None]:
    def fail(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        if len(backend.batches) <= failures:
            raise error

    return fail


def test_what_is_transient_is_tried_again_with_growing_waits(build: Build) -> None:
    waits: list[float] = []
    service = build(before=flaky(2, TransientError("busy")), sleep=waits.append)
    assert service.translate_code(python("f")).rust_code
    assert len(backend_of(service).batches) == 3
    assert len(waits) == 2
    assert 2 <= waits[0] <= waits[1] <= 10
    assert service.get_metrics()["retries"] == 2


def test_the_last_failure_is_handed_on(build: Build) -> None:
    waits: list[float] = []
    service = build(before=flaky(99, TransientError("busy")), sleep=waits.append, attempts=4)
    with pytest.raises(TransientError, match="busy"):
        service.translate_code(python("f"))
    assert len(backend_of(service).batches) == 4
    assert len(waits) == 3
    assert max(waits) <= 10


def test_what_is_not_transient_is_never_tried_again(build: Build) -> None:
    waits: list[float] = []
    service = build(before=flaky(99, BackendError("broken")), sleep=waits.append)
    with pytest.raises(BackendError, match="broken"):
        service.translate_code(python("f"))
    assert len(backend_of(service).batches) == 1
    assert waits == []


def test_the_server_may_ask_for_a_longer_wait_but_not_for_ever(build: Build) -> None:
    waits: list[float] = []
    service = build(before=flaky(1, TransientError("busy", retry_after=42)), sleep=waits.append)
    assert service.translate_code(python("f")).rust_code
    assert waits == [42]
    waits.clear()
    endless = build(
        before=flaky(1, TransientError("busy", retry_after=86400)), sleep=waits.append, cache=False
    )
    with pytest.raises(TransientError):
        endless.translate_code(python("f"))
    assert waits == []


def test_memory_that_ends_halves_the_batch_and_is_remembered(build: Build) -> None:
    service = build(memory=3, batch_size=16)
    results = service.batch_translate([python(f"f{index}") for index in range(16)])
    assert all(one.rust_code for one in results)
    backend = backend_of(service)
    sizes = [len(batch) for batch in backend.batches]
    assert sizes[:4] == [16, 8, 4, 2]
    assert max(sizes[3:]) == 2, "what was too large once isn't tried again"
    assert backend.device == "cuda:0"
    assert service.get_metrics()["batches_halved"] == 3
    assert service.get_metrics()["cpu_fallbacks"] == 0


def test_where_prompts_take_turns_more_are_handed_over(build: Build) -> None:
    service = build(memory=6, batch_size=4, samples=2, cache=False)
    backend = backend_of(service)
    backend.takes_turns = True
    assert all(one.rust_code for one in service.batch_translate([python(f"f{n}") for n in range(40)]))
    sizes = [len(batch) for batch in backend.batches]
    assert sizes[0] == 32
    assert max(sizes[1:]) <= 3, "memory ended with 4 at a time"


def test_on_a_cpu_samples_count_as_answers_of_a_batch(build: Build) -> None:
    service = build(use_gpu=False, batch_size=8, samples=4)
    backend_of(service).takes_turns = True
    service.batch_translate([python(f"f{index}") for index in range(10)])
    assert [len(batch) for batch in backend_of(service).batches] == [2] * 5


def test_samples_of_one_prompt_are_drawn_in_turns_where_memory_ends(build: Build) -> None:
    service = build(memory=2, samples=5, seed=0)
    result = service.translate_code(python("f"))
    assert [code_of(result)[-3], *(one[-4] for one in result.alternatives)] == ["0", "1", "2", "3", "4"]
    assert backend_of(service).device == "cuda:0"
    calls = len(backend_of(service).batches)
    service.translate_code(python("g"))
    assert len(backend_of(service).batches) == calls + 3, "what was too large once isn't tried again"


def test_where_one_prompt_is_too_large_the_model_goes_to_the_cpu(build: Build, tmp_path: Path) -> None:
    def never(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        backend.memory = 0

    service = build(before=never, memory=9, log_dir=tmp_path / "logs")
    results = service.batch_translate([python("f"), python("g")])
    assert all(one.rust_code for one in results)
    assert {one.metadata["device"] for one in results} == {"cpu"}
    assert service.info.device == "cpu"
    assert service.get_metrics()["cpu_fallbacks"] == 1
    service.cleanup()
    log = (tmp_path / "logs" / service_log.FILE_NAME).read_text()
    assert "memory ended" in log
    assert "goes on on the CPU" in log


def test_a_model_that_does_not_fit_on_the_gpu_is_loaded_on_the_cpu(build: Build) -> None:
    service = build(memory=0)
    assert service.translate_code(python("f")).metadata["device"] == "cpu"
    first, second = service.backends  # type: ignore[attr-defined]
    assert (first.closed, second.config.use_gpu, second.config.device) == (1, False, "cpu")
    assert service.get_metrics()["cpu_fallbacks"] == 1


def test_answers_are_kept_on_disk_by_all_they_depend_on(build: Build) -> None:
    codes = [python("f"), python("g")]
    build().batch_translate(codes)
    again = build()
    results = again.batch_translate(codes)
    assert backend_of(again).batches == []
    assert [one.metadata["cached"] for one in results] == [True, True]
    assert again.get_metrics()["cache_hits"] == 2
    for other in ({"temperature": 0.3}, {"seed": 1}, {"samples": 2}, {"max_length": 64}, {"stop": ("x",)}):
        changed = build(**other)
        changed.translate_code(codes[0])
        assert len(backend_of(changed).batches) == 1, other
    elsewhere = build(use_gpu=False)  # another precision
    elsewhere.translate_code(codes[0])
    assert len(backend_of(elsewhere).batches) == 1
    told = build()
    told.translate_code(codes[0], {"diagnostics": ["PT101 no type"]})
    assert len(backend_of(told).batches) == 1


def test_failures_and_fresh_draws_are_not_kept(build: Build) -> None:
    service = build(before=flaky(1, BackendError("no")))
    with pytest.raises(BackendError):
        service.translate_code(python("f"))
    assert service.translate_code(python("f")).metadata["cached"] is False
    fresh = build(seed=None)
    fresh.translate_code(python("f"))
    assert fresh.translate_code(python("f")).metadata["cached"] is False
    assert len(backend_of(fresh).batches) == 2
    off = build(cache=False)
    off.translate_code(python("f"))
    off.translate_code(python("f"))
    assert len(backend_of(off).batches) == 2


@pytest.mark.parametrize("content", [b"this is no database, but it is long enough to be one" * 99, b"short"])
def test_a_damaged_cache_is_set_aside(build: Build, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "cache"
    build().translate_code(python("f"))
    build().cleanup()
    for file in folder.glob(f"{FILE_NAME}*"):
        file.unlink()
    (folder / FILE_NAME).write_bytes(content)
    service = build()
    assert service.translate_code(python("f")).metadata["cached"] is False
    assert service.translate_code(python("f")).metadata["cached"] is True
    assert next(folder.glob("*.damaged")).read_bytes() == content


def test_a_cache_of_another_format_is_set_aside(build: Build, tmp_path: Path) -> None:
    build().translate_code(python("f"))
    with sqlite3.connect(tmp_path / "cache" / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    service = build()
    assert service.translate_code(python("f")).metadata["cached"] is False
    assert list((tmp_path / "cache").glob("*.damaged"))


def test_equal_prompts_are_asked_once(build: Build) -> None:
    service = build(cache=False)
    results = service.batch_translate([python("f"), python("g"), python("f"), python("f")])
    assert sorted(backend_of(service).batches[0]) == ["f", "g"]
    assert results[0].rust_code == results[2].rust_code == results[3].rust_code
    assert service.get_metrics()["duplicates"] == 2


def test_prompts_of_ones_own(build: Build) -> None:
    service = build()
    prompts = [(Message("user", "def f"),), (Message("user", "nothing"),), (Message("user", "def g"),)]
    first, second, third = service.complete_many(prompts, samples=2)
    assert isinstance(first, Answer)
    assert isinstance(third, Answer)
    assert len(first.completions) == len(third.completions) == 2
    assert isinstance(second, BackendError)
    assert service.complete_many([]) == []


def test_half_of_a_surrogate_pair_costs_its_own_text_only(build: Build) -> None:
    service = build()
    bad, good = service.batch_translate([python("f") + "# \ud800", python("g")])
    assert "surrogate" in bad.warnings[0]
    assert good.rust_code
    with pytest.raises(BackendError, match="surrogate"):
        service.generate_embeddings(["fine", "\udfff"])


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(1, 25), batch=st.integers(1, 9), memory=st.integers(0, 12), samples=st.integers(1, 5),
    poison=st.sets(st.integers(0, 24)),
)  # fmt: skip
def test_whatever_fits_in_memory_every_prompt_has_its_own_answer(
    count: int, batch: int, memory: int, samples: int, poison: set[int]
) -> None:
    def refuse(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        if any(int(prompt[0].content.removeprefix("def p")) in poison for prompt in prompts):
            raise BackendError("poison")

    config = InferenceConfig(batch_size=batch, cache=False, samples=samples, seed=0)
    service = NeMoService("rule", config, make=lambda used: RuleBackend(used, memory, refuse))
    with pytest.MonkeyPatch.context() as patch:  # no GPU is here, and collecting garbage takes its time
        patch.setattr(model_runner, "optimize_gpu_memory", lambda: None)
        found = service.complete_many([(Message("user", f"def p{index}"),) for index in range(count)])
    service.cleanup()
    for index, outcome in enumerate(found):
        if index in poison:
            assert isinstance(outcome, BackendError)
            continue
        assert isinstance(outcome, Answer)
        numbers = [int(one.text.split()[-3]) for one in outcome.completions]
        assert all(f"fn p{index}()" in one.text for one in outcome.completions)
        assert sorted(numbers) == list(range(samples)), "each sample has a seed of its own"


def test_many_threads_share_one_model(build: Build) -> None:
    service = build(batch_size=2)
    found: dict[int, list[str]] = {}

    def work(index: int) -> None:
        results = service.batch_translate([python(f"f{index}_{part}") for part in range(5)])
        found[index] = [code_of(one).split("(")[0] for one in results]

    threads = [threading.Thread(target=work, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {index: [f"pub fn f{index}_{part}" for part in range(5)] for index in range(8)}
    figures = service.get_metrics()
    assert (figures["requests"], figures["succeeded"]) == (40, 40)
    assert figures["generated_tokens"] == 400
    assert len(service.backends) == 1  # type: ignore[attr-defined]


def test_threads_that_ask_the_same_at_a_time_ask_it_once(build: Build) -> None:
    started, go = threading.Event(), threading.Event()

    def hold(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        started.set()
        assert go.wait(20)
        if any("def bad" in prompt[-1].content for prompt in prompts):
            raise BackendError("no")

    service = build(before=hold, cache=False)
    prompts = [(Message("user", "def one"),), (Message("user", "def bad"),)]
    found: list[list[Answer | BackendError]] = []
    threads = [
        threading.Thread(target=lambda: found.append(service.complete_many(prompts))) for _ in range(4)
    ]
    threads[0].start()
    assert started.wait(20)
    for thread in threads[1:]:
        thread.start()
    while service.get_metrics()["duplicates"] < 6:  # until they wait
        threads[1].join(0.01)
    go.set()
    for thread in threads:
        thread.join()
    asked = [name for batch in backend_of(service).batches for name in batch]
    assert asked.count("one") == 2, "in the batch of two, and alone after that failed"
    assert [[type(outcome) for outcome in one] for one in found] == [[Answer, BackendError]] * 4


def test_a_thread_that_breaks_off_leaves_nobody_waiting(build: Build) -> None:
    class Bug(Exception):
        pass

    started, go = threading.Event(), threading.Event()

    def fail(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        if not started.is_set():
            started.set()
            assert go.wait(20)
            raise Bug

    service = build(before=fail, cache=False)
    failed: list[type[BaseException]] = []

    def first() -> None:
        try:
            service.complete_many([(Message("user", "def one"),)])
        except Bug as bug:
            failed.append(type(bug))

    waited: list[Answer | BackendError] = []
    one = threading.Thread(target=first)
    other = threading.Thread(
        target=lambda: waited.extend(service.complete_many([(Message("user", "def one"),)]))
    )
    one.start()
    assert started.wait(20)
    other.start()
    other.join(0.2)
    go.set()
    one.join()
    other.join(20)
    assert not other.is_alive()
    assert failed == [Bug]
    assert isinstance(waited[0], BackendError | Answer)
    [again] = service.complete_many([(Message("user", "def one"),)])
    assert isinstance(again, Answer)


def test_a_stream_is_read_as_it_is_needed(build: Build) -> None:
    service = build(batch_size=2, concurrency=1)
    read: list[int] = []

    def codes() -> Iterator[str | tuple[str, PromptContext]]:
        for index in range(1000):
            read.append(index)
            code = python(f"f{index}")
            yield code if index % 2 else (code, PromptContext(""))

    stream = service.translate_stream(codes())
    names = [code_of(next(stream)).split("(")[0] for _ in range(20)]
    assert names == [f"pub fn f{index}" for index in range(20)]
    assert len(read) <= 32
    stream.close()


def test_embeddings(build: Build, tmp_path: Path) -> None:
    service = build(batch_size=2)
    texts = ["def f", "e", "def eee", "e", "def f"]
    vectors = service.generate_embeddings(texts)
    assert (vectors.shape, vectors.dtype) == ((5, 4), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5))
    assert (vectors[0] == vectors[4]).all()
    assert vectors[1] == pytest.approx(np.array([1, 1, 1, 2]) / math.sqrt(7))
    asked = [text for batch in backend_of(service).embedded for text in batch]
    assert sorted(asked) == ["def eee", "def f", "e"]
    assert max(map(len, backend_of(service).embedded)) <= 2
    other = build()
    assert (other.generate_embeddings(texts) == vectors).all()
    assert backend_of(other).embedded == []
    assert other.get_metrics()["embedding_cache_hits"] == 5
    uncached = build(cache=False)
    uncached.generate_embeddings(["e"])
    uncached.generate_embeddings(["e"])
    assert len(backend_of(uncached).embedded) == 1, "held in memory"
    assert service.generate_embeddings([]).shape == (0, 4)


def test_cleanup_frees_and_may_be_done_twice(build: Build) -> None:
    service = build()
    with service as entered:
        assert entered is service
        service.translate_code(python("f"))
        backend = backend_of(service)
    assert backend.closed == 1
    service.cleanup()
    assert backend.closed == 1
    with pytest.raises(BackendError, match="closed"):
        service.translate_code(python("f"))
    with pytest.raises(BackendError, match="closed"):
        service.generate_embeddings(["x"])
    service.initialize()
    assert service.translate_code(python("f")).rust_code
    assert backend_of(service) is not backend


def test_initialize_loads_once(build: Build) -> None:
    service = build()
    service.initialize()
    service.initialize()
    assert len(service.backends) == 1  # type: ignore[attr-defined]


def test_a_backend_that_can_not_load_is_closed_and_told(build: Build) -> None:
    class Broken(RuleBackend):
        def load(self) -> object:  # type: ignore[override]
            raise BackendError("no such file", "name another")

    made: list[Broken] = []

    def make(config: InferenceConfig) -> Broken:
        made.append(Broken(config))
        return made[-1]

    service = NeMoService("rule", InferenceConfig(cache=False), make=make)
    with pytest.raises(BackendError, match="no such file"):
        service.initialize()
    assert made[0].closed == 1
    service.cleanup()


def test_the_log_holds_neither_code_nor_answers(build: Build, tmp_path: Path) -> None:
    folder = tmp_path / "logs"

    def refuse(backend: RuleBackend, prompts: Sequence[Prompt], sampling: Sampling) -> None:
        if any("secret_refused" in prompt[-1].content for prompt in prompts):
            raise TransientError("the server repeats: def secret_refused")

    first, second = build(log_dir=folder, before=refuse), build(log_dir=folder, before=refuse)
    first.batch_translate([python("secret_name"), python("secret_refused")])
    second.translate_code(python("secret_other"))
    first.cleanup()
    second.translate_code(python("secret_last"))
    second.cleanup()
    log = (folder / service_log.FILE_NAME).read_text()
    assert log.count("rule@1 is ready on cuda:0") == 2, "two services share one file"
    assert "secret" not in log
    assert "INFO" in log
    assert "WARNING" in log


def test_log_files_are_rotated(build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (service_log.ROTATION, service_log.RETENTION) == ("100 MB", "7 days")
    monkeypatch.setattr(service_log, "ROTATION", "300 B")
    for _ in range(4):
        service = build(log_dir=tmp_path / "logs")
        service.initialize()
        service.cleanup()
    assert len(list((tmp_path / "logs").glob("portalis-model*.log"))) > 1
