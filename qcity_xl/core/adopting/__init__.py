"""The office's own working book, or a newer plan, as changes to a running master."""
