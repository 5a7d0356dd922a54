"""Pictures as plain bytes and files: looked at, named and stored without Scrapy."""
