"""formail, of procmail: a mail has a header that it knows, and may tell its length."""

from ..reader import Reader

READER = Reader(
    summary="formail, of procmail",
    formats=("mbox",),
    call="formail -b -s PROGRAM",
    version="procmail 3.22",
    answers={
        "short-separator": "text of the mail before",
        "headers-of-no-mail": "text of the mail before",
        "content-length": "the length of the mail, over the start of the next one",
    },
)
