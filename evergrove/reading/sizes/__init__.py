"""How many people: of the whole study, of a group, at a time, and those who were left."""
