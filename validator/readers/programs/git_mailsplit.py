"""git mailsplit: a separator has a time and, behind its last colon, a year above 90."""

from ..reader import Reader

READER = Reader(
    summary="git mailsplit, which git am begins with",
    formats=("mbox",),
    call="git mailsplit --keep-cr -o DIR FILE",
    version="git 2.39.5",
    answers={
        "undated-separator": "text of the mail before",
        "short-separator": "text of the mail before",
    },
)
