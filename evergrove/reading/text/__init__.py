"""The text itself: tokens, sentences, sections, languages, and the words of the grammar."""
