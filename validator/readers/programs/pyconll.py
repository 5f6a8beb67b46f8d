"""pyconll: heads and ids are text to it; features are sets, and DEPS has a relation a head."""

from ..reader import Reader

READER = Reader(
    summary="pyconll, of Python",
    formats=("conllu",),
    call="pyconll.load_from_file(path)",
    version="pyconll 3.3.1",
    answers={
        "feature-without-value": "an error",
        "deps-not-a-list": "an error, or something else",
        "head-twice-in-deps": "the last of the two relations",
        "relation-of-many-parts": "an error",
        "blank-at-line-end": "cut off",
    },
)
