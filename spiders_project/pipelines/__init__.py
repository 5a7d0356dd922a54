"""Scrapy item pipelines: thin adapters over the pictures and the store."""
