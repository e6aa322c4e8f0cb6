"""Connects to an abstract socket."""
# cause: denied

import socket

import aims


def attack():
    socket.socket(socket.AF_UNIX).connect("\0" + aims.ABSTRACT)
