"""The requests that are still to be done."""
