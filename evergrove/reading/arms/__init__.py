"""Groups of people: how an abstract declares them, and how a sentence names them."""
