"""Readers: the programs that documents are made for, each a small record of proved facts.

What a rule wants to know of them it asks of `reader_set`: do the readers of this profile differ
here, does one of them reject it? No rule knows a reader by name. `programs` has a module a reader,
`engines` what several of them share. `python -m tests.readers` asks the real programs.
"""
