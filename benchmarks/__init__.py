"""What Evergrove costs, measured as ratios against a peer in the same run: `make bench`."""
