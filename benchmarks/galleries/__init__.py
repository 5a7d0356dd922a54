"""Galleries that software of others makes of known pictures, and what crawlers get of them."""
