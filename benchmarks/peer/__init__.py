"""The same gallery crawled by a plain Scrapy project: nothing in it is ours."""
