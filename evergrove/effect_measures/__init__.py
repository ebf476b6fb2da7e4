"""The formulas of `evergrove.escalc`, one module a kind of raw summary."""
