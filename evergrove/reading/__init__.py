"""Reading effect sizes out of abstracts, with the place of every number."""

from evergrove.reading.measures.lexicon import Profile, load_profile
from evergrove.reading.reader import read_abstract

__all__ = ["Profile", "load_profile", "read_abstract"]
