"""Holds up its own end."""
# cause:

import atexit
import threading
import time


def attack():
    atexit.register(time.sleep, 300)
    threading.Thread(target=time.sleep, args=(300,)).start()

    class Late:
        def __del__(self):
            time.sleep(300)

    globals()["late"] = Late()
