"""Machine-readable descriptions of galleries."""
