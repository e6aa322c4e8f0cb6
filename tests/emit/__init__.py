"""Tests of what leaves Portalis."""
