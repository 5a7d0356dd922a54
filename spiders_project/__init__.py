"""Every original picture of a gallery, once, byte for byte, verified, with its metadata."""

__version__ = "0.1.0"
