"""The slot engine writes what `generate` of transformers writes, and no answer depends on its neighbours."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")

from portalis.translation.backends import families, generation_plain  # noqa: E402
from portalis.translation.backends.generation import SlotEngine  # noqa: E402
from portalis.translation.backends.generation_sampling import DrawPlan, draw, uniforms  # noqa: E402
from portalis.translation.backends.protocol import Sampling  # noqa: E402
from tests.translation.backends import tiny  # noqa: E402

PROMPTS = [[11, 12, 13], [5] * 40, [7, 8, 9, 10, 11], [100, 4], [33]]
GREEDY = Sampling(max_tokens=24, temperature=0)
DRAWN = Sampling(max_tokens=16, temperature=0.9, top_p=0.9, samples=3, seed=7)


def engine(model, ends=(1,), context=tiny.CONTEXT):
    families.use_slots(model)
    return SlotEngine(model, ends, context, graphs=False)


@pytest.fixture(scope="module")
def model():
    return tiny.model()


@pytest.mark.parametrize("kind", families._FAMILIES)
def test_every_family_answers_as_generate_does(kind):
    model = tiny.model(kind)
    if getattr(model.config, "sliding_window", None):
        model.config.sliding_window = None
    assert families.unfit(model.config, tiny.CONTEXT) is None
    plain = generation_plain.generate(model, PROMPTS, GREEDY, [1], tiny.CONTEXT)
    ours = engine(model).generate(PROMPTS, GREEDY, slots=3)
    for [one], [other] in zip(plain, ours, strict=True):
        assert (one.tokens, one.ended) == (other.tokens, other.ended)
        assert one.logprobs == pytest.approx(other.logprobs, abs=1e-3)


WINDOWED = {"use_sliding_window": True, "sliding_window": 8, "max_window_layers": 1}


@pytest.mark.parametrize(
    ("kind", "settings"), [("gpt2", {}), ("mistral", {"sliding_window": 16}), ("qwen2", WINDOWED)]
)
def test_other_attention_is_left_to_generate(kind, settings):
    if kind == "gpt2":
        settings = {"n_embd": 48, "n_layer": 2, "n_head": 6, "n_positions": tiny.CONTEXT}
    assert families.unfit(tiny.model(kind, **settings).config, tiny.CONTEXT) is not None


@pytest.mark.parametrize("slots", [1, 2, 4, 16])
def test_answers_do_not_depend_on_the_batch(model, slots):
    alone = [engine(model).generate([prompt], GREEDY, 1)[0] for prompt in PROMPTS]
    together = engine(model).generate(PROMPTS, GREEDY, slots)
    assert [[one.tokens for one in answers] for answers in together] == [
        [a.tokens for a in one] for one in alone
    ]


@pytest.mark.parametrize("slots", [1, 4, 15])
def test_draws_do_not_depend_on_the_batch(model, slots):
    one = engine(model).generate(PROMPTS, DRAWN, 15)
    other = engine(model).generate(PROMPTS[::-1], DRAWN, slots)[::-1]
    assert [[a.tokens for a in answers] for answers in one] == [
        [a.tokens for a in answers] for answers in other
    ]


def test_seeds_and_samples_differ(model):
    first = engine(model).generate(PROMPTS[:1], DRAWN, 4)[0]
    assert len({tuple(one.tokens) for one in first}) == 3
    other = engine(model).generate(PROMPTS[:1], replace(DRAWN, seed=8), 4)[0]
    fresh = [engine(model).generate(PROMPTS[:1], replace(DRAWN, seed=None), 4)[0] for _ in range(2)]
    assert first[0].tokens != other[0].tokens
    assert fresh[0][0].tokens != fresh[1][0].tokens


def test_an_engine_is_used_again_with_other_sizes(model):
    used = engine(model)
    for size in (2, 5, 1):
        for limit in (4, 30):
            asked = replace(GREEDY, max_tokens=limit)
            expected = engine(model).generate(PROMPTS[:size], asked, 5)
            assert used.generate(PROMPTS[:size], asked, 5) == expected
    used.release()
    assert used.generate(PROMPTS[:2], GREEDY, 2) == engine(model).generate(PROMPTS[:2], GREEDY, 2)


def test_answers_end_at_end_tokens_at_limits_and_at_the_context(model):
    endless = engine(model, ends=[]).generate(PROMPTS, GREEDY, 5)
    assert all(len(one.tokens) == 24 and not one.ended for [one] in endless)
    end = endless[0][0].tokens[9]
    first = endless[0][0].tokens.index(end)
    [[ended]] = engine(model, ends=[end]).generate(PROMPTS[:1], GREEDY, 1)
    assert (ended.tokens, ended.ended) == (endless[0][0].tokens[:first], True)
    assert len(ended.logprobs) == first
    [[short]] = engine(model, ends=[], context=45).generate([PROMPTS[1]], GREEDY, 1)
    assert (len(short.tokens), short.ended) == (5, False)


def test_an_answer_of_one_token(model):
    for limit in (1, 2):
        [[one]] = engine(model, ends=[]).generate(PROMPTS[:1], replace(GREEDY, max_tokens=limit), 1)
        assert len(one.tokens) == limit


def test_stopped_answers_free_their_slots(model):
    whole = engine(model, ends=[]).generate(PROMPTS, GREEDY, 5)
    got = engine(model, ends=[]).generate(PROMPTS, GREEDY, 2, stopped=lambda tokens: len(tokens) >= 7)
    assert [one.tokens for [one] in got] == [one.tokens[:7] for [one] in whole]
    assert all(one.ended for [one] in got)


def test_beams_are_at_least_as_likely_as_greedy_answers(model):
    with families.plain_attention(model):
        [[greedy]] = generation_plain.generate(model, PROMPTS[:1], GREEDY, [], tiny.CONTEXT)
        wide = replace(GREEDY, beams=4, samples=2)
        [beams] = generation_plain.generate(model, PROMPTS[:1], wide, [], tiny.CONTEXT)
    assert len(beams) == 2
    assert sum(beams[0].logprobs) >= sum(greedy.logprobs) - 1e-4


LOGITS = torch.log(torch.tensor([[0.5, 0.3, 0.15, 0.05]]))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"temperature": 1.0, "top_p": 1.0}, [0.5, 0.3, 0.15, 0.05]),
        ({"temperature": 1.0, "top_p": 0.75}, [0.625, 0.375, 0, 0]),
        ({"temperature": 1.0, "top_p": 0.1}, [1, 0, 0, 0]),
        ({"temperature": 1.0, "top_p": 1.0, "top_k": 3}, [0.5 / 0.95, 0.3 / 0.95, 0.15 / 0.95, 0]),
        ({"temperature": 1.0, "top_p": 0.6, "top_k": 2}, [1, 0, 0, 0]),
        ({"temperature": 0.5, "top_p": 1.0}, [0.25 / 0.365, 0.09 / 0.365, 0.0225 / 0.365, 0.0025 / 0.365]),
        ({"temperature": 0.0}, [1, 0, 0, 0]),
    ],
)
def test_tokens_are_drawn_by_their_shares(settings, expected):
    """The numbers go through [0, 1) evenly, so that shares come out to within one part of their count."""
    count = 4000
    plan = DrawPlan.of(Sampling(**settings), 4)
    even = torch.arange(count, dtype=torch.float32) / count
    chosen, logprob = draw(LOGITS.expand(count, 4).contiguous(), even, plan)
    shares = Counter(chosen.tolist())
    assert [shares[token] / count for token in range(4)] == pytest.approx(expected, abs=2 / count)
    assert logprob.tolist() == pytest.approx([LOGITS[0, token].item() for token in chosen.tolist()], abs=1e-5)


@pytest.mark.parametrize("settings", [{"top_p": 0.9}, {"top_p": 1.0}, {"top_k": 5}])
def test_the_largest_number_below_one_draws_a_token_that_is_kept(settings):
    logits = torch.full((1, 3000), -torch.inf)
    logits[0, :7] = torch.log(torch.full((7,), 1 / 7))
    plan = DrawPlan.of(Sampling(temperature=1.3, **settings), 3000)
    last = torch.tensor([float(torch.nextafter(torch.tensor(1.0), torch.tensor(0.0)))])
    chosen, logprob = draw(logits, last, plan)
    assert chosen.item() < 7
    assert math.isfinite(logprob.item())


def test_numbers_of_a_draw_are_told_by_seed_prompt_and_sample():
    base = uniforms(1, [1, 2], 0, 8).tolist()
    assert base == uniforms(1, [1, 2], 0, 8).tolist()
    assert base[:4] == uniforms(1, [1, 2], 0, 4).tolist()
    others = [uniforms(2, [1, 2], 0, 8), uniforms(1, [2, 1], 0, 8), uniforms(1, [1, 2], 1, 8)]
    assert all(base != other.tolist() for other in others)
