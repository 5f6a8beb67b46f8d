"""conllu: parses ID, FEATS, HEAD, DEPS and MISC; DEPS that it does not understand stays text."""

from ..reader import Reader

READER = Reader(
    summary="conllu, of Python",
    formats=("conllu",),
    call="conllu.parse_incr(file)",
    version="conllu 6.0.0",
    answers={
        "head-not-a-number": "an error",
        "odd-token-id": "an error",
        "second-equals-sign": "the end of the value",
        "nameless-attribute": "dropped",
        "columns-by-name": "the names of the columns",
        "blank-at-line-end": "cut off",
    },
)
