"""The verification page: a person looks at each value beside the abstract it was read from."""
