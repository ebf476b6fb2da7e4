"""An optional second reader of abstracts: a language model that must quote what it read.

Never needed, off by default, and never asked by a run of the workflow: `evergrove second-read`
asks it once and keeps the answers beside the review; stages read the kept answers only.
"""
