"""What readers take away: Word, LaTeX, citations, a data archive and a manuscript.

Everything is made from `evergrove.page.view.view`, so that no export words a number for itself.
"""
