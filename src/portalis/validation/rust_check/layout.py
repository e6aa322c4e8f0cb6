"""Is a text laid out as rustfmt would?"""

from __future__ import annotations

import difflib
from pathlib import Path

from portalis.diagnostics import Span
from portalis.validation.rust_check.issue import Issue
from portalis.validation.rust_check.syntax import EDITION
from portalis.validation.rust_check.tools import need_tool, run_tool


def layout_issues(text: str, folder: Path) -> list[Issue]:
    """One issue for each place that rustfmt would write otherwise; the text must parse.

    Raises:
        ToolError: rustfmt is not installed.
    """
    rustfmt = need_tool("rustfmt", "rustfmt")
    run = run_tool([rustfmt, "--edition", EDITION, "--color", "never", "--emit", "stdout"], text, folder)
    if run.status != 0:
        return []
    # With `--emit stdout`, rustfmt writes nothing but the text when it reads standard input.
    before, after = text.splitlines(), run.stdout.splitlines()
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found: list[Issue] = []
    for kind, start, end, new_start, new_end in changes:
        if kind == "equal":
            continue
        span = Span(start + 1, 1, max(end, start + 1), 1)
        wanted = "\n".join(after[new_start:new_end])
        found.append(
            Issue("rustfmt would lay this out otherwise", "warning", "PT814", span, "rustfmt", wanted)
        )
    return found
