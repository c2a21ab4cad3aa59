"""The master as a file on disk."""
