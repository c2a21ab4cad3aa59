"""The Excel add-in: what its buttons are, building the file, putting it where Excel loads it."""
