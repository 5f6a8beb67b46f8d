"""Profiles: found, read, merged, and told what is wrong with them."""
