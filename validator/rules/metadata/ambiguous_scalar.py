"""`no` is a country to its author, false to a YAML 1.1 reader, and text to a YAML 1.2 reader.

The same holds for `0123`, `12:30`, `1_000`, `1e5` and dates. `1.10` is a version to its author and
the number 1.1 to all. In quotes they are text to everyone.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import AmbiguousScalar
from ...metadata.syntax.limits import ALLOW_AMBIGUOUS
from ...model import Hit, Severity
from ...settings.options import Settings
from ..rule import Example, Explain, Rule
from . import FRONT_MATTER, shortened

_QUOTE = 'put it in quotes: `"{text}"`'
_HELP = {
    "truth-word": 'put it in quotes if it is text, `"{text}"`; else write `true` or `false`',
    "truth-letter": 'put it in quotes: `"{text}"`; YAML 1.1 takes the letter for a truth value',
    "octal": 'put it in quotes if it is an id, `"{text}"`; write a number without leading zeros',
    "underscore": 'put it in quotes if it is text, `"{text}"`; write a number without `_`',
    "exponent": 'put it in quotes if it is text, `"{text}"`; write a number with point and sign, '
    "`1.5e+3`",
}


def explain(flaw: AmbiguousScalar, settings: Settings) -> Hit:
    first, second = flaw.readings
    what = "the key" if flaw.is_key else "the value"
    text = shortened(flaw.text)
    return flaw.hit(
        f"{what} `{text}` is {first} to some readers of YAML, {second} to others",
        help=_HELP.get(flaw.kind, _QUOTE).format(text=text),
        data={"kind": flaw.kind, "readings": list(flaw.readings)},
    )


rule = Rule(
    code="MET014",
    name="ambiguous-scalar",
    summary="An unquoted YAML value is one thing to one reader and another to the next.",
    why=__doc__,
    check=Explain(AmbiguousScalar, explain),
    options=(ALLOW_AMBIGUOUS,),
    severity=Severity.WARNING,
    bad=Example({"a.md": b"---\ncountry: no\nversion: 1.10\n---\nText.\n"}, FRONT_MATTER),
    ok=Example({"a.md": b"---\ncountry: 'no'\nversion: '1.10'\n---\nText.\n"}, FRONT_MATTER),
)
