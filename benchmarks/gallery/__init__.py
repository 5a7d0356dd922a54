"""A gallery of photo-like pictures on disk, and the process that serves it."""
