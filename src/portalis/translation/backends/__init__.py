"""Where a language model runs: one file for each kind, all behind the protocol of `protocol.py`."""
