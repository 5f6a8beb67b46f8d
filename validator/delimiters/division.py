"""Answers questions about the division of files without importing what divides them.

Most profiles have no table `delimiters`: a file is one document, and no divider is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..settings.options import Settings

if TYPE_CHECKING:
    from .kind import Kind

KEYS: Final = ("delimiters.kind", "delimiters.block", "delimiters.documents")
"""A profile without these keys takes each file as one document, as it is."""


def wanted(settings: Settings) -> bool:
    """Whether files need a divider: they hold several documents, or blocks, or are counted."""
    if not any(key in settings.values for key in KEYS):
        return False
    from .options import BLOCK, DOCUMENTS

    asked = settings[BLOCK] != "none" or settings[DOCUMENTS] is not None
    return asked or divides(settings)


def divides(settings: Settings) -> bool:
    """Whether a file may hold several documents, or none."""
    kind = _kind(settings)
    return kind is not None and kind.divides


def is_record(settings: Settings) -> bool:
    """Whether a document is a record, which is its own metadata."""
    kind = _kind(settings)
    return kind is not None and kind.is_record


def _kind(settings: Settings) -> Kind | None:
    """The kind of division of these settings; None if they do not name one."""
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
    """The form of the names of sidecars, such as `{stem}.json`; empty if documents have none."""
    if "delimiters.sidecar" not in settings.values:
        return ""
    from .options import SIDECAR

    return settings[SIDECAR]
