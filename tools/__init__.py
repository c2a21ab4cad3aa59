"""Makes what stands in docs/: the pages for a browser and the pictures."""
