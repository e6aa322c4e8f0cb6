"""Diagnostics as SARIF 2.1.0, the format code-scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from portalis import __version__, rules
from portalis.cli.findings import Finding
from portalis.diagnostics import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(found: Sequence[Finding]) -> str:
    """The findings as one SARIF log with one run."""
    codes = sorted({one.diagnostic.code for one in found if one.diagnostic.code in rules.ALL})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "portalis",
                        "version": __version__,
                        "rules": [_rule(rules.ALL[code]) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(one) for one in found],
            }
        ],
    }
    return json.dumps(log, indent=1, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
    }


def _fenced(code: str) -> str:
    """Python in a Markdown fence longer than any run of backticks in it."""
    fence = "`" * (max((len(run) for run in re.findall("`+", code)), default=2) + 1)
    return f"{fence}python\n{code}{fence}"


def _result(finding: Finding) -> dict[str, object]:
    one = finding.diagnostic
    region = {"startLine": max(one.line, 1), "startColumn": max(one.column, 1)}
    if one.end_line:
        region |= {"endLine": one.end_line, "endColumn": max(one.end_column, 1)}
    text = f"{one.message}; {one.hint}" if one.hint else one.message
    message = {"text": text}
    if tests := [example.pytest for example in finding.examples if example.pytest]:
        message["text"] += f"\n\nA test that passes in python and fails in the translation:\n\n{tests[0]}"
        message["markdown"] = (
            f"{text}\n\nA test that passes in python and fails in the translation:\n\n{_fenced(tests[0])}"
        )
    return {
        "ruleId": one.code,
        "level": one.severity,
        "message": message,
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": finding.shown.replace("\\", "/")},
                    "region": region,
                }
            }
        ],
    }
