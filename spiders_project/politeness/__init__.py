"""How much, how fast and how often we ask: plain Python, no Scrapy."""
