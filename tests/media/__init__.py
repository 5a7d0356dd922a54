"""Pictures as bytes, names and files: no Scrapy, no network."""
