"""Proof by oracle: real documents, past and mutated ones too, under two checkers. docs/parity.md.

    python -m tests.oracle pep --checkout DIR [--history N] [--mutations N --seed S]
    python -m tests.oracle tldr --checkout DIR --lint DIR
    python -m tests.oracle eip --checkout DIR --lint DIR
    python -m tests.oracle conllu --checkout DIR --tools DIR

The checkouts are the user's own; nothing of them is kept here.
"""
