"""`1.10` is a version to its author and 1.1 to every reader; `0123` is 83, and the id is lost.

All readers of the profile agree, so that nothing is misread by one of them: the text that somebody
wrote is gone nevertheless, and no schema can tell. In quotes it stays.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import Respelled
from ...metadata.syntax.limits import ALLOW_AMBIGUOUS
from ...model import FindingKind, Hit, Severity
from ...readers.options import READERS
from ..rule import Explain, Rule
from . import FRONT_MATTER, shortened


def explain(flaw: Respelled) -> Hit:
    what = "the key" if flaw.is_key else "the value"
    text = shortened(flaw.text)
    return flaw.hit(
        f"{what} `{text}` is read as the number {flaw.value}: how it is written is lost",
        help=f'if it is a version, an id or a time, put it in quotes, `"{text}"`; if it is a '
        f"number, write `{flaw.value}`",
        data={"kind": flaw.kind},
    )


rule = Rule(
    __name__,
    code="MET049",
    summary="An unquoted YAML value is a number that is not printed as it is written.",
    own_kind=FindingKind.TEXT,
    check=Explain.of(Respelled, explain),
    options=(READERS, ALLOW_AMBIGUOUS),
    severity=Severity.WARNING,
    profile=FRONT_MATTER,
    bad={"a.md": b"---\nversion: 1.10\nid: 0123\n---\nText.\n"},
    ok={"a.md": b"---\nversion: '1.10'\nid: 123\n---\nText.\n"},
)
