"""The fixes of a document that is in memory, each proved before it is given out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..check.plan import Named
from ..fix.rounds import Mender
from ..memo import memo
from ..model import Diagnostic
from ..profile.resolve import Profile
from .assemble import bind


def fixes(
    data: bytes,
    profile: Profile,
    *,
    name: str = "",
    unsafe: bool = False,
    today: date | None = None,
) -> Iterator[Diagnostic]:
    """The findings that can be fixed in a document, each with a `fix` that has been proved.

    It is proved that each fix keeps what its rule says that it keeps, and that the document with
    all fixes made has lost these findings and has no new one. `unsafe` adds fixes that infer what
    was meant. Edits count bytes of `data`, do not overlap, and may be made one by one or together
    (`apply_edits`). A call with the result may give more fixes, which had to wait for these.
    """
    file = Named(name or "-", name.rpartition("/")[2].encode("utf-8", "surrogateescape"))
    yield from _mender(profile, today or date.today(), unsafe).proved(file, data)


@memo
def _mender(profile: Profile, today: date, unsafe: bool) -> Mender:
    return Mender(bind(profile, []), today, unsafe=unsafe)
