"""`no` is a country to its author, false to python-frontmatter, and text to gray-matter.

The same holds for `0123`, `12:30`, `1,000`, `1e5` and days, each to other readers; so what is asked
is what the `readers` of the profile make of an unquoted value. Where they agree, that is its value,
to a schema too, and nothing is found: a Jekyll site may write `date: 2024-01-01`. Where they do
not, or where one of them gives the document up, the finding says who reads what.
`seed-validator readers` tells of them all. In quotes a value is text to everyone.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...metadata.schema.options import SCHEMA
from ...metadata.syntax.block_flaws import AmbiguousScalar
from ...metadata.syntax.limits import ALLOW_AMBIGUOUS
from ...model import Edit, Fix, Hit
from ...readers.options import READERS
from ...settings.options import Settings
from ..rule import Explain, Rule, safely
from . import FRONT_MATTER, shortened

_QUOTE = 'put it in quotes: `"{text}"`'
_NUMBER = 'put it in quotes if it is text, `"{text}"`; write a number '
_HELP = {
    "truth-word": 'put it in quotes if it is text, `"{text}"`; else write `true` or `false`',
    "octal": 'put it in quotes if it is an id, `"{text}"`; write a number without leading zeros',
    "underscore": f"{_NUMBER}without `_`",
    "comma": f"{_NUMBER}without commas",
    "exponent": f"{_NUMBER}with point and sign, `1.5e+3`",
    "date": 'put it in quotes, `"{text}"`, or write it as all of them read it: `2024-01-31`',
}


def explain(flaw: AmbiguousScalar, settings: Settings) -> Hit:
    what = "the key" if flaw.is_key else "the value"
    text = shortened(flaw.text)
    return flaw.hit(
        f"{what} `{text}` is {flaw.evidence.words()}",
        help=_HELP.get(flaw.kind, _QUOTE).format(text=text),
        fix=_fix(flaw, settings),
        data={"kind": flaw.kind, "readings": flaw.evidence.data()},
    )


def _fix(flaw: AmbiguousScalar, settings: Settings) -> Fix | None:
    """The fix that puts quotation marks around the value; None unless the schema says `string`."""
    fields = settings[SCHEMA].get("properties", {}) if settings[SCHEMA] else {}
    said = fields.get(flaw.field) if flaw.field and isinstance(fields, Mapping) else None
    if not isinstance(said, Mapping) or said.get("type") != "string" or '"' in flaw.text:
        return None
    edit = Edit(flaw.start, flaw.end, b'"%b"' % flaw.text.encode())
    return Fix("put it in quotes", (edit,)) if "\\" not in flaw.text else None


rule = Rule(
    __name__,
    code="MET014",
    summary="An unquoted YAML value is one thing to one reader and another to the next.",
    check=Explain(AmbiguousScalar, explain),
    repairs=(
        safely(
            "It is put in quotes, where the schema says that the field is text.", "values-quoted"
        ),
    ),
    options=(READERS, ALLOW_AMBIGUOUS),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\ncountry: no\nsize: 1e5\n---\nText.\n"},
    ok={"a.md": b"---\ncountry: 'no'\nday: 2024-01-31\n---\nText.\n"},
)
