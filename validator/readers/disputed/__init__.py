"""What the readers of each format dispute; a module a format.

Each has `QUESTIONS`. `delimiters/searches` finds the bytes of a document that a question is about,
`metadata/disputes` those of a metadata block, `file/streams` those of a compressed file; rules find
those of JSON records and the ends of bodies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module

from ..question import Question


def questions() -> Iterator[Question]:
    """The questions of all modules of this folder."""
    for name in sorted(os.listdir(os.path.dirname(__file__))):
        if name.endswith(".py") and name != "__init__.py":
            yield from import_module(f"{__name__}.{name.removesuffix('.py')}").QUESTIONS
