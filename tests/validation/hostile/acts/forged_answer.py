"""Sends an answer of its own making."""
# cause: channel

import json
import os
import struct


def attack():
    body = json.dumps({"constants": {"FORGED": 1}, "exceptions": [], "printed": "", "created": []}).encode()
    for number in range(3, 5000):
        try:
            os.write(number, struct.pack("<I", len(body)) + body)
        except OSError:
            pass
