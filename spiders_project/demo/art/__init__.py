"""Painters of the demo pictures: every scene is a pure function of its brief."""
