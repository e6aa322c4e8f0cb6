"""Settings of inference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from portalis.translation.backends.protocol import Sampling

BackendName = Literal["auto", "transformers", "ctranslate2", "openai", "triton"]
DtypeName = Literal["auto", "float32", "float16", "bfloat16"]
Quantization = Literal["none", "int8", "int4"]


@dataclass(frozen=True, slots=True)
class InferenceConfig:
    """How a model is run.

    Attributes:
        max_length: the most tokens of an answer.
        temperature: 0 for the likeliest answer always; above, answers are drawn.
        batch_size: the most prompts that a local model answers together; on a CPU, the most answers.
        use_gpu: whether a GPU is used where there is one; else the CPU serves, and the log says so.
        top_p: the share of probability that is drawn from, in (0, 1].
        top_k: how many of the likeliest tokens are drawn from; 0 for all.
        samples: answers drawn for each prompt; the best is the result, the others its alternatives.
        beams: width of a beam search; 1 for none. Not together with `samples` above it.
        seed: fixes the draw where the backend can; None for a fresh one.
        stop: texts at which an answer ends.
        backend: where the model runs; `auto` tells by `model_path`.
        model: the model's name at an endpoint; None for the first that it lists.
        embedding_model: the name there of the model that embeds; None for the same.
        device: `cpu`, `cuda`, `cuda:1`, …; None to choose by `use_gpu`.
        dtype: of a local model's weights; `auto` is bfloat16 on a GPU and float32 on a CPU.
        quantization: of a local model's weights, where the backend can.
        tensor_parallel_size: over how many GPUs of one machine a local model is split.
        threads: CPU threads of a local model; None for one per core.
        load_timeout: seconds in which an endpoint must answer first, where that is less than the next.
        request_timeout: seconds in which an endpoint must answer a prompt, as a whole.
        attempts: how often a request is tried; only what is transient is tried again.
        wait_min: seconds before the second attempt; they double with each, with jitter.
        wait_max: the most seconds between attempts.
        concurrency: requests to an endpoint at a time.
        api_key_env: the environment variable that holds an endpoint's key.
        cache: whether answers and embeddings are kept on disk, by the hash of all they depend on.
        cache_dir: where; None for the user's cache folder (see `portalis cache`).
        log_dir: a folder for log files, rotated at 100 MB and kept 7 days; None for none.

    Raises:
        ValueError: a value is out of its range.
    """

    max_length: int = 512
    temperature: float = 0.2
    batch_size: int = 32
    use_gpu: bool = True
    top_p: float = 0.95
    top_k: int = 0
    samples: int = 1
    beams: int = 1
    seed: int | None = 0
    stop: tuple[str, ...] = ()
    backend: BackendName = "auto"
    model: str | None = None
    embedding_model: str | None = None
    device: str | None = None
    dtype: DtypeName = "auto"
    quantization: Quantization = "none"
    tensor_parallel_size: int = 1
    threads: int | None = None
    load_timeout: float = 600.0
    request_timeout: float = 120.0
    attempts: int = 3
    wait_min: float = 2.0
    wait_max: float = 10.0
    concurrency: int = 8
    api_key_env: str = "PORTALIS_API_KEY"
    cache: bool = True
    cache_dir: Path | None = None
    log_dir: Path | None = None

    def __post_init__(self) -> None:
        for name in ("max_length", "batch_size", "samples", "beams", "attempts", "concurrency"):
            _at_least(name, getattr(self, name), 1)
        _at_least("tensor_parallel_size", self.tensor_parallel_size, 1)
        _at_least("temperature", self.temperature, 0)
        _at_least("top_k", self.top_k, 0)
        _at_least("wait_min", self.wait_min, 0)
        _at_least("wait_max", self.wait_max, self.wait_min)
        if self.threads is not None:
            _at_least("threads", self.threads, 1)
        if not 0 < self.top_p <= 1:
            raise ValueError(f"top_p must be above 0 and at most 1, not {self.top_p}")
        for name in ("load_timeout", "request_timeout"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be more than 0, not {getattr(self, name)}")
        if self.beams > 1 and self.samples > self.beams:
            raise ValueError(
                f"beams={self.beams} gives no more than {self.beams} samples, not {self.samples}"
            )
        _one_of("backend", self.backend, get_args(BackendName))
        _one_of("dtype", self.dtype, get_args(DtypeName))
        _one_of("quantization", self.quantization, get_args(Quantization))

    @property
    def sampling(self) -> Sampling:
        """What of the settings says how answers are drawn."""
        return Sampling(
            self.max_length, self.temperature, self.top_p, self.top_k, self.samples, self.beams, self.seed,
            tuple(self.stop),
        )  # fmt: skip


def _at_least(name: str, value: float, least: float) -> None:
    if value < least:
        raise ValueError(f"{name} must be at least {least:g}, not {value}")


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")
