"""Pages read from bytes: one test for each field of each site."""
