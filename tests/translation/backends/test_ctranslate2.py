"""`CTranslate2Backend`: the same answers as the model it was converted from, and a conversion made once."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")
pytest.importorskip("ctranslate2", reason="the extra `model` is not installed")

from portalis.translation.backends import ctranslate2_conversion as conversion
from portalis.translation.backends.ctranslate2 import CTranslate2Backend
from portalis.translation.backends.local import TransformersBackend
from portalis.translation.backends.protocol import BackendError, Message, Sampling
from portalis.translation.inference_config import InferenceConfig
from tests.translation.backends import tiny

GREEDY = Sampling(max_tokens=20, temperature=0)
PROMPTS = [
    (Message("user", "def add(a, b):"),),
    (Message("user", "x"),),
    (Message("user", "fn add(a: i64, b: i64) -> i64 { a + b }"),),
]


@pytest.fixture(scope="module")
def config(model_cache):
    return InferenceConfig(use_gpu=False, batch_size=2, cache_dir=model_cache, threads=1)


@pytest.fixture(scope="module")
def backend(tiny_folder, config):
    made = CTranslate2Backend(str(tiny_folder), config)
    made.load()
    yield made
    made.close()


def texts(answers):
    return [[one.text for one in answer.completions] for answer in answers]


def test_answers_are_those_of_the_model_it_was_made_from(backend, tiny_folder, config):
    original = TransformersBackend(str(tiny_folder), config)
    original.load()
    ours, theirs = backend.complete(PROMPTS, GREEDY), original.complete(PROMPTS, GREEDY)
    assert texts(ours) == texts(theirs)
    for one, other in zip(ours, theirs, strict=True):
        [mine], [wanted] = one.completions, other.completions
        assert (mine.tokens, mine.finish, one.prompt_tokens) == (
            wanted.tokens,
            wanted.finish,
            other.prompt_tokens,
        )
        if mine.finish == "length":
            assert mine.logprob == pytest.approx(wanted.logprob, abs=1e-3)
    assert backend.count_tokens(PROMPTS[0]) == original.count_tokens(PROMPTS[0])


def test_answers_do_not_depend_on_what_stands_beside(backend):
    together = texts(backend.complete(PROMPTS * 2, GREEDY))
    alone = [texts(backend.complete([prompt], GREEDY))[0] for prompt in PROMPTS]
    assert together == alone * 2


def test_a_conversion_is_made_once_and_told_apart_by_weights(tiny_folder, config, backend, tmp_path):
    folder = backend._model.folder
    made = folder.stat().st_mtime_ns
    again = CTranslate2Backend(str(tiny_folder), config)
    again.load()
    assert again._model.folder == folder
    assert folder.stat().st_mtime_ns == made
    other = CTranslate2Backend(str(tiny.saved(tmp_path / "tiny", seed=5)), config)
    other.load()
    assert other._model.folder != folder
    assert not list(folder.parent.glob(".making-*"))


def test_int8(tiny_folder, config):
    made = CTranslate2Backend(str(tiny_folder), replace(config, quantization="int8"))
    told = made.load()
    assert "int8" in str(told.details["dtype"])
    assert all(len(one.completions[0].text) > 0 for one in made.complete(PROMPTS, GREEDY))


def test_samples_beams_and_stop_texts(backend):
    [drawn] = backend.complete(PROMPTS[:1], Sampling(max_tokens=10, temperature=1.0, samples=3))
    assert len(drawn.completions) == 3
    likely = [one.logprob for one in drawn.completions]
    assert likely == sorted(likely, reverse=True)
    [beams] = backend.complete(PROMPTS[:1], replace(GREEDY, beams=3, samples=2))
    assert len({one.text for one in beams.completions}) == 2
    [[whole]] = texts(backend.complete(PROMPTS[:1], GREEDY))
    stop = whole[len(whole) // 2 : len(whole) // 2 + 2]
    [cut] = backend.complete(PROMPTS[:1], replace(GREEDY, stop=(stop,)))
    assert cut.completions[0].text == whole[: whole.index(stop)]
    assert cut.completions[0].finish == "stop"


def test_draws_repeat_from_the_load_on(tiny_folder, config):
    found = []
    for seed in (5, 5, 6):
        made = CTranslate2Backend(str(tiny_folder), replace(config, seed=seed))
        made.load()
        found.append(texts(made.complete(PROMPTS, Sampling(max_tokens=12, temperature=1.0))))
        made.close()
    assert found[0] == found[1] != found[2]


def test_a_folder_in_its_format_is_taken_as_it_is(backend, config, tmp_path):
    folder = tmp_path / "converted"
    shutil.copytree(backend._model.folder, folder)
    (folder / "portalis.json").unlink()
    made = CTranslate2Backend(str(folder), config)
    assert made.load().context_tokens is None
    assert texts(made.complete(PROMPTS, GREEDY)) == texts(backend.complete(PROMPTS, GREEDY))
    shutil.rmtree(folder / "tokenizer")
    with pytest.raises(BackendError, match=r"tokenizer\.json"):
        CTranslate2Backend(str(folder), config).load()


def test_a_conversion_that_is_another_model_is_refused(tiny_folder, tmp_path, monkeypatch):
    """A converter that loses a weight: here the last layer's, before the conversion is checked."""
    from ctranslate2.converters import TransformersConverter

    genuine = TransformersConverter.convert

    def losing(self, folder, **options):
        other = tiny.saved(tmp_path / "other", seed=9)
        return genuine(TransformersConverter(str(other)), folder, **options)

    monkeypatch.setattr(TransformersConverter, "convert", losing)
    config = InferenceConfig(use_gpu=False, cache_dir=tmp_path / "cache")
    with pytest.raises(BackendError, match="another model"):
        CTranslate2Backend(str(tiny_folder), config).load()
    assert not list((tmp_path / "cache").rglob("model.bin"))


def test_moved_and_closed(tiny_folder, config):
    made = CTranslate2Backend(str(tiny_folder), config)
    made.load()
    before = made.complete(PROMPTS, GREEDY)
    assert made.move_to_cpu().device == "cpu"
    assert made.complete(PROMPTS, GREEDY) == before
    made.close()
    made.close()
    with pytest.raises(BackendError, match="not loaded"):
        made.complete(PROMPTS, GREEDY)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"quantization": "int4"}, "int4"),
        ({"tensor_parallel_size": 2}, "split"),
        ({"device": "cuda:99"}, "cuda:99"),
    ],
)
def test_what_it_can_not_do_is_refused_with_a_way_out(tiny_folder, config, settings, said):
    with pytest.raises(BackendError, match=said) as refused:
        CTranslate2Backend(str(tiny_folder), replace(config, **settings)).load()
    assert refused.value.hint


def test_models_that_can_not_be_converted_and_embeddings_are_refused(tmp_path, config, backend):
    odd = tiny.saved(tmp_path / "odd", kind="olmo2")
    with pytest.raises(BackendError, match="can't convert") as refused:
        CTranslate2Backend(str(odd), config).load()
    assert "transformers" in refused.value.hint
    with pytest.raises(BackendError, match="no embeddings"):
        backend.embed(["x"])


def test_facts_of_a_conversion(backend):
    assert backend._model.facts == conversion.Facts(tiny.CONTEXT, (1,))
