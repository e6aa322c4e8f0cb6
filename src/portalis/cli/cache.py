"""`portalis cache`: where type information and builds are kept between runs, and how to be rid of them."""

from __future__ import annotations

import click

from portalis.cli.text import bytes_text
from portalis.config import cache as store
from portalis.config import load_config


@click.group()
def cache() -> None:
    """Show or clear the cache."""


@cache.command("dir")
def folder() -> None:
    """Print the cache folder."""
    click.echo(load_config().cache)


@cache.command()
def info() -> None:
    """Show how much the cache holds."""
    found = store.info(load_config().cache)
    if not found.exists:
        click.echo(f"{found.path}: no cache yet")
        return
    click.echo(f"{found.path}: {found.files} files, {bytes_text(found.size)}")


@cache.command()
def clear() -> None:
    """Delete the cache; the next run makes it anew."""
    path = load_config().cache
    before = store.info(path)
    store.clear(path)
    click.echo(
        f"cleared {path} ({bytes_text(before.size)})" if before.exists else f"{path}: nothing to clear"
    )
