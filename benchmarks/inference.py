"""Scoreboard: the model engine against plain `generate` on the same machine, in the same run.

    python benchmarks/inference.py --model path/to/model.gguf --embedding path/to/all-MiniLM-L6-v2
    python benchmarks/inference.py --random qwen2-0.5b

For each size of batch: tokens per second and functions per minute of the slot engine and of `generate` of
transformers, both with that many prompts of `--prompt-tokens` tokens and exactly `--new-tokens` tokens of
answer, and the time of a step beside its floor: the bytes of weights and of keys and values, once, over the
memory bandwidth that a large copy reaches here. `--random` gives a named architecture random weights: speed
is the same, the text is noise. Then: what peak memory was, what a batch too large for the memory does,
whether both engines write the same, embeddings per second, and the exact five nearest of a million vectors.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch

from inference_extras import Functions, Memory, Nearest, embeddings, forced_out_of_memory, functions, nearest
from measure import table
from portalis.translation.backends import families, generation_plain
from portalis.translation.backends.generation import SlotEngine
from portalis.translation.backends.generation_cache import CacheShape
from portalis.translation.backends.local_model import device_of, load
from portalis.translation.backends.protocol import Sampling
from portalis.translation.inference_config import InferenceConfig

_LLAMA_135M = {
    "model_type": "llama", "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30,
    "num_attention_heads": 9, "num_key_value_heads": 3, "vocab_size": 49152, "max_position_embeddings": 8192,
    "tie_word_embeddings": True, "rope_theta": 100_000.0,
}  # fmt: skip
_QWEN2_05B = {
    "model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_hidden_layers": 24,
    "num_attention_heads": 14, "num_key_value_heads": 2, "vocab_size": 151936,
    "max_position_embeddings": 32768, "tie_word_embeddings": True, "rope_theta": 1_000_000.0,
}  # fmt: skip
ARCHITECTURES = {"llama-135m": _LLAMA_135M, "qwen2-0.5b": _QWEN2_05B}
_COPY_BYTES = 4 << 30
_NO_LIMIT = 1 << 20
"""Tokens: more than any prompt and answer here."""


@dataclass(frozen=True, slots=True)
class Speed:
    """One engine at one size of batch.

    Attributes:
        seconds: of the whole call, the reading of prompts included; the best of the rounds.
        step_ms: milliseconds a step, without the reading of prompts.
        tokens_per_second: tokens written, over `seconds`.
        functions_per_minute: answers, over `seconds`.
        peak_mib: GPU memory at the highest, weights included; 0 without a GPU.
    """

    seconds: float
    step_ms: float
    tokens_per_second: float
    functions_per_minute: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class AtBatch:
    """Both engines at one size of batch, and the floor of a step in milliseconds."""

    batch: int
    engine: Speed
    plain: Speed | None
    floor_ms: float
    first_call_seconds: float

    @property
    def times_plain(self) -> float | None:
        return self.plain.seconds / self.engine.seconds if self.plain else None


@dataclass(slots=True)
class Result:
    """The figures of one model."""

    model: str
    random_weights: bool
    dtype: str
    parameters: int
    machine: dict[str, str]
    prompt_tokens: int
    new_tokens: int
    bandwidth_gb_s: float
    batches: list[AtBatch] = field(default_factory=list)
    same_text: dict[str, str] = field(default_factory=dict)
    functions: Functions | None = None
    memory: Memory | None = None
    embeddings_per_second: dict[str, float] = field(default_factory=dict)
    nearest: list[Nearest] = field(default_factory=list)


def timed(work: Callable[[], object], device: torch.device) -> float:
    """Seconds of a piece of work, the device's part included."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    began = time.perf_counter()
    work()
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter() - began


