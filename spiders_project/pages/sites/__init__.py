"""One file for each site that we know how to read; a site is known by its file being here."""
