"""The page of a review: from result files to a plain view, and from the view to one HTML file."""
