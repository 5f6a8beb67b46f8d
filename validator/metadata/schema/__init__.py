"""JSON Schema 2020-12 with a vocabulary of ours, over metadata that knows where it was read."""

from __future__ import annotations
