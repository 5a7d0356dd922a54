"""Extensions: they watch a crawl and report, or serve it what it needs."""
