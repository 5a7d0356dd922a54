"""Reads galleries that nobody has described: pure functions from a page to values."""
