"""email of Python, given bytes: headers are ASCII to it, as in mails."""

from ..reader import Reader

READER = Reader(
    summary="the package email of Python, from a file opened as bytes",
    formats=("headers",),
    call="email.message_from_binary_file(file)",
    version="CPython 3.11.7",
    answers={
        "parts-of-text": "parts",
        "name-beyond-ascii": "the first line of the text, as U+FFFD",
        "blank-behind-value": "a part of the value",
        "letter-beyond-ascii": "U+FFFD for each byte",
    },
    note="in no default list: it makes U+FFFD of letters beyond ASCII",
)
