"""The demo gallery's own tests."""
