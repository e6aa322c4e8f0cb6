"""Sends by UDP."""
# cause: denied

import socket

import aims


def attack():
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", aims.PORT))
