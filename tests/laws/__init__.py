"""What must hold of any merge, whatever offices send."""
