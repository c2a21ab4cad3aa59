"""Who must do what this round, and the pack that asks for it."""
