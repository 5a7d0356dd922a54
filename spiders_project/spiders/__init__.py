"""Spiders: where to go next; what is on a page they leave to ``pages``."""
