"""The structure of picture files, walked without unpacking them; one module for each format."""
