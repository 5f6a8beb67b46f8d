"""Fixes: edits are applied in memory, what they must keep is proved, and then a file is written."""
