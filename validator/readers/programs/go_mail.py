"""net/mail of Go: reads headers up to a blank line, which there must be; LF ends lines."""

from ..reader import Reader

READER = Reader(
    summary="net/mail of Go",
    formats=("headers",),
    call="mail.ReadMessage(reader)",
    version="Go 1.19.8",
    answers={
        "no-blank-line-behind": "an error",
        "lone-cr-line-ends": "an error",
    },
)
