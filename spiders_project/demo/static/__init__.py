"""Files the demo serves as they are."""
