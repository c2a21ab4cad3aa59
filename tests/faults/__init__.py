"""What goes wrong from outside: a killed process, a full disk, a file that is open elsewhere."""
