"""`TransformersBackend` on folders, by a tiny model with random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")

from portalis.translation.backends.local import TransformersBackend  # noqa: E402
from portalis.translation.backends.protocol import (  # noqa: E402
    BackendError,
    Message,
    OutOfMemory,
    Sampling,
)
from portalis.translation.inference_config import InferenceConfig  # noqa: E402
from tests.translation.backends import tiny  # noqa: E402

GREEDY = Sampling(max_tokens=20, temperature=0)
PROMPTS = [
    (Message("user", "def add(a, b):"),),
    (Message("system", "You translate."), Message("user", "x")),
    (Message("user", "fn add(a: i64, b: i64) -> i64 { a + b }"),),
]


@pytest.fixture(scope="module")
def config(model_cache):
    return InferenceConfig(use_gpu=False, batch_size=2, cache_dir=model_cache)


@pytest.fixture(scope="module")
def backend(tiny_folder, config):
    made = TransformersBackend(str(tiny_folder), config)
    made.load()
    yield made
    made.close()


def loaded(folder: Path, config: InferenceConfig) -> TransformersBackend:
    made = TransformersBackend(str(folder), config)
    made.load()
    return made


def test_a_model_tells_what_it_is(tiny_folder, config):
    made = TransformersBackend(str(tiny_folder), config)
    told = made.load()
    assert told.identity.startswith("tiny@sha256:")
    assert (told.backend, told.device, told.context_tokens, told.embedding_size) == (
        "transformers", "cpu", tiny.CONTEXT, 48,
    )  # fmt: skip
    assert told.details["dtype"] == "float32"
    assert told.details["engine"] == "slots"
    assert told.details["parameters"] == sum(one.numel() for one in tiny.model().parameters())
    assert made.load().identity == told.identity


def test_the_identity_changes_with_the_weights(tmp_path, config, tiny_folder):
    other = tiny.saved(tmp_path / "tiny", seed=1)
    first = loaded(other, config)._identity
    assert first != loaded(tiny_folder, config)._identity
    tiny.saved(other, seed=2)
    assert loaded(other, config)._identity != first


def test_answers_are_those_of_generate(backend, tiny_folder):
    from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

    model = AutoModelForCausalLM.from_pretrained(tiny_folder)
    tokenizer = AutoTokenizer.from_pretrained(tiny_folder)
    settings = GenerationConfig(max_new_tokens=20, do_sample=False, eos_token_id=1, pad_token_id=1)
    for prompt, answer in zip(PROMPTS, backend.complete(PROMPTS, GREEDY), strict=True):
        ids = tokenizer("\n\n".join(turn.content for turn in prompt) + "\n", return_tensors="pt")["input_ids"]
        made = model.generate(ids, generation_config=settings)[0, ids.shape[1] :]
        [completion] = answer.completions
        assert completion.text == tokenizer.decode(made, skip_special_tokens=True)
        assert answer.prompt_tokens == ids.shape[1] == backend.count_tokens(prompt)
        assert completion.tokens == len([token for token in made.tolist() if token != 1])


def test_answers_are_in_the_order_of_prompts_whatever_stands_beside(backend):
    texts = [one.completions[0].text for one in backend.complete(PROMPTS * 3, GREEDY)]
    alone = [backend.complete([prompt], GREEDY)[0].completions[0].text for prompt in PROMPTS]
    assert texts == alone * 3
    assert backend.complete([], GREEDY) == []


def test_samples_come_with_the_likeliest_first_and_repeat(backend):
    asked = Sampling(max_tokens=12, temperature=1.0, samples=4, seed=3)
    [first], [again] = backend.complete(PROMPTS[:1], asked), backend.complete(PROMPTS[:1], asked)
    assert first == again
    likely = [one.logprob for one in first.completions]
    assert len({one.text for one in first.completions}) == 4
    assert likely == sorted(likely, reverse=True)


def test_samples_without_a_draw_are_the_same(backend):
    [answer] = backend.complete(PROMPTS[:1], replace(GREEDY, samples=3))
    [single] = backend.complete(PROMPTS[:1], GREEDY)
    assert answer.completions == single.completions * 3


def test_beams(backend):
    [answer] = backend.complete(PROMPTS[:1], replace(GREEDY, beams=3, samples=2))
    assert len({one.text for one in answer.completions}) == 2
    # The slot engine answers as before: its attention is put back.
    assert backend.complete(PROMPTS, GREEDY) == backend.complete(PROMPTS, GREEDY)


@pytest.mark.parametrize("beams", [1, 2])
def test_stop_texts_end_answers(backend, beams):
    [whole] = backend.complete(PROMPTS[:1], replace(GREEDY, beams=beams))
    text = whole.completions[0].text
    stop = text[len(text) // 2 : len(text) // 2 + 2]
    [cut] = backend.complete(PROMPTS[:1], replace(GREEDY, beams=beams, stop=("not there", stop)))
    [completion] = cut.completions
    assert completion.text == text[: text.index(stop)]
    assert completion.finish == "stop"
    assert completion.tokens < whole.completions[0].tokens


def test_a_chat_template_is_applied_and_may_know_no_system_turn(tmp_path, config):
    made = loaded(tiny.saved(tmp_path / "chat", template=tiny.TEMPLATE), config)
    plain = tiny.tokenizer()
    assert made.count_tokens(PROMPTS[1]) == len(plain("<user>You translate.\n\nx<assistant>")["input_ids"])
    assert made.count_tokens(PROMPTS[0]) == len(plain("<user>def add(a, b):<assistant>")["input_ids"])


def test_a_model_of_another_family_answers_by_generate(tmp_path, config):
    sizes = {"n_embd": 48, "n_layer": 2, "n_head": 6, "n_positions": tiny.CONTEXT}
    made = TransformersBackend(str(tiny.saved(tmp_path / "gpt2", kind="gpt2", **sizes)), config)
    assert str(made.load().details["engine"]).startswith("generate")
    together = made.complete(PROMPTS, GREEDY)
    assert [one.completions[0].text for one in together] == [
        made.complete([prompt], GREEDY)[0].completions[0].text for prompt in PROMPTS
    ]
    assert all(one.completions[0].logprob is not None for one in together)
    [drawn] = made.complete(PROMPTS[:1], Sampling(max_tokens=8, temperature=1.0, samples=3))
    assert len(drawn.completions) == 3


def test_embeddings_have_length_one_and_none_for_no_text(backend):
    texts = ["def f(x):", "", "fn f(x: i64) {}", "def f(x):"]
    found = backend.embed(texts)
    assert found.dtype == np.float32
    assert found.shape == (4, 48)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0, 1, 1], abs=1e-5)
    alone = np.concatenate([backend.embed([text]) for text in texts])
    assert found == pytest.approx(alone, abs=1e-5)
    assert backend.embed([]).shape == (0, 48)


def test_a_sentence_transformers_folder_embeds_and_does_nothing_else(tmp_path, config):
    import json

    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    folder = tmp_path / "sentences"
    bert = BertModel(
        BertConfig(vocab_size=290, hidden_size=32, num_hidden_layers=2, num_attention_heads=4)
    ).eval()
    bert.save_pretrained(folder)
    tiny.tokenizer().save_pretrained(folder)
    parts = [
        {"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (folder / "modules.json").write_text(json.dumps(parts))
    (folder / "1_Pooling").mkdir()
    pooling = folder / "1_Pooling" / "config.json"
    pooling.write_text(json.dumps({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}))
    made = loaded(folder, config)
    text = "def add(a, b): return a"
    ids = torch.tensor([tiny.tokenizer()(text)["input_ids"]])
    wanted = torch.nn.functional.normalize(bert(ids).last_hidden_state.mean(dim=1), dim=-1)[0]
    assert made.embed(["x", text])[1] == pytest.approx(wanted.detach().numpy(), abs=1e-5)
    with pytest.raises(BackendError, match="only embeds"):
        made.complete(PROMPTS[:1], GREEDY)
    pooling.write_text(json.dumps({"pooling_mode_max_tokens": True}))
    with pytest.raises(BackendError, match="pools by max"):
        loaded(folder, config)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"quantization": "int8"}, "quantised"),
        ({"tensor_parallel_size": 2}, "split over GPUs"),
        ({"device": "cuda:99"}, "no cuda:99"),
        ({"device": "toaster"}, "no device"),
    ],
)
def test_what_it_can_not_do_is_refused_with_a_way_out(tiny_folder, config, settings, said):
    with pytest.raises(BackendError, match=said) as refused:
        TransformersBackend(str(tiny_folder), replace(config, **settings)).load()
    assert refused.value.hint


@pytest.mark.parametrize("name", ["absent", "empty", "notes.txt", "torn.gguf", "nemo2", "unknown"])
def test_what_is_no_model_is_refused(tmp_path, config, name):
    path = tmp_path / name
    match name:
        case "empty":
            path.mkdir()
        case "notes.txt":
            path.write_text("no model")
        case "torn.gguf":
            path.write_bytes(b"GGUF\x03\x00\x00\x00\x01")
        case "nemo2":
            (path / "context").mkdir(parents=True)
            (path / "context" / "model.yaml").write_text("{}")
        case "unknown":
            path.mkdir()
            (path / "config.json").write_text('{"model_type": "no-such-type"}')
    with pytest.raises(BackendError) as refused:
        TransformersBackend(str(path), config).load()
    assert refused.value.hint


def test_a_prompt_longer_than_the_context_is_refused(backend):
    with pytest.raises(BackendError, match=f"context is {tiny.CONTEXT}"):
        backend.complete([(Message("user", "é" * tiny.CONTEXT),)], GREEDY)


def test_a_device_without_memory_is_told_as_such_and_recovers(backend, monkeypatch):
    """The one thing that isn't real here: where the allocator's error comes from."""
    engine = backend._engine

    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")

    with monkeypatch.context() as patched:
        patched.setattr(engine, "generate", full)
        with pytest.raises(OutOfMemory, match="out of memory"):
            backend.complete(PROMPTS, GREEDY)
    assert len(backend.complete(PROMPTS, GREEDY)) == 3


def test_moved_to_the_cpu_it_answers_the_same(tiny_folder, config):
    made = loaded(tiny_folder, config)
    before = made.complete(PROMPTS, GREEDY)
    assert made.move_to_cpu().device == "cpu"
    assert made.complete(PROMPTS, GREEDY) == before


def test_closed_twice_and_not_loaded(tiny_folder, config):
    made = loaded(tiny_folder, config)
    made.close()
    made.close()
    with pytest.raises(BackendError, match="not loaded"):
        made.complete(PROMPTS, GREEDY)
