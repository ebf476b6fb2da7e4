"""From linked values to records: fields, checks, conflicts, doubts, and what is left over."""
