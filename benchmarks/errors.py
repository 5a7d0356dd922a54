"""What ends a benchmark with a sentence."""


class CannotMeasure(Exception):
    """Something is missing, or a crawl did not do its work; the text says what."""
