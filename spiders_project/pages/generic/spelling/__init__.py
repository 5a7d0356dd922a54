"""What addresses and file names tell by their spelling: what lies there, how large, whose."""
