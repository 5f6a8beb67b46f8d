"""Mutants that no test can kill, or need not: what they are, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KNOWN: Final[Mapping[tuple[str, str, str, str], str]] = {}
"""By path, scope, text before and text after."""
