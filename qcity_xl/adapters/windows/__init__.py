"""What is asked and told, in windows of our own: over Excel, or over the desk."""
