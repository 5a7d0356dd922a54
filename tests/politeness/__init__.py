"""Who may be in flight."""
