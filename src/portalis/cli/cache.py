"""`portalis cache`: where what earlier runs found is kept, how much it is, and how to be rid of it."""

from __future__ import annotations

import click

from portalis.cli.text import bytes_text
from portalis.config import cache as store
from portalis.config import load_config

_MIB = 1 << 20


@click.group()
def cache() -> None:
    """Show, prune or clear the cache."""


@cache.command("dir")
def folder() -> None:
    """Print the cache folder."""
    click.echo(load_config().cache)


@cache.command()
def info() -> None:
    """Show how much the cache holds."""
    from portalis.validation.evidence_store import FILE_NAME, EvidenceStore

    found = store.info(load_config().cache)
    if not found.exists:
        click.echo(f"{found.path}: no cache yet")
        return
    click.echo(f"{found.path}: {found.files} files, {bytes_text(found.size)}")
    if (found.path / FILE_NAME).is_file():
        with EvidenceStore(found.path) as evidence:
            kept = evidence.info()
        click.echo(f"evidence of {kept.items} functions, {bytes_text(kept.size)}")


@cache.command()
@click.option(
    "--max-size",
    type=click.IntRange(min=0),
    default=64,
    show_default=True,
    metavar="MIB",
    help="What evidence may take; the least recently used goes.",
)
def prune(max_size: int) -> None:
    """Drop evidence that was not used for long."""
    from portalis.validation.evidence_store import FILE_NAME, EvidenceStore

    path = load_config().cache
    if not (path / FILE_NAME).is_file():
        click.echo(f"{path}: nothing to prune")
        return
    with EvidenceStore(path) as evidence:
        gone = evidence.prune(max_size * _MIB)
        kept = evidence.info()
    click.echo(f"dropped {gone} entries; evidence of {kept.items} functions is kept, {bytes_text(kept.size)}")


@cache.command()
def clear() -> None:
    """Delete the cache; the next run makes it anew."""
    path = load_config().cache
    before = store.info(path)
    store.clear(path)
    click.echo(
        f"cleared {path} ({bytes_text(before.size)})" if before.exists else f"{path}: nothing to clear"
    )
