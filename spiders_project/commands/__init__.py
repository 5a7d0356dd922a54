"""What a person types: ``scrapy <command>``, one file for each."""
