"""How requests leave this process: how many at once, and how politely."""
