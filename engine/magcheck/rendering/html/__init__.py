"""The handout: one file to print or to keep."""
