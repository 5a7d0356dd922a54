"""The gallery's contents: one file of pictures for each category."""
