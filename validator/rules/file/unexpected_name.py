"""The name carries what tools read from it: the order of the documents, their ids.

A name off the pattern sorts wrongly, hides an id, or is a stray file (`notes.txt`, `.DS_Store`,
`copy of …`) that a loader with a wildcard takes for a document.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...file.name_fields import NAME, UnexpectedName, name_reader
from ...model import FindingKind, Hit, about_file
from ...settings.options import Settings, text
from ...text.visible import visible_bytes
from ..rule import Explain, Rule

FORM = text("file.name-form", "the form of a name in words that an author knows, for messages")
EXAMPLE = text("file.name-example", "a good name, for messages")


def explain(flaw: UnexpectedName, settings: Settings) -> Hit:
    spans = name_reader(settings)
    form, example = settings[FORM], settings[EXAMPLE]
    near = next((other for other in _near(flaw.name) if spans and spans(other)), None)
    expected = f"of the form `{form}`" if form else "what `file.name` of the profile demands"
    advice = "rename it, or keep it out of the corpus with `files` or `exclude`"
    if near is not None:
        advice = f"rename it to `{visible_bytes(near)}`"
    elif example:
        advice = f"rename it like `{example}`, or keep it out of the corpus with `exclude`"
    return about_file(f"the file name `{visible_bytes(flaw.name)}` is not {expected}", help=advice)


def _near(name: bytes) -> Iterator[bytes]:
    """Names that may have been meant: other case, without stray blanks, with a corrected suffix."""
    yield name.lower()
    yield name.strip().replace(b" ", b"_")
    yield name.replace(b"-", b"_", 1).lower()
    stem, dot, suffix = name.rpartition(b".")
    yield stem
    yield stem.split(b" ")[0].split(b"(")[0] + dot + suffix
    yield name + b".txt"
    for width in (3, 4, 5, 6):
        number, _, rest = name.partition(b"_")
        if number.isdigit():
            yield number.zfill(width) + b"_" + rest


rule = Rule(
    __name__,
    code="FIL101",
    summary="A file name does not have the form that the profile declares.",
    own_kind=FindingKind.PROFILE,
    check=Explain(UnexpectedName, explain),
    options=(NAME, FORM, EXAMPLE),
    profile={"file": {"name": "[0-9]{3}[.]txt"}},
    bad={"7.txt": b"Title\nText.\n"},
    ok={"007.txt": b"Title\nText.\n"},
)
