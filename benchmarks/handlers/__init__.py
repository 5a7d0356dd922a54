"""What a request costs with each download handler, and with each event loop."""
