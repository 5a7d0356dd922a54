"""Texts that people write."""
