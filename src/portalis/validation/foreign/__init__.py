"""Rust that Portalis did not write, beside the Python it claims to equal: what is admitted, how it is called,
compiled and compared.
"""
