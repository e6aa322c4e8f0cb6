"""Verification: runs a translation beside its Python original and says how far they agree.

User code runs only in the sandbox's child processes (`sandbox`, `child/`); everything else here is the
parent's side: what is asked of a child, what came back (`evidence`), and what it means for an item
(`status`).
"""
