"""Kit."""

import math


def root(x: float) -> float:
    """Square root."""
    return math.sqrt(x)
