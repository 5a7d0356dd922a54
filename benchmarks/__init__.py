"""What the project costs in memory and CPU, measured side by side with Scrapy's own parts."""
