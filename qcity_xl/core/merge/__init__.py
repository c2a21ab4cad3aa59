"""Returned packs as decisions, and decisions as changes."""
