"""What `inference.py` measures beside both engines: functions, memory that ends, embeddings, neighbours."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from portalis.translation.backends.local import TransformersBackend
from portalis.translation.backends.protocol import Answer, Message, OutOfMemory, Prompt, Sampling
from portalis.translation.inference_config import InferenceConfig

_CASES = Path(__file__).resolve().parent.parent / "examples"
_ASK = "Translate this Python function to Rust. Answer with the Rust function only, in a code block."
_LONGEST = 256
_DIMENSIONS = 384


@dataclass(frozen=True, slots=True)
class Functions:
    """Real functions answered until the model ends: how many, the time, and tokens written."""

    count: int
    seconds: float
    per_minute: float
    tokens: int
    ended: int


@dataclass(frozen=True, slots=True)
class Memory:
    """A batch that the memory allowed to a process doesn't hold, halved until it does, then moved to the CPU.

    Attributes:
        allowed_mib: the memory that the process was held to.
        batch: the first size.
        halved_to: the size that went through; 0 where none did.
        answered: prompts answered at that size.
        on_cpu: prompts answered after the move to the CPU.
    """

    allowed_mib: float
    batch: int
    halved_to: int
    answered: int
    on_cpu: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The exact five nearest: milliseconds a call of so many questions, and how many agree with float64."""

    vectors: int
    questions: int
    milliseconds: float
    agree: str


def prompts(count: int) -> list[Prompt]:
    """Functions of the examples, each asked for with its own number, so that no two prompts are the same."""
    import ast

    found: list[str] = []
    for file in sorted(_CASES.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        tree = ast.parse(text)
        found += [
            ast.get_source_segment(text, node) or ""
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
        ]
    return [
        (Message("user", f"{_ASK}\n\n```python\n# {place}\n{found[place % len(found)]}\n```"),)
        for place in range(count)
    ]


def functions(path: Path, config: InferenceConfig, batches: list[int]) -> Functions:
    """Twice the largest batch of real functions, through the backend."""
    backend = TransformersBackend(str(path), replace(config, batch_size=max(batches)))
    backend.load()
    asked = prompts(2 * max(batches))
    sampling = Sampling(max_tokens=_LONGEST)
    backend.complete(asked[: max(batches)], sampling)
    began = time.perf_counter()
    answers = backend.complete(asked, sampling)
    seconds = time.perf_counter() - began
    backend.close()
    written = [one for answer in answers for one in answer.completions]
    return Functions(
        len(asked), seconds, 60 * len(asked) / seconds, sum(one.tokens for one in written),
        sum(one.finish == "stop" for one in written),
    )  # fmt: skip


def forced_out_of_memory(path: Path, config: InferenceConfig) -> Memory | None:
    """Hold the process to little memory, and go the way that the service goes; None without a GPU."""
    if not torch.cuda.is_available() or config.device == "cpu":
        return None
    gc.collect()
    torch.cuda.empty_cache()
    whole = torch.cuda.get_device_properties(0).total_memory
    backend = TransformersBackend(str(path), replace(config, batch_size=512))
    backend.load()
    allowed = torch.cuda.memory_allocated() + (1 << 30)
    torch.cuda.set_per_process_memory_fraction(allowed / whole)
    batch = len(asked := prompts(512))
    sampling = Sampling(max_tokens=_LONGEST)
    answers: list[Answer] = []
    try:
        while batch:
            try:
                answers = backend.complete(asked[:batch], sampling)
                break
            except OutOfMemory:
                batch //= 2
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    backend.move_to_cpu()
    moved = backend.complete(asked[:2], replace(sampling, max_tokens=16))
    backend.close()
    return Memory(allowed / (1 << 20), 512, batch, len(answers), len(moved))


def embeddings(path: Path | None, config: InferenceConfig) -> dict[str, float]:
    """Texts embedded a second, by size of batch: functions, each of its own text."""
    if path is None:
        return {}
    texts = [prompt[0].content for prompt in prompts(4096 if torch.cuda.is_available() else 128)]
    found: dict[str, float] = {}
    for batch in (32, 256):
        backend = TransformersBackend(str(path), replace(config, batch_size=batch))
        backend.load()
        backend.embed(texts[:batch])
        began = time.perf_counter()
        backend.embed(texts)
        found[f"batch {batch}"] = len(texts) / (time.perf_counter() - began)
        backend.close()
    return found


def nearest(count: int, device: torch.device) -> list[Nearest]:
    """The five nearest of `count` random vectors by scalar product, one question and a hundred at a time."""
    made = torch.Generator(device=device).manual_seed(3)
    store = torch.nn.functional.normalize(
        torch.randn(count, _DIMENSIONS, generator=made, device=device), dim=1
    )
    found: list[Nearest] = []
    for questions in (1, 100):
        asked = torch.nn.functional.normalize(
            torch.randn(questions, _DIMENSIONS, generator=made, device=device), dim=1
        )
        times = []
        for _ in range(6):
            began = time.perf_counter()
            got = (asked @ store.T).topk(5, dim=1).indices.cpu()
            times.append(time.perf_counter() - began)
        some = asked[:4].cpu().double().numpy() @ store.cpu().double().numpy().T
        exact = np.argsort(-some, axis=1)[:, :5]
        alike = int((got[:4].numpy() == exact).all(axis=1).sum())
        found.append(
            Nearest(count, questions, 1000 * statistics.median(times[1:]), f"{alike} of {len(some)}")
        )
    return found
