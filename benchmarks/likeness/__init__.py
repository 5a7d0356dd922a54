"""What near-duplicates are found, and what is taken for one: measured on pictures made here."""
