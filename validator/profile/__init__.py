"""Profiles: found, read, merged, checked; and messages about what is wrong in them."""
