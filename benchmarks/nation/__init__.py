"""A synthetic nation: cities with other counts, names, rules and habits, and what they hand in."""
