"""The memory of a collection: a database of pictures, pages, runs and failures; no Scrapy."""
