"""Judges of the files that the product writes which have nothing to do with this project."""
