"""Stays inside C code."""
# cause: time

import re


def attack():
    re.match("(a+)+$", "a" * 60 + "b")
