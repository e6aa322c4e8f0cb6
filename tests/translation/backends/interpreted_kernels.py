"""The fused kernels give what transformers and PyTorch give; run by `test_fused.py`, on a CPU.

bfloat16 is left out: Triton's interpreter doesn't round it as a GPU does.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")
pytest.importorskip("triton", reason="PyTorch brings Triton for CUDA only")

from portalis.translation.backends import families, generation_fused  # noqa: E402
from portalis.translation.backends import generation_kernels as kernels  # noqa: E402
from portalis.translation.backends.generation import SlotEngine  # noqa: E402
from portalis.translation.backends.protocol import Sampling  # noqa: E402
from tests.translation.backends import tiny  # noqa: E402

PROMPTS = [[11, 12, 13], [5] * 40, [100, 4]]
GREEDY = Sampling(max_tokens=3, temperature=0)
WIDE = {"hidden_size": 96, "num_attention_heads": 6}  # heads of size 16, the least that is fused


@pytest.mark.parametrize("kind", ["llama", "qwen2"])
def test_fused_steps_answer_as_transformers_do(kind):
    model = tiny.model(kind, sliding_window=None, **WIDE)
    families.use_slots(model)
    assert generation_fused.unfit(model) is None
    plain = SlotEngine(model, [1], tiny.CONTEXT, graphs=False).generate(PROMPTS, GREEDY, 3)
    fused = SlotEngine(model, [1], tiny.CONTEXT, graphs=False, fused=True)
    assert fused.fused_error() < 1e-5
    for [one], [other] in zip(fused.generate(PROMPTS, GREEDY, 3), plain, strict=True):
        assert one.tokens == other.tokens
        assert one.logprobs == pytest.approx(other.logprobs, abs=1e-4)


def test_weights_laid_together_are_the_models_own():
    model = tiny.model(**WIDE, attention_bias=True)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    generation_fused.FusedDecoder(model)
    after = model.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    attention = model.base_model.layers[0].self_attn
    storage = attention.q_proj.weight.untyped_storage().data_ptr()
    assert attention.k_proj.weight.untyped_storage().data_ptr() == storage


def test_a_difference_is_seen(monkeypatch):
    model = tiny.model(**WIDE)
    families.use_slots(model)
    genuine = kernels.attend
    monkeypatch.setattr(kernels, "attend", lambda *given: genuine(*given) * 1.5)
    assert SlotEngine(model, [1], tiny.CONTEXT, graphs=False, fused=True).fused_error() > 0.05


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"hidden_act": "gelu"}, "activation"),
        ({"hidden_size": 48}, "size 8"),
        ({"num_attention_heads": 4}, "size 24"),
    ],
)
def test_other_models_are_left_to_transformers(settings, said):
    assert said in generation_fused.unfit(tiny.model(**{**WIDE, **settings}))
    assert generation_fused.unfit(tiny.model("olmo2")) == "model type olmo2"


@pytest.mark.parametrize("rope", ["dynamic", "longrope"])
def test_positions_that_depend_on_the_length_are_left_to_generate(rope):
    config = tiny.model().config
    config.rope_parameters = {"rope_type": rope, "rope_theta": 10000.0}
    assert rope in families.unfit(config, tiny.CONTEXT)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16])
@pytest.mark.parametrize("length", [64, 512])
def test_attention_reads_each_row_up_to_its_position(dtype, length):
    torch.manual_seed(0)
    positions = torch.tensor([length - 1, 0, length // 4])
    query = torch.randn(3, 6, 16).to(dtype)
    keys, values = (torch.randn(4, 2, length, 16).to(dtype) for _ in range(2))
    got = kernels.attend(query, keys, values, positions, length, 0.25).view(3, 6, 16)
    for row, position in enumerate(positions.tolist()):
        seen = slice(0, position + 1)
        shared = [part[row, :, seen].repeat_interleave(3, dim=0).float() for part in (keys, values)]
        wanted = torch.nn.functional.scaled_dot_product_attention(
            query[row, :, None].float(), *shared, scale=0.25
        )
        assert torch.allclose(got[row].float(), wanted[:, 0], atol=2e-3 if dtype == torch.float16 else 1e-5)


def test_columns_are_split_where_rows_are_few():
    assert kernels._splits(3, 64) == 1
    assert kernels._splits(3, 512) == 4
    assert kernels._splits(384, 768) == 2
    assert kernels._splits(1024, 4096) == 1


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16])
def test_norm_gate_and_rotation_round_as_transformers_does(dtype):
    torch.manual_seed(0)
    x, delta = torch.randn(3, 48).to(dtype), torch.randn(3, 48).to(dtype)
    weight, both = torch.randn(48).to(dtype), torch.randn(3, 64).to(dtype)
    added = x + delta
    scale = torch.rsqrt(added.float().pow(2).mean(dim=-1, keepdim=True) + 1e-5)
    assert torch.equal(kernels.add_norm(x, delta, weight, 1e-5), weight * (added.float() * scale).to(dtype))
    assert torch.equal(x, added)
    gated = torch.nn.functional.silu(both[:, :32]) * both[:, 32:]
    assert torch.allclose(kernels.gate(both), gated, atol=1e-6)
    keys, values = torch.zeros(2, 4, 2, 32, 16).to(dtype)
    qkv, cos, sin = torch.randn(3, 160).to(dtype), torch.randn(3, 16).to(dtype), torch.randn(3, 16).to(dtype)
    positions = torch.tensor([31, 0, 7])
    query = kernels.rotate_store(qkv, cos, sin, positions, keys, values)
    heads = qkv.view(3, 10, 16)
    turned = torch.cat((-heads[..., 8:], heads[..., :8]), dim=-1) * sin[:, None] + heads * cos[:, None]
    rows = torch.arange(3)
    assert torch.equal(query, turned[:, :6])
    assert torch.equal(keys[rows, :, positions], turned[:, 6:8])
    assert torch.equal(values[rows, :, positions], heads[:, 8:])
    assert int((keys != 0).any(dim=-1).sum()) == 6


def test_an_engine_goes_on_with_other_settings():
    model = tiny.model(**WIDE)
    families.use_slots(model)
    engine = SlotEngine(model, [1], tiny.CONTEXT, graphs=False, fused=True)
    drawn = replace(GREEDY, temperature=0.8, max_tokens=3, samples=2)
    [one], [other] = (engine.generate(PROMPTS[:1], drawn, slots) for slots in (1, 2))
    assert [answer.tokens for answer in one] == [answer.tokens for answer in other]
