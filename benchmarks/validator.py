"""How often `TranslationValidator` and rustc agree on broken Rust, and how long each level takes.

    python benchmarks/validator.py [--snippets 500] [--seed 1]

The snippets are small programs, each with one token dropped, doubled, swapped or replaced. rustc's verdict is
on the whole of a snippet, so the level of syntax accepts more; its parser alone is compared with tree-sitter.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.validation.rust_check.snippets import (  # noqa: E402
    STANDALONE,
    accepted_by_rustc,
    mutate,
)

from portalis.validation.rust_check.syntax import grammar_issues  # noqa: E402
from portalis.validation.validator import TranslationValidator, ValidationLevel  # noqa: E402


def main() -> None:
    """Print the counts both ways and the seconds."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--snippets", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    snippets = [mutate(rng.choice(STANDALONE), rng) for _ in range(options.snippets)]
    with tempfile.TemporaryDirectory() as folder:
        truth = accepted_by_rustc(snippets, Path(folder))
    print(f"{options.snippets} snippets, of which rustc accepts {sum(truth)}\n")
    for level in ValidationLevel:
        validator = TranslationValidator(level=level)
        began = time.perf_counter()
        verdicts = [validator.validate(text).is_valid() for text in snippets]
        seconds = (time.perf_counter() - began) / len(snippets)
        _show(level.name, verdicts, truth, seconds)
    began = time.perf_counter()
    parsed = [not grammar_issues(text) for text in snippets]
    syntax = TranslationValidator(level=ValidationLevel.SYNTAX_ONLY)
    by_parser = [syntax.validate(text).is_valid() for text in snippets]
    _show(
        "tree-sitter against rustc's parser", parsed, by_parser, (time.perf_counter() - began) / len(snippets)
    )


def _show(name: str, verdicts: list[bool], truth: list[bool], seconds: float) -> None:
    counts = Counter(zip(verdicts, truth, strict=True))
    print(f"{name}: {seconds * 1000:.0f} ms a snippet")
    print(f"  both accept {counts[True, True]}, both reject {counts[False, False]}")
    print(f"  accepted here, rejected there {counts[True, False]}; the other way {counts[False, True]}")


if __name__ == "__main__":
    main()
