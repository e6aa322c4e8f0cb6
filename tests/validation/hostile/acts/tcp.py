"""Connects by TCP."""
# cause: denied

import socket

import aims


def attack():
    socket.create_connection(("127.0.0.1", aims.PORT), 2).sendall(b"x")
