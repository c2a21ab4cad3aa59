"""Letters, their addresses and their fate."""
