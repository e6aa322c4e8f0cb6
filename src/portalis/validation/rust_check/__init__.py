"""Judging Rust text: its syntax, rustc's and clippy's verdict, layout, counterparts of the Python, metrics.

`portalis.validation.validator` is the public face; one file here for each judge.
"""
