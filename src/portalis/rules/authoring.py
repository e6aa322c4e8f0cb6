"""How a rule is written down: indented text blocks, so that a family's module reads like a page."""

from __future__ import annotations

from textwrap import dedent

from portalis.diagnostics import Rule


def rule(*, code: str, name: str, summary: str, explanation: str, bad: str = "", good: str = "") -> Rule:
    """Makes a rule from indented blocks.

    Args:
        code: `PTnnn`.
        name: a short name in kebab case, unique among all rules.
        summary: one line, lower case, without a full stop.
        explanation: a paragraph; its line breaks are not kept.
        bad: Python that gives the diagnostic; empty where a short example can't show it.
        good: the same, rewritten so that it translates.
    """
    return Rule(code, name, summary, " ".join(explanation.split()), dedent(bad).strip(), dedent(good).strip())
