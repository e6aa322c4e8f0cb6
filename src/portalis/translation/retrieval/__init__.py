"""Verified pairs of Python and Rust, and the nearest of them to a given Python."""
