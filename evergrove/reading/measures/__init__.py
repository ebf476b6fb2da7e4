"""What was measured: profiles, names in the text, and measures that no profile knows."""
