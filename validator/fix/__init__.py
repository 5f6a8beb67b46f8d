"""Fixes: edits are made in memory, their invariants are proved, and then the file is written."""
