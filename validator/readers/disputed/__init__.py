"""What readers of mails, treebanks, archives and tagged text dispute; a module a format.

Each has `QUESTIONS`. Where in a document a question is asked, `delimiters/searches` knows; where in
a compressed file, `file/streams`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module

from ..question import Question


def questions() -> Iterator[Question]:
    """All of them, found by walking this folder."""
    for name in sorted(os.listdir(os.path.dirname(__file__))):
        if name.endswith(".py") and name != "__init__.py":
            yield from import_module(f"{__name__}.{name.removesuffix('.py')}").QUESTIONS
