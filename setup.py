"""Lets setuptools build the egg that scrapyd takes; all facts stand in pyproject.toml."""

from setuptools import setup

setup()
