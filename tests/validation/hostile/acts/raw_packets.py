"""Opens a packet socket."""
# cause: denied

import socket


def attack():
    socket.socket(17, socket.SOCK_RAW)
