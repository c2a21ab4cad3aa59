"""How fast the product is against what a user would pick instead; ratios, in one run."""
