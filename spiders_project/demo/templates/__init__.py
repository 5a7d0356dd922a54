"""The outer frames of the demo's pages."""
