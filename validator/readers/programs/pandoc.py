"""Pandoc: metadata are Markdown and all numbers text; `...` closes a block, too."""

from ..engines.pandoc_yaml import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="pandoc, which turns documents into others",
    formats=("front-matter",),
    call="pandoc --from markdown",
    version="pandoc 2.17.1.1",
    yaml=RESOLVER,
    answers={
        "second-start": "no block",
        "blank-behind-fence": "the closing fence",
        "dots-line": "the closing fence",
        "kept-block-last": "lost",
    },
    note="its values are Markdown: their text was asked, and no list with it is proved",
)
