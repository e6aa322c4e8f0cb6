"""The calibration plot. Needs matplotlib, which `pip install portalis[bench]` brings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from portalis.bench.calibration import Bin
from portalis.config.errors import ConfigError

_LABELS = {"function": "translations as they are", "fault": "translations with a planted fault"}


def draw(found: Sequence[Bin], file: Path) -> None:
    """Draw stated confidence against the share of items that stood, as SVG or PNG by the file's ending.

    Raises:
        ConfigError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigError(
            "drawing needs matplotlib, which is not installed", "pip install 'portalis[bench]'"
        ) from error
    labels = sorted({(one.low, one.high) for one in found})
    place = {edges: at for at, edges in enumerate(labels)}
    # The same numbers give the same file.
    with mpl.rc_context({"svg.hashsalt": "portalis", "svg.fonttype": "none"}):
        figure = Figure(figsize=(8, 4.5), layout="constrained")
        axes = figure.subplots()
        for kind, label in _LABELS.items():
            own = [one for one in found if one.kind == kind]
            axes.plot(
                [place[one.low, one.high] for one in own], [one.share for one in own], "o-", label=label
            )
            for one in own:
                axes.annotate(str(one.points), (place[one.low, one.high], one.share), xytext=(4, 5),
                              textcoords="offset points", fontsize=7)  # fmt: skip
        middles = [(low + high) / 2 for low, high in labels]
        axes.plot(range(len(labels)), middles, "--", color="grey", label="stated confidence")
        axes.set_xticks(range(len(labels)), [f"{low:g} to {high:g}" for low, high in labels], rotation=30)
        axes.set_xlabel("stated confidence")
        axes.set_ylabel("share that stands a search ten times as long")
        axes.set_ylim(-0.03, 1.06)
        axes.legend(loc="lower right")
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
