"""Checks metadata, whose values have spans, by JSON Schema 2020-12 with our own vocabulary."""

from __future__ import annotations
