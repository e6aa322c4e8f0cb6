"""The code that runs inside a sandboxed child, beside the user's: standard library only.

`launch.py` loads this folder as the package `_portalis_child`, so nothing of Portalis or its dependencies is
imported there, and no name of a user's module can be taken. All imports in here are relative.
"""
