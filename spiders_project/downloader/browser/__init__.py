"""Pages as a browser shows them; what it asks for goes through our own downloader."""
