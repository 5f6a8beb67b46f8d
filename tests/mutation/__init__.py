"""Mutants of the engine: small faults put into it one at a time, to see which of them a test sees.

    python -m tests.mutation --seed 1 --count 60

It is a command, not a part of the suite: a mutant takes some seconds. The first run makes a map of
which test executes which line; that takes longer than the suite, and is kept in `.mutation/`.
"""
