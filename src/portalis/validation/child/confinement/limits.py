"""Resource limits (`setrlimit(2)`)."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Mapping

_MAIN_STACK = 64 << 20


def limit_resources(limits: Mapping[str, int]) -> None:
    """Set the soft and hard limits named in `limits` (`RLIMIT_AS` and so on), and bound the stack.

    One the machine doesn't know stays as it is. Raises OSError where one is refused.
    """
    for name, amount in limits.items():
        which = getattr(resource, name, None)
        if which is None:
            continue
        _, hard = resource.getrlimit(which)
        top = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        with contextlib.suppress(ValueError):
            resource.setrlimit(which, (top, top))
    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    if soft == resource.RLIM_INFINITY or soft > _MAIN_STACK:
        soft = _MAIN_STACK
    resource.setrlimit(resource.RLIMIT_STACK, (soft, soft))
