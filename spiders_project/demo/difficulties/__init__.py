"""The difficulties of real life: further albums in which something is wrong with every picture."""
