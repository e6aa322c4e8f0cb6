"""`NeMoTranslator`: translation as a Python API.

    with NeMoTranslator(TranslationConfig(model_path=None)) as translator:
        result = translator.translate_function("def double(x: int) -> int: return 2 * x")
    result.rust_code    # 'pub fn double(x: i64) -> i64 { … }'

One object serves both engines. The compiler translates what it can prove, a language model proposes the
rest; with `model_path=None` the compiler works alone. What comes out has been compiled and run against the
Python, whoever wrote it, unless `validate_output` is off.
"""

from __future__ import annotations

import gc
import hashlib
import itertools
import platform
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import get_args

from portalis.build_cache import own_code
from portalis.config import cache as cache_folder
from portalis.emit.cargo import rustc_version
from portalis.translation.cache import TranslationCache
from portalis.translation.compiler_engine import translate_texts
from portalis.translation.config import TranslationConfig
from portalis.translation.model_side import ModelSide
from portalis.translation.request import Request, Unit
from portalis.translation.result import TranslatedItem, TranslationResult
from portalis.translation.statistics import Statistics, StatisticsCounter

__all__ = ["NeMoTranslator", "TranslatedItem", "TranslationConfig", "TranslationResult"]


class NeMoTranslator:
    """Translates texts of Python; may be used from several threads at once.

    Args:
        config: its settings; the defaults translate with the compiler alone and verify the result.

    Raises:
        ConfigError: the cache folder can't be made.
    """

    def __init__(self, config: TranslationConfig | None = None) -> None:
        self.config = config if config is not None else TranslationConfig()
        self._statistics = StatisticsCounter()
        self._cache: TranslationCache | None = None
        project = self.config.as_project_config()
        self._model: ModelSide | None = None
        if self.config.model_path is not None and self.config.engines != "compiler":
            self._model = ModelSide(self.config, project)
        if self.config.cache:
            folder = cache_folder.prepare(project.cache)
            self._cache = TranslationCache(folder / "translations")

    def __enter__(self) -> NeMoTranslator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free the model, if there is one; safe twice. The translator stays usable, and loads it again."""
        if self._model is not None:
            self._model.close()

    def translate_function(self, python_code: str, name: str = "") -> TranslationResult:
        """Translate a function, with what else the text defines for it.

        Args:
            python_code: a text that defines the function; helpers, constants and exceptions beside it are
                translated too.
            name: which function the status and confidence are about; all of them where empty.

        Returns:
            The translation. A text that can't be translated gives a result with `status` `python` whose
            warnings say why; it raises nothing.

        Raises:
            TypeError: `python_code` is not a str.
            CargoError: `cargo` is missing or could not do its work (`portalis.emit.cargo`).
        """
        return self._one(Request(_text(python_code), "function", name))

    def translate_class(self, python_code: str, name: str = "") -> TranslationResult:
        """Translate a class with its methods; as `translate_function` otherwise.

        Args:
            python_code: a text that defines the class.
            name: which class the status and confidence are about; all of them where empty.
        """
        return self._one(Request(_text(python_code), "class", name))

    def translate_module(self, python_code: str) -> TranslationResult:
        """Translate a whole module; as `translate_function` otherwise.

        Args:
            python_code: the text of the module.

        Returns:
            The translation; its `rust_code` is the module's whole file, `use` lines included.
        """
        return self._one(Request(_text(python_code), "module"))

    def batch_translate(self, codes: Sequence[str], unit: Unit = "module") -> list[TranslationResult]:
        """Translate many texts, `batch_size` of them at a time; results come in the order of the texts.

        Args:
            codes: the texts; one that fails costs no other.
            unit: what each text is: `function`, `class` or `module`.

        Returns:
            A result for each text; equal texts are translated once.

        Raises:
            TypeError: `codes` is itself a text, or holds what is none.
            ValueError: `unit` is none of the three.
        """
        return list(self.translate_stream(codes, unit))

    def translate_stream(self, codes: Iterable[str], unit: Unit = "module") -> Iterator[TranslationResult]:
        """Translate texts as they come, `batch_size` of them in memory at a time, in their order.

        Args:
            codes: the texts; may be larger than memory, and is read only as results are taken.
            unit: what each text is: `function`, `class` or `module`.

        Returns:
            An iterator of results.

        Raises:
            TypeError: `codes` is itself a text; one of the texts is none, when its turn comes.
            ValueError: `unit` is none of the three.
        """
        if isinstance(codes, str):
            raise TypeError("codes must be several texts, not one; put it in a list")
        if unit not in get_args(Unit):
            raise ValueError(f"unit must be one of {', '.join(get_args(Unit))}, not {unit!r}")
        return self._stream(iter(codes), unit)

    def _stream(self, pending: Iterator[str], unit: Unit) -> Iterator[TranslationResult]:
        while window := list(itertools.islice(pending, self.config.batch_size)):
            yield from self._many([Request(_text(code), unit) for code in window])
            # The trees of a batch refer to each other in circles; left alone, they pile up in a long stream.
            gc.collect()

    def get_statistics(self) -> Statistics:
        """The counts and times of this translator so far.

        Returns:
            `total`, `verified`, `compiled`, `translatable`, `python`, `cached` (counts), `success_rate` (the
            share that is verified, or translatable where nothing is validated; 0 to 1), `mean_confidence`
            (0 to 1), `total_seconds`, `mean_seconds`.
        """
        return self._statistics.take(self.config.validate_output)

    def _one(self, request: Request) -> TranslationResult:
        return self._many([request])[0]

    def _many(self, requests: Sequence[Request]) -> list[TranslationResult]:
        """Results from the cache where it has them, the others translated together; equal texts once."""
        began = time.perf_counter()
        keys = [self._key(request) for request in requests]
        found: dict[str, TranslationResult] = {}
        if self._cache is not None:
            for key in dict.fromkeys(keys):
                known = self._cache.get(key)
                if known is not None:
                    metadata = {**known.metadata, "cached": True}
                    found[key] = replace(known, metadata=metadata, processing_time=0.0)
        took = (time.perf_counter() - began) / len(requests)
        missing = {key: one for key, one in zip(keys, requests, strict=True) if key not in found}
        if missing:
            made = self._made(list(missing.values()))
            for key, result in zip(missing, made, strict=True):
                found[key] = result
                if self._cache is not None and result.metadata.get("repeatable"):
                    self._cache.put(key, result)
        results = [replace(found[key], processing_time=found[key].processing_time + took) for key in keys]
        for result in results:
            self._statistics.add(result)
        return results

    def _made(self, requests: Sequence[Request]) -> list[TranslationResult]:
        """The texts translated: by the compiler, and what that leaves by the model, if there is one."""
        config, model = self.config, self._model
        engine = model.engine if model is not None and config.validate_output else None
        if model is not None and engine is None and config.engines == "model":
            return model.proposed(requests)
        made = translate_texts(
            requests, config.as_project_config(len(requests)), validate=config.validate_output, engine=engine
        )
        if model is None or config.validate_output:
            return made
        left = [at for at, result in enumerate(made) if result.status == "python"]
        for at, proposal in zip(left, model.proposed([requests[at] for at in left]), strict=True):
            if proposal.rust_code:
                made[at] = proposal
        return made

    def _key(self, request: Request) -> str:
        """A hash of all that a result depends on: the text, what is asked, settings, toolchain, ourselves."""
        config = self.config
        parts = (
            request.python_code, request.unit, request.name, str(config.validate_output), config.effort,
            str(config.seed), str(config.verify_seconds), platform.python_version(), rustc_version(),
            own_code(), self._model.engine.stamp if self._model is not None else "",
        )  # fmt: skip
        digest = hashlib.sha256()
        for part in parts:
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "little") + data)
        return digest.hexdigest()


def _text(code: object) -> str:
    if not isinstance(code, str):
        raise TypeError(f"python_code must be a str, not {type(code).__name__}")
    return code
