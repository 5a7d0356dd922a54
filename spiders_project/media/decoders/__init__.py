"""Unpack all of a picture, which proves that it is whole, and return it small."""
