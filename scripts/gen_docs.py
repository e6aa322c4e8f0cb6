"""Writes the reference pages that come from the code: diagnostics, support table, command line, Python API.

python scripts/gen_docs.py            write them
python scripts/gen_docs.py --check    exit with 1 where a committed page is out of date
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from api_page import api_page
from examples_page import examples_page
from mapping_pages import errors_page, types_page
from portalis import rules
from portalis.cli.app import app
from portalis.config import Settings
from portalis.diagnostics import Rule
from seed_pairs import seed_lines
from support_page import support_page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_DIAGNOSTICS_HEAD = """\
# Diagnostics

What Portalis says about code, by code. `portalis explain CODE` prints the same. Codes are stable for ever.
To keep an item in Python without a diagnostic, write `# portalis: ignore[CODE]` on its line.
"""
_EXIT_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | `check`, `verify`: all functions are translatable (verified). \
`build`, `translate`: the output stands. `test`: no test differs |
| 1 | `check`, `verify`: some are not. `test`: a test differs. \
With `--fail-under PERCENT`: fewer than that are |
| 2 | usage, configuration or surroundings: a message says what is wrong and what to do |
| 3 | a bug in Portalis, with a report to send |
| 130 | Ctrl-C; nothing is left half-written |

## Configuration

`[tool.portalis]` in the nearest pyproject.toml, from the source upward. Unknown keys are errors.

| key | default | |
|---|---|---|"""
_ENVIRONMENT = """
## Environment variables

| variable | |
|---|---|
| `PORTALIS_CACHE_DIR` | the cache folder, over `cache-dir` |
| `NO_COLOR` | no colours |
| `PORTALIS_DISABLE=1` | read by a built package: everything runs in Python |
| `PORTALIS_COUNTS=FOLDER` | read by a built package: processes leave their counts there (`1`: beside it) |
| `PORTALIS_FALLBACK=off` | read by a built package: a declined call raises instead of running in Python |
"""
NOTE = "<!-- Written by scripts/gen_docs.py from the code; change the code, then run it again. -->\n\n"


def diagnostics_page() -> str:
    """docs/diagnostics.md: every rule with its explanation and examples."""
    parts = [_DIAGNOSTICS_HEAD]
    for prefix, title, family in rules.FAMILIES:
        parts.append(f"## {prefix}xx: {title}\n")
        parts += ["| code | name | |", "|---|---|---|"]
        parts += [
            f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {_cell(rule.summary)} |"
            for rule in family
        ]
        parts.append("")
        parts += [text for rule in family for text in _rule(rule)]
    return "\n".join(parts)


def _rule(rule: Rule) -> Iterator[str]:
    yield f'### <a id="{rule.code.lower()}"></a>{rule.code} {rule.name}\n'
    yield f"{rule.summary[:1].upper()}{rule.summary[1:]}.\n"
    yield f"{rule.explanation}\n"
    if rule.bad:
        yield f"Stays Python:\n\n```python\n{rule.bad}\n```\n"
    if rule.good:
        yield f"Write instead:\n\n```python\n{rule.good}\n```\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def cli_page() -> str:
    """docs/cli.md: the help of every command, and the configuration keys."""
    parts = ["# Command line\n"]
    context = click.Context(
        app,
        info_name="portalis",
        terminal_width=100,
        max_content_width=100,
        help_option_names=["-h", "--help"],
    )
    parts += _help(app, context)
    parts.append(_EXIT_CODES)
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default!r}`".replace("'", '"')
        parts.append(f"| `{name.replace('_', '-')}` | {default} | {_cell(field.description or '')} |")
    parts.append(_ENVIRONMENT)
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> Iterator[str]:
    if context.parent:
        yield f"## {context.command_path}\n"
    yield f"```text\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                sub = click.Context(
                    inner, info_name=name, parent=context, max_content_width=100, terminal_width=100
                )
                yield from _help(inner, sub)


PAGES: dict[str, Callable[[], str]] = {
    "support.md": support_page,
    "diagnostics.md": diagnostics_page,
    "cli.md": cli_page,
    "types.md": types_page,
    "errors.md": errors_page,
    "api.md": api_page,
    "examples.md": examples_page,
}
DATA: dict[str, Callable[[], str]] = {"src/portalis/translation/retrieval/seeds.jsonl": seed_lines}
"""Files of the package that are made from the code, too; nothing is added at their head."""


def _files() -> Iterator[tuple[Path, str]]:
    for name, make in PAGES.items():
        yield DOCS / name, NOTE + make().rstrip() + "\n"
    for name, make in DATA.items():
        yield ROOT / name, make()


def main(arguments: list[str]) -> int:
    """Writes or checks the pages."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__, file=sys.stderr)
        return 2
    stale = 0
    for path, text in _files():
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old == text:
            continue
        if check:
            stale += 1
            sys.stdout.writelines(
                difflib.unified_diff(old.splitlines(True), text.splitlines(True), str(path), "now")
            )
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    if stale:
        print(f"{stale} file(s) out of date: run python scripts/gen_docs.py", file=sys.stderr)
    return int(stale > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
