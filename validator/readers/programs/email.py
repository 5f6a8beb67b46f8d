"""email of Python, given text: with a multipart type the text is parts, as in mails."""

from ..reader import Reader

READER = Reader(
    summary="the package email of Python, from a file opened as text",
    formats=("headers",),
    call="email.message_from_file(file)",
    version="CPython 3.11.7",
    answers={
        "parts-of-text": "parts",
        "name-beyond-ascii": "the first line of the text",
        "blank-behind-value": "a part of the value",
    },
)