def bandwidth(device: torch.device) -> float:
    """Bytes read and written a second by a large copy on the device."""
    size = _COPY_BYTES if device.type == "cuda" else _COPY_BYTES >> 5
    source = torch.randint(0, 255, (size,), dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    rounds = [timed(lambda: target.copy_(source), device) for _ in range(8)]
    return 2 * size / statistics.median(rounds[2:])


def peak(device: torch.device) -> float:
    return torch.cuda.max_memory_allocated(device) / (1 << 20) if device.type == "cuda" else 0.0


def random_model(name: str, config: InferenceConfig) -> Any:
    """A model of a named architecture with random weights, as `load` would place it."""
    from transformers import AutoConfig, AutoModelForCausalLM

    told = dict(ARCHITECTURES[name])
    device = device_of(config)
    dtype = torch.bfloat16 if config.dtype == "auto" and device != "cpu" else torch.float32
    if config.dtype != "auto":
        dtype = getattr(torch, config.dtype)
    torch.manual_seed(0)
    with torch.device(device):
        model = AutoModelForCausalLM.from_config(
            AutoConfig.for_model(told.pop("model_type"), **told), dtype=dtype
        )
    return model.to(device).eval()


def speed(run: Callable[[int], object], batch: int, new: int, rounds: int, device: torch.device) -> Speed:
    """The best of some rounds; `run` writes the given number of tokens for the whole batch."""
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
    seconds = min(timed(lambda: run(new), device) for _ in range(rounds))
    reading = min(timed(lambda: run(1), device) for _ in range(max(2, rounds)))
    step = (seconds - reading) / (new - 1)
    return Speed(seconds, 1000 * step, batch * new / seconds, 60 * batch / seconds, peak(device))


def floor_ms(model: Any, batch: int, tokens: float, per_second: float) -> float:
    """Milliseconds in which weights and the keys and values of so many tokens a row can be read once."""
    head = model.get_output_embeddings().weight
    table = model.get_input_embeddings().weight
    weights = sum(one.numel() * one.element_size() for one in model.parameters())
    if table.data_ptr() != head.data_ptr():
        weights -= table.numel() * table.element_size()  # of which a step reads one row each
    cached = CacheShape.of(model.config).bytes_per_token(head.dtype) * tokens * batch
    return 1000 * (weights + cached) / per_second


def measure(model: Any, options: argparse.Namespace, result: Result) -> None:
    """Both engines at every size of batch, into the result."""
    drawn = torch.Generator().manual_seed(1)
    for batch in options.batches:
        size = (batch, options.prompt_tokens)
        prompts = torch.randint(10, model.config.vocab_size, size, generator=drawn).tolist()
        plain = None if options.no_plain else plain_speed(model, prompts, options)
        first, ours = engine_speed(model, prompts, options)
        tokens = options.prompt_tokens + options.new_tokens / 2
        floor = floor_ms(model, batch, tokens, 1e9 * result.bandwidth_gb_s)
        result.batches.append(AtBatch(batch, ours, plain, floor, first))
        show(result.batches[-1])


def plain_speed(model: Any, prompts: list[list[int]], options: argparse.Namespace) -> Speed:
    """`generate` with its default cache."""

    def run(new: int) -> object:
        sampling = Sampling(max_tokens=new, temperature=options.temperature)
        return generation_plain.tokens(model, prompts, sampling, [], _NO_LIMIT)

    with families.plain_attention(model):
        run(2)
        return speed(run, len(prompts), options.new_tokens, options.plain_rounds, model.device)


def engine_speed(model: Any, prompts: list[list[int]], options: argparse.Namespace) -> tuple[float, Speed]:
    """The seconds of the engine's first call, in which it captures its graphs, and its speed after that."""
    families.use_slots(model)
    engine = SlotEngine(model, [], _NO_LIMIT, graphs=model.device.type == "cuda")

    def run(new: int) -> object:
        sampling = Sampling(max_tokens=new, temperature=options.temperature)
        return engine.generate(prompts, sampling, len(prompts))

    first = timed(lambda: run(options.new_tokens), model.device)
    found = speed(run, len(prompts), options.new_tokens, options.rounds, model.device)
    engine.release()
    return first, found


def show(at: AtBatch) -> None:
    ours, plain = at.engine, at.plain
    beside = f"   generate {plain.tokens_per_second:9.0f} tok/s {plain.step_ms:7.2f} ms" if plain else ""
    times = f"   {at.times_plain:5.1f} times" if at.times_plain else ""
    print(
        f"batch {at.batch:4}: {ours.tokens_per_second:9.0f} tok/s {ours.functions_per_minute:8.0f} a minute "
        f"{ours.step_ms:7.2f} ms a step (floor {at.floor_ms:.3f}, {ours.step_ms / at.floor_ms:.1f} of it) "
        f"peak {ours.peak_mib:.0f} MiB, first call {at.first_call_seconds:.1f} s{beside}{times}",
        flush=True,
    )


def same_text(model: Any) -> dict[str, str]:
    """Of 32 prompts, how many answers of 64 tokens are the same; in the model's dtype, and in float32."""
    found: dict[str, str] = {}
    drawn = torch.Generator().manual_seed(2)
    prompts = [
        torch.randint(10, model.config.vocab_size, (20 + 7 * row,), generator=drawn).tolist()
        for row in range(32)
    ]
    asked = Sampling(max_tokens=64, temperature=0)
    for dtype in dict.fromkeys((model.dtype, torch.float32)):
        model.to(dtype)
        with families.plain_attention(model):
            plain = [
                generation_plain.tokens(model, [prompt], asked, [], _NO_LIMIT)[0] for prompt in prompts[:8]
            ]
            plain += generation_plain.tokens(model, prompts[8:], asked, [], _NO_LIMIT)
        families.use_slots(model)
        engine = SlotEngine(model, [], _NO_LIMIT, graphs=model.device.type == "cuda")
        ours = [one[0].tokens for one in engine.generate(prompts, asked, 32)]
        engine.release()
        alike = [sum(a == b for a, b in zip(x, y, strict=True)) for x, y in zip(ours, plain, strict=True)]
        whole = sum(count == 64 for count in alike)
        found[str(dtype).removeprefix("torch.")] = f"{whole} of {len(prompts)}"
    return found


def machine(device: torch.device) -> dict[str, str]:
    import transformers

    name = torch.cuda.get_device_name(device) if device.type == "cuda" else platform.processor() or "cpu"
    return {"device": name, "torch": torch.__version__, "transformers": transformers.__version__}


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--model", type=Path, help="a model folder, a GGUF file or a .nemo archive")
    which.add_argument("--random", choices=sorted(ARCHITECTURES), help="an architecture, with random weights")
    parser.add_argument("--embedding", type=Path, help="a sentence-transformers folder")
    parser.add_argument(
        "--batches", type=lambda text: [int(one) for one in text.split(",")], default=[1, 8, 32, 128]
    )
    parser.add_argument("--prompt-tokens", type=int, default=512)
    parser.add_argument("--new-tokens", type=int, default=256)
    parser.add_argument("--temperature", type=float, default=0.2)
    parser.add_argument("--dtype", default="auto")
    parser.add_argument("--device", help="cpu, cuda:0, …")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plain-rounds", type=int, default=1)
    parser.add_argument("--no-plain", action="store_true", help="leave plain `generate` out")
    parser.add_argument(
        "--vectors", type=int, default=1_000_000, help="how many the nearest are sought among"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    return parser.parse_args()


def main() -> int:
    """Measures and prints."""
    options = parsed()
    config = InferenceConfig(dtype=options.dtype, device=options.device)
    if options.random:
        model, name = random_model(options.random, config), f"{options.random}, random weights"
    else:
        model, name = load(options.model, config, device_of(config)).model, options.model.name
    device = model.device
    result = Result(
        name, bool(options.random), str(model.dtype).removeprefix("torch."),
        sum(one.numel() for one in model.parameters()), machine(device), options.prompt_tokens,
        options.new_tokens, bandwidth(device) / 1e9,
    )  # fmt: skip
    table([("model", name), ("machine", result.machine), ("bandwidth", f"{result.bandwidth_gb_s:.0f} GB/s")])
    measure(model, options, result)
    result.same_text = same_text(model)
    del model
    if options.model:
        result.functions = functions(options.model, config, options.batches)
        result.memory = forced_out_of_memory(options.model, config)
    result.embeddings_per_second = embeddings(options.embedding, config)
    result.nearest = nearest(options.vectors, device)
    table([
        ("same text as generate", result.same_text),
        ("functions", result.functions),
        ("memory", result.memory),
        ("embeddings per second", result.embeddings_per_second), ("nearest", result.nearest),
    ])  # fmt: skip
    if options.json:
        options.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
