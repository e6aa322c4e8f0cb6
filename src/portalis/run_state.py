"""What a run of the pipeline knows so far, the second engine that may take part, and the folders it uses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from portalis.compiler.driver import Compilation
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.oracle import Asking
from portalis.compiler.frontend.project import Project
from portalis.compiler.given import Given
from portalis.compiler.unit import CompiledProject
from portalis.config import Config
from portalis.config import cache as cache_folder
from portalis.diagnostics import Diagnostic
from portalis.emit import cargo, crate
from portalis.progress import Progress
from portalis.validation import freeze, record, status
from portalis.validation.evidence import Evidence
from portalis.validation.evidence_store import EvidenceStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a second engine has to say.

    Attributes:
        given: Rust that agreed with Python when the engine tried it, by item key.
        notes: of what it tried in vain, why.
        rejected: what is to stay Python though the compiler has Rust for it.
    """

    given: Mapping[str, Given] = field(default_factory=dict)
    notes: Mapping[str, Diagnostic] = field(default_factory=dict)
    rejected: Mapping[str, Diagnostic] = field(default_factory=dict)


class Engine(Protocol):
    """A second engine: it proposes Rust for what the compiler left in Python. It is handed in from above."""

    @property
    def stamp(self) -> str:
        """What its proposals depend on, for cache keys: the model, the settings."""
        ...

    def propose(self, state: State) -> Proposals:
        """Rust for functions of a run whose own Rust rustc took, and whose tests are recorded."""
        ...

    def learn(self, state: State) -> None:
        """Take note of what was verified."""
        ...


@dataclass(slots=True)
class State:
    """What a run knows so far; each stage fills in its part."""

    sources: Sequence[Path | str]
    config: Config
    progress: Progress
    scratch: Path
    stdin: bytes | None = None
    crates: Path | None = None
    profile: cargo.Profile = "verify"
    engine: Engine | None = None
    given: Mapping[str, Given] = field(default_factory=dict)
    source: Project | None = None
    spelled: Project | None = None
    """The sources as types and Rust are made of them: with what decorators make of functions written out."""
    frozen: freeze.FrozenModules | None = None
    asking: Asking | None = None
    answer: OracleAnswer | None = None
    compilation: Compilation | None = None
    compiled: CompiledProject | None = None
    core: crate.CoreCrate | None = None
    native: Path | None = None
    recording: record.Recording | None = None
    evidence: dict[str, Evidence] = field(default_factory=dict)
    verdicts: dict[str, status.Verdict] = field(default_factory=dict)
    rejected: dict[str, Diagnostic] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def crate_folder(self) -> Path:
        """Where the crates are written: where they always are for this project, so that cargo rebuilds only
        what changed, or in the scratch folder.
        """
        return self.crates or self.scratch


def need(value: T | None) -> T:
    """A part of the state that an earlier stage has filled in."""
    assert value is not None, "the stages ran out of order"
    return value


def roots(source: Project) -> list[Path]:
    """The folders to put on `sys.path`: the import root, or that of each file given by itself."""
    return [source.root]


def target_folder(config: Config) -> Path:
    config.target.mkdir(parents=True, exist_ok=True)
    return config.target


def bytecode_cache(config: Config, source: Project) -> Path:
    """Where sandboxed children keep compiled modules: a folder per project, since they may write there."""
    name = hashlib.sha256(str(source.root).encode()).hexdigest()[:16]
    folder = cache_folder.prepare(config.cache) / "bytecode" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def mypy_cache(config: Config) -> Path:
    folder = cache_folder.prepare(config.cache) / "mypy"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def evidence_store(config: Config) -> EvidenceStore:
    return EvidenceStore(config.cache)
