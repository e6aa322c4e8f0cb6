"""`[tool.portalis.model]`: the model that proposes what the compiler refuses, and how much is tried."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class ModelSettings(BaseModel):
    """The keys of `[tool.portalis.model]`, written there with hyphens.

    What a key of the same name means in `InferenceConfig` it means here; what is not set is as there.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=_kebab, populate_by_name=True
    )

    path: Annotated[
        str | None,
        Field(description="a model folder, a .gguf or .nemo file, or an endpoint; no model where not set"),
    ] = None
    settings: Annotated[
        str | None, Field(description="a file like translation_model.yaml; keys here go over its own")
    ] = None
    samples: Annotated[int, Field(ge=1, description="answers asked for in each round")] = 4
    repairs: Annotated[
        int, Field(ge=0, description="rounds in which a failed answer goes back with what was wrong")
    ] = 1
    examples: Annotated[int, Field(ge=0, description="verified pairs shown with a task")] = 3
    retrieval: Annotated[
        str | None, Field(description="the file of verified pairs; in the cache folder where not set")
    ] = None
    name: Annotated[str | None, Field(description="the model's name at an endpoint")] = None
    backend: Annotated[
        Literal["auto", "transformers", "ctranslate2", "openai", "triton"] | None,
        Field(description="where the model runs; told by the path where not set"),
    ] = None
    temperature: Annotated[
        float | None, Field(ge=0, description="0 for the likeliest answer; above, answers are drawn")
    ] = None
    top_p: Annotated[
        float | None, Field(gt=0, le=1, description="share of probability that is drawn from")
    ] = None
    max_length: Annotated[int | None, Field(ge=1, description="most tokens of an answer")] = None
    batch_size: Annotated[
        int | None, Field(ge=1, description="most prompts that a local model answers together")
    ] = None
    use_gpu: Annotated[bool | None, Field(description="whether a GPU is used where there is one")] = None
    device: Annotated[str | None, Field(description="cpu, cuda, cuda:1, …")] = None
    dtype: Annotated[
        Literal["auto", "float32", "float16", "bfloat16"] | None,
        Field(description="of a local model's weights"),
    ] = None
    quantization: Annotated[
        Literal["none", "int8", "int4"] | None, Field(description="of a local model's weights")
    ] = None
    threads: Annotated[int | None, Field(ge=1, description="CPU threads of a local model")] = None
    concurrency: Annotated[int | None, Field(ge=1, description="requests to an endpoint at a time")] = None
    request_timeout: Annotated[
        float | None, Field(gt=0, description="seconds in which an endpoint must answer")
    ] = None
    api_key_env: Annotated[
        str | None, Field(description="the environment variable that holds an endpoint's key")
    ] = None
    log_dir: Annotated[str | None, Field(description="a folder for log files")] = None
