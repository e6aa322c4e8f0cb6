"""Asks for a name."""
# cause: denied

import socket


def attack():
    socket.gethostbyname("example.com")
