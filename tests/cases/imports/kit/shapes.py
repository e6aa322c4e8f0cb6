"""Half of a package: what the other half imports."""

UNIT = 3
NAMES = ["circle", "square"]


class ShapeError(ValueError):
    """Not a shape."""


def area(width: int, height: int = UNIT) -> int:
    if width < 0:
        raise ShapeError("negative width")
    return width * height


def kind(n: int) -> str:
    return NAMES[n]


CASES = [
    *(("area", p) for p in [(2,), (2, 5), (-1,)]),
    *(("kind", (n,)) for n in [0, -1, 2]),
]
