"""RIS tags and reference types, as data."""

from __future__ import annotations

# Where a field may be, best first.
TITLE = ("TI", "T1", "CT")
AUTHORS = ("AU", "A1")
JOURNAL = ("JF", "JT", "T2", "BT", "SO")
ABBREVIATION = ("J2", "JA", "JI", "J9", "JO", "J1")
# In these types T2 is the book or the meeting, and BT may be the title itself.
BOOKS = {"BOOK", "EDBOOK", "EBOOK", "THES", "RPRT", "SER", "PAMP"}
ABSTRACT = ("AB", "N2")
YEAR = ("PY", "Y1", "DA", "YR")
MONTH = ("DA", "Y1", "PY", "PD", "MO")
ARTICLE_NUMBER = ("C7", "AR", "AE")
URLS = ("UR", "L1", "L2", "LK", "L3", "L4", "UL")
DOI = ("DO", "DI", "D2")
DOI_ADDRESSES = ("L3", "UR", "LK", "L1", "L2")
# There a DOI counts only if the field, or a line of it, begins with it.
DOI_NOTES = ("N1", "M3", "ID", "U2", "U3", "C1", "C6")
PMID_NAMED = ("C3", "C5", "U1", "U2", "U3", "U4", "U5", "AN", "ID", "UT")
PMID_NOTES = ("N1", "M1", "C1", "RN")
# Values of one tag that EndNote writes one a line, with the tag before the first only.
ONE_A_LINE = frozenset(
    {"KW", "UR", "SN", "L1", "L2", "L3", "L4", "LK", "AU", "A1", "A2", "A3", "AD"}
)
# Tags whose text may hold anything that looks like a tag.
FREE_TEXT = frozenset({"AB", "N2", "TI", "T1", "T2", "N1", "KW", "AD", "M1", "JF"})

# What TY says, in words.
TYPES = {
    "ABST": "Abstract",
    "BLOG": "Blog",
    "BOOK": "Book",
    "CASE": "Case",
    "CHAP": "Book Chapter",
    "CHAPTER": "Book Chapter",
    "CLSWK": "Classical Work",
    "COMP": "Computer Program",
    "CONF": "Conference Proceedings",
    "CPAPER": "Conference Paper",
    "CTLG": "Catalog",
    "DATA": "Dataset",
    "DBASE": "Online Database",
    "DICT": "Dictionary",
    "EBOOK": "Electronic Book",
    "ECHAP": "Electronic Book Section",
    "EDBOOK": "Edited Book",
    "EJOUR": "Electronic Article",
    "ELEC": "Web Page",
    "ENCYC": "Encyclopedia",
    "GEN": "Generic",
    "GOVDOC": "Government Document",
    "GRANT": "Grant",
    "ICOMM": "Internet Communication",
    "INPR": "In Press",
    "JFULL": "Journal (full)",
    "JOUR": "Journal Article",
    "MANSCPT": "Manuscript",
    "MGZN": "Magazine Article",
    "MISC": "Miscellaneous",
    "NEWS": "Newspaper Article",
    "PAMP": "Pamphlet",
    "PAT": "Patent",
    "PCOMM": "Personal Communication",
    "PREPRINT": "Preprint",
    "RPRT": "Report",
    "SER": "Serial",
    "STAND": "Standard",
    "THES": "Thesis",
    "UNPB": "Unpublished Work",
    "UNPD": "Unpublished Work",
    "VIDEO": "Video",
    "WEB": "Web Page",
}
