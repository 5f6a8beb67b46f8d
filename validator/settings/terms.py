"""The keys that every declared check may have besides its own: words, severity, exemptions.

`message` and `help` are the words of the profile's author, `severity` replaces that of the rule and
may depend on a field, and for documents named in `except` the check does not count.
"""

from datetime import date
from typing import Annotated

from msgspec import Struct, field
from msgspec.structs import replace

from ..model import Hit, Severity
from .exemptions import Exempt, exempt
from .severity import Grade, Lookup, severity_of, unknown
from .value_types import Table


class Said(Struct, frozen=True):
    """How a violation of a declared check is reported for one document.

    Without a `severity`, that of the hit or of the rule counts.
    """

    message: str = ""
    help: str = ""
    severity: Severity | None = None
    notes: tuple[str, ...] = ()

    def hit(self, hit: Hit) -> Hit:
        """The hit with the author's words, if there are any; its own message becomes a note."""
        message, notes = hit.message, hit.notes
        if self.message:
            notes = (message, *notes) if message else notes
            message = self.message
        return replace(
            hit,
            message=message,
            help=self.help or hit.help,
            notes=(*notes, *self.notes),
            severity=self.severity or hit.severity,
        )


class Terms(Table, frozen=True, kw_only=True):
    """The words, severity and exemptions of one declared check; a check's record extends this."""

    message: Annotated[str, "the words of the finding"] = ""
    help: Annotated[str, "what to do about it"] = ""
    severity: Grade = ()
    exempt: Exempt = field(name="except", default=())

    def said(self, name: str, path: str, today: date, lookup: Lookup) -> Said | None:
        """How a violation is reported for the document with the id `name`; None if it is exempt.

        An exemption that has ended becomes a note. `lookup` gives the values of the fields that the
        severity depends on.
        """
        free, ended = exempt(self.exempt, name, path, today)
        if free:
            return None
        notes = (ended,) if ended else ()
        return Said(self.message, self.help, severity_of(self.severity, lookup), notes)

    def apply(
        self, hit: Hit, path: bytes, name: bytes, today: date, lookup: Lookup = unknown
    ) -> Hit | None:
        """The hit for the document at this path, with the id `name`; None if exempt. See `said`."""
        shown, own = path.decode("utf-8", "replace"), name.decode("utf-8", "replace")
        shown = shown.replace("\0", "!")  # of a member of an archive
        said = self.said(own, shown, today, lookup)
        return said.hit(hit) if said else None
