"""A demo wallpaper gallery that paints its own pictures and serves them over real HTTP."""
