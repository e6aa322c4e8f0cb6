"""The steps by which an answer is read: its code, its signature, the names it uses."""
