"""How bytes become documents, and a document its metadata block and its body.

One model for every grammar (docs/delimiters.md): a `kind` says how the file is divided, and what
stands in each document is again divided into block and body. What does not fit is a flaw.
"""
