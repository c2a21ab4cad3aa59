"""One function for each thing a user can do; the command line and the ribbon call the same."""
