"""`portalis validate`: is a text of Rust sound, and does it define what the Python does?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portalis.cli.diagnostic_text import diagnostic_lines
from portalis.cli.findings import Finding
from portalis.cli.github import github
from portalis.cli.options import STDIN, common_options, configuration
from portalis.cli.sarif import sarif
from portalis.config import ConfigError
from portalis.emit.report import ReportDiagnostic

if TYPE_CHECKING:
    from portalis.validation.validator import Issue, ValidationResult

_LEVELS = {"syntax": "SYNTAX_ONLY", "semantic": "SEMANTIC", "full": "FULL"}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE.rs...")
@click.option(
    "--python",
    "python_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The Python that the Rust is a translation of: each function, parameter and exception needs its "
    "counterpart.",
)
@click.option(
    "--level",
    type=click.Choice(list(_LEVELS)),
    default="full",
    show_default=True,
    help="How much is asked: that it parses; that rustc accepts it; clippy, rustfmt and documentation too.",
)
@click.option(
    "--forbid",
    multiple=True,
    metavar="LINT",
    help="A lint that counts as an error (unsafe_code, clippy::unwrap_used); may be repeated.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How to show the result.",
)
@common_options
@click.pass_context
def validate(
    ctx: click.Context,
    files: tuple[str, ...],
    python_file: Path | None,
    level: str,
    forbid: tuple[str, ...],
    output_format: str,
    config_file: Path | None,
) -> None:
    """Judge Rust text: syntax, types, unsafe code, ways to panic, style, and its likeness to the Python.

    The Rust is compiled, never run. A file - is standard input. Exits with 0 when there are no errors,
    1 when there are.

    \b
    portalis validate answer.rs --python original.py
    portalis validate --level semantic --forbid unsafe_code src/*.rs
    """
    from portalis.validation.validator import TranslationValidator, ValidationLevel

    config = configuration([], config_file)
    config.target.mkdir(parents=True, exist_ok=True)
    judge = TranslationValidator(ValidationLevel[_LEVELS[level]], forbid=forbid, target_dir=config.target)
    python = _read(str(python_file)) if python_file is not None else None
    texts = {name: _read(name) for name in files}
    results = {name: judge.validate(text, python) for name, text in texts.items()}
    _show(results, texts, output_format)
    ctx.exit(int(any(not result.is_valid() for result in results.values())))


def _read(name: str) -> str:
    """A file's text.

    Raises:
        ConfigError: it can't be read, or is not UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
        return data.decode("utf-8")
    except OSError as error:
        raise ConfigError(f"can't read {name}: {error.strerror}", "name a file of Rust") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name} is not UTF-8", "Rust source is UTF-8") from error


def _show(results: dict[str, ValidationResult], texts: dict[str, str], output_format: str) -> None:
    found = [_finding(name, issue) for name, result in results.items() for issue in result.issues]
    match output_format:
        case "json":
            files = {name: _as_json(result) for name, result in results.items()}
            click.echo(json.dumps({"schema": 1, "files": files}, indent=1, ensure_ascii=False))
        case "sarif":
            click.echo(sarif(found), nl=False)
        case "github":
            for line in github(found):
                click.echo(line)
        case _:
            for line in diagnostic_lines(found, texts[STDIN].encode() if STDIN in texts else None):
                click.echo(line)
            for name, result in results.items():
                click.echo(_summary(name, result))


def _summary(name: str, result: ValidationResult) -> str:
    errors, warnings = len(result.get_errors()), len(result.get_warnings())
    verdict = "valid" if result.is_valid() else "not valid"
    colour = "green" if result.is_valid() else "red"
    shown = "<stdin>" if name == STDIN else name
    counts = f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"
    return f"{shown}: {click.style(verdict, fg=colour, bold=True)}; {counts}"


def _finding(name: str, issue: Issue) -> Finding:
    """An issue in the form that all displays start from."""
    span = issue.span
    line, column = (span.line, span.column) if span is not None else (0, 0)
    end_line, end_column = (span.end_line, span.end_column) if span is not None else (0, 0)
    path = None if name == STDIN else Path(name).absolute()
    # What rustfmt would write can be many lines: a matter for JSON.
    hint = issue.help if "\n" not in issue.help else "run rustfmt on it"
    code = issue.code or issue.judge
    one = ReportDiagnostic(code, issue.severity, issue.message, line, column, end_line, end_column, hint)
    return Finding("" if path is None else str(path), path, "", one)


def _as_json(result: ValidationResult) -> dict[str, object]:
    return {
        "valid": result.is_valid(),
        "level": result.level.name,
        "issues": [
            {
                "code": issue.code,
                "severity": issue.severity,
                "message": issue.message,
                "judge": issue.judge,
                "help": issue.help,
                "span": None
                if issue.span is None
                else [issue.span.line, issue.span.column, issue.span.end_line, issue.span.end_column],
            }
            for issue in result.issues
        ],
        "metrics": result.metrics,
    }
