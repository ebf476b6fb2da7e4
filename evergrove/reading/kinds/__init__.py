"""What a number says: a level, a change, or a difference between groups."""
