"""What the rules of a plan leave open, and how many points hang on it."""
