"""Which measure, group, time and size each value of a sentence has."""
