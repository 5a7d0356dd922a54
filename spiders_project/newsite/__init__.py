"""Describes a new site from a few of its pages, and looks whether a known one still fits."""
