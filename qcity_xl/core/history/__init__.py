"""The log, and what an undo can give back."""
