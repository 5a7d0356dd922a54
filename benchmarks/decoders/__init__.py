"""Decoders side by side: how fast, how strict, and in how much memory they prove a picture."""
