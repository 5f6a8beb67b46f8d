"""Text that was decoded wrongly and written again: found, and undone."""
