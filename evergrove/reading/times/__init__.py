"""When something was measured: points, windows, visits, steps of a procedure, lengths of time."""
