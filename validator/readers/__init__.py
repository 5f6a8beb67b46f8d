"""Readers: the programs that documents are made for, each a small record of proved facts.

Rules ask `reader_set`: do the readers of this profile differ here, does one of them reject the
document? No rule knows a reader by its name. `programs` has one module for each reader, `engines`
has the YAML libraries that several of them use. `python -m tests.readers` runs the real programs.
"""
