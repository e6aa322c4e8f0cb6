"""Says that all is well, and does not end."""
# cause: time

import gc
import mmap


def attack():
    while True:
        for thing in gc.get_objects():
            page = getattr(thing, "_page", None) if type(thing).__name__ == "Beat" else None
            if isinstance(page, mmap.mmap):
                page[:9] = b"\0" * 9
