"""What is on a page: pure functions from its bytes to values; no request, file or clock."""
