"""`portalis explain`: what a diagnostic means, from the same text as the reference page."""

from __future__ import annotations

from difflib import get_close_matches
from textwrap import indent

import click

from portalis import rules
from portalis.cli.text import paragraph
from portalis.diagnostics import Rule


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
def explain(code: str | None) -> None:
    """Say what a diagnostic means, with a bad and a good example.

    Without CODE, list all diagnostics.
    """
    if code is None:
        for _, title, family in rules.FAMILIES:
            click.echo(click.style(title, bold=True))
            for rule in family:
                click.echo(f"  {rule.code}  {rule.summary}")
        return
    try:
        click.echo(explanation(rules.get(code)))
    except KeyError:
        near = get_close_matches(code.upper(), list(rules.ALL), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "portalis explain lists all codes"
        raise click.UsageError(f"there is no diagnostic {code!r}; {hint}") from None


def explanation(rule: Rule) -> str:
    """The whole text of a rule, for a terminal."""
    parts = [
        f"{click.style(f'{rule.code} {rule.name}', bold=True)}: {rule.summary}",
        paragraph(rule.explanation),
    ]
    if rule.bad:
        parts += [click.style("Stays Python:", fg="red"), indent(rule.bad, "    ")]
    if rule.good:
        parts += [click.style("Write instead:", fg="green"), indent(rule.good, "    ")]
    return "\n\n".join(parts)
