"""What readers of a format dispute, besides unquoted scalars: a question each, with an example.

The words of an answer follow "is": "`---a` is a key to one, the end of the block to another". An
answer that begins with "an error" is a refusal: if one reader of a profile refuses a document, the
document does not pass, whatever the others answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from . import disputed
from .question import Question

FORMATS: Final = {
    "front-matter": "YAML between `---`, then text",
    "json-lines": "a JSON value a line",
    "mbox": "mails in a row",
    "conllu": "sentences of Universal Dependencies",
    "warc": "records of a web archive",
    "headers": "lines `Name: value`, then text",
    "txtar": "files after lines `-- NAME --`",
    "tagged": "documents between `<doc …>` and `</doc>`",
    "compressed": "files ending in `.gz`, `.bz2`, `.xz` or `.zst`",
}
"""The formats that readers read: name -> description."""

QUESTIONS: Final[Mapping[str, Question]] = {
    one.name: one
    for one in sorted(disputed.questions(), key=lambda one: [*FORMATS].index(one.format))
}
"""The questions by name."""
