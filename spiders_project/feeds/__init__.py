"""Files exported from one crawl: replaced as a whole by complete runs, and by no other."""
