"""Programs that are measured beside this project, and the environment that they live in."""
