"""Downloader middlewares: how requests leave this process."""
