"""Spiders before they crawl: their arguments and what all of them owe."""
