"""The download handler for http and https, on libcurl."""
