"""What a profile says of division, told without dividing.

Most profiles say nothing of `delimiters`: a file is a document as it is, and nothing of all that
divides is imported for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..settings.options import Settings

if TYPE_CHECKING:
    from .kind import Kind

KEYS: Final = ("delimiters.kind", "delimiters.block", "delimiters.documents")
"""Without these a file is a document as it is."""


def wanted(settings: Settings) -> bool:
    """Whether the profile asks for more than a file as it is."""
    if not any(key in settings.values for key in KEYS):
        return False
    from .options import BLOCK, DOCUMENTS

    asked = settings[BLOCK] != "none" or settings[DOCUMENTS] is not None
    return asked or divides(settings)


def divides(settings: Settings) -> bool:
    """Whether a file may hold other than one document."""
    kind = _kind(settings)
    return kind is not None and kind.divides


def is_record(settings: Settings) -> bool:
    """Whether a document is its own metadata."""
    kind = _kind(settings)
    return kind is not None and kind.is_record


def _kind(settings: Settings) -> Kind | None:
    """The way in which these settings divide files; None if they say nothing of it."""
    if "delimiters.kind" not in settings.values:
        return None
    from .kinds import kind_of

    return kind_of(settings)


def divides_members(settings: Settings) -> bool:
    """Whether each member of a compressed file must be one document."""
    if not divides(settings):
        return False
    from .options import MEMBERS

    return settings[MEMBERS] == "document"


def sidecar_form(settings: Settings) -> str:
    """How the files beside documents are called that hold their metadata; empty without such."""
    if "delimiters.sidecar" not in settings.values:
        return ""
    from .options import SIDECAR

    return settings[SIDECAR]
