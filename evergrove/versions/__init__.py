"""Versions of a review: frozen small files, compared with each other and with the results of now.

`kept` reads and writes `config/reviews/<slug>/versions/<YY.minor.patch>/`; `snapshot` says what a
version keeps; `conclusion` puts a result into one of the classes that the protocol declares;
`compare` tells two snapshots apart.
"""
