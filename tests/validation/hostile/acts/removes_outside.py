"""Deletes outside."""
# cause: denied

import os

import aims


def attack():
    os.remove(aims.CANARY)
