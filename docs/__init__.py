"""Tools that make what stands here: the pages for a browser and the pictures."""
