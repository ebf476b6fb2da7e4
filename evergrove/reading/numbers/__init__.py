"""Numbers in context: centres, spreads, intervals, p, counts and scales, and what is no result."""
