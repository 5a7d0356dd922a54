"""Those who fetch the same pictures from the same gallery, each by a command of its own."""
