"""Answers, evidence and rulings as scores with their reasons."""
