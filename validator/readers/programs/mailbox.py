"""mailbox of Python: each line that begins with `From ` starts a mail."""

from ..reader import Reader

READER = Reader(
    summary="the module mailbox of Python",
    formats=("mbox",),
    call="mailbox.mbox(path)",
    version="CPython 3.11.7",
)
