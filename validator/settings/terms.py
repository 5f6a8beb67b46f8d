"""What every declared check may carry besides what it asks: words, severity, exemptions.

`message` and `help` are the author's own words, `severity` stands above that of the rule and may
hang on a field, and documents that are named in `except` are not spoken of.
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
    """How a breach of a declared check is reported of one document.

    Without a severity it is that of the hit, or of the rule.
    """

    message: str = ""
    help: str = ""
    severity: Severity | None = None
    notes: tuple[str, ...] = ()

    def hit(self, hit: Hit) -> Hit:
        """The hit in the author's words where there are any; what it said becomes a note."""
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
    """The words, severity and exemptions of one declared check, which its own keys come before."""

    message: Annotated[str, "the words of the finding"] = ""
    help: Annotated[str, "what to do about it"] = ""
    severity: Grade = ()
    exempt: Exempt = field(name="except", default=())

    def said(self, name: str, path: str, today: date, lookup: Lookup) -> Said | None:
        """How a breach is reported of the document of this id, at this path; None if it is exempt.

        An exemption that has ended is a note. `lookup` gives the fields that the severity hangs on.
        """
        free, ended = exempt(self.exempt, name, path, today)
        if free:
            return None
        notes = (ended,) if ended else ()
        return Said(self.message, self.help, severity_of(self.severity, lookup), notes)

    def apply(
        self, hit: Hit, path: bytes, name: bytes, today: date, lookup: Lookup = unknown
    ) -> Hit | None:
        """The hit about the document at this path, of this id, under these terms; see `said`."""
        shown, own = path.decode("utf-8", "replace"), name.decode("utf-8", "replace")
        shown = shown.replace("\0", "!")  # of a member of an archive
        said = self.said(own, shown, today, lookup)
        return said.hit(hit) if said else None
