"""What is proved of mails, treebanks, archives and tagged text, beside what `proof` has itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validator.delimiters.divider import Divider
from validator.document import Document, Place
from validator.profile.resolve import Profile
from validator.text.lines import Window

from .adapters_by_format import behind_first_line, mail
from .format import Format
from .grammar_mbox import mbox


def documents(data: bytes, profile: Profile) -> Iterator[Document]:
    """What a file is divided into."""
    items = Divider(profile.settings).divide([Window(data)], Place())
    return (item for item in items if isinstance(item, Document))


def our_mails(data: bytes, profile: Profile) -> list[Any]:
    """The mails of a file."""
    return [mail(behind_first_line(one.data)) for one in documents(data, profile)]


FORMATS = (
    Format(
        "mbox",
        "mbox",
        ".mbox",
        mbox,
        5000,
        (("mailbox",), ("mailbox", "git-mailsplit"), ("git-mailsplit", "formail")),
        our_mails,
        lambda data: data.count(b"\nFrom ") + 1,
    ),
)
