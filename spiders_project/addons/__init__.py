"""Scrapy add-ons: settings that follow from other settings, before any crawler is made."""
