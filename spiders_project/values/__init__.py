"""Texts that people write, read as values; each mistake is a WrongInput with a sentence."""
