"""Lists the home folder."""
# cause: denied

import os

import aims


def attack():
    aims.took(repr(os.listdir(aims.HOME + "/.ssh")))
