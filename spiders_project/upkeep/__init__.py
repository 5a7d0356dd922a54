"""Care for a collection between crawls: verify it, forget pictures, take others in; no Scrapy."""
