"""Random input for all that reads what strangers write, and the laws that hold whatever comes.

`python -m tests.fuzz` runs it, `tests/test_fuzz.py` a little of it. What it finds becomes a
fixture.
"""
