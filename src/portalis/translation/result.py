"""What a translation gives: Rust, what it needs around it, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from portalis.emit.report import Engine, ReportDiagnostic

TranslationStatus = Literal["verified", "compiled", "translatable", "python"]
"""As of an item; of several items the lowest: `python` where one stays Python."""
Metadata = dict[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class TranslatedItem:
    """One function, method, class or constant of the text.

    Attributes:
        name: its qualified name.
        kind: `function`, `method`, `class` or `constant`.
        status: `verified`, `compiled`, `translatable` (not verified because that was not asked) or `python`.
        confidence: 95 % lower bound on agreement times the share of branches reached, 0 to 1.
        cases: how many different inputs agreed.
        diagnostics: why it is not more.
        engine: what wrote its Rust: `compiler` or `model`.
    """

    name: str
    kind: str
    status: TranslationStatus
    confidence: float = 0.0
    cases: int = 0
    diagnostics: tuple[ReportDiagnostic, ...] = ()
    engine: Engine = "compiler"


@dataclass(frozen=True, slots=True)
class TranslationResult:
    """The translation of one text.

    Attributes:
        rust_code: the Rust: of a function or class its items without `use` lines, of a module the whole
            file. Empty where nothing could be translated.
        confidence: 0 to 1. Of what was verified, the lowest of the functions asked for; 0 where one stays
            Python or none was run. Of what a model alone proposed (`NeMoService`), the model's own:
            see `portalis.translation.confidence`.
        imports: the `use` lines that `rust_code` needs, as paths (`crate::runtime::int`).
        status: the lowest of the items asked for.
        items: every item of the text.
        crate: the whole as one self-contained file: `rust_code`, the error type and the helpers it uses, in
            modules of their own. `rustc --crate-type lib` takes it where `crates` is empty.
        crates: the Cargo dependencies it needs, package to Cargo value.
        warnings: what stands in the way of more, one line each, with code and line.
        alternatives: other proposals, best first; the compiler makes none.
        prompt_tokens: tokens that a model read for it; 0 where none did.
        generated_tokens: tokens that a model wrote for it, in all its samples.
        timings: seconds by step; of a batch, its share. `NeMoService`: `prompting`, `model`, `parsing`.
        engine: what proposed the Rust: `model` where a model wrote any of it.
        processing_time: seconds of wall time; of a batch, its share.
        metadata: further facts: `cached`, `python` and `rustc` (versions), `cases`, `seed`, `effort`, and
            `repeatable`: whether another run would say the same; only such results are cached. Of a model:
            `model`, `backend`, `device`, `prompt` (its hash), `samples`, `usable` (how many of them),
            `cached`, `finish` (`stop`, or `length` where the answer was cut), `temperature` and
            `confidence_basis` (`logprob`, `agreement` or `none`).
    """

    rust_code: str
    confidence: float
    imports: tuple[str, ...] = ()
    status: TranslationStatus = "python"
    items: tuple[TranslatedItem, ...] = ()
    crate: str = ""
    crates: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    engine: Engine = "compiler"
    prompt_tokens: int = 0
    generated_tokens: int = 0
    timings: dict[str, float] = field(default_factory=dict)
    processing_time: float = 0.0
    metadata: Metadata = field(default_factory=dict)

    @property
    def is_verified(self) -> bool:
        """Whether everything that was asked for agreed with Python on all that was tried."""
        return self.status == "verified"
