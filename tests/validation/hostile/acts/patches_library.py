"""Replaces what Portalis calls."""
# cause:

import builtins
import io
import json
import os
import re
import signal
import time
import traceback


def attack():
    def no(*args, **kwargs):
        raise RuntimeError("patched")

    for module, names in (
        (json, ("dumps", "loads", "JSONEncoder", "JSONDecoder")),
        (json.encoder, ("JSONEncoder", "c_make_encoder")),
        (json.decoder, ("JSONDecoder", "scanner")),
        (os, ("write", "read", "_exit", "getpid")),
        (time, ("monotonic", "perf_counter", "process_time", "time")),
        (signal, ("setitimer", "signal")),
        (io, ("StringIO",)),
        (traceback, ("format_exc",)),
        (re, ("compile",)),
    ):
        for name in names:
            setattr(module, name, no)
    for name in (
        "len",
        "isinstance",
        "sorted",
        "repr",
        "print",
        "type",
        "str",
        "list",
        "dict",
        "open",
        "max",
        "min",
        "sum",
        "getattr",
        "iter",
        "next",
        "enumerate",
        "zip",
    ):
        setattr(builtins, name, no)
