"""Stores that are no folder of this machine: S3, Google Cloud Storage, FTP."""
