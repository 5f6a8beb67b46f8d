"""Bytes of a text: lines, patterns, characters; and the one way to show them."""
