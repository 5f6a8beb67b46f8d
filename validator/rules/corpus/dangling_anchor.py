"""A link into a part of a page that has no such part: readers land at its top and must search.

With `anchors = true` beside `to = "file"`, the fragment of a path (`page.md#part`, `#part`) must be
an anchor of that file: of Markdown what GitHub makes of its headings, and the `id` or `name` of
HTML in it; of reStructuredText what docutils makes of its titles and targets. Other files, and
those that are not there, are passed by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...body.sections import SECTIONS
from ...corpus.facts import Facts
from ...corpus.options import REFERENCES
from ...errors import Nearest
from ...settings.options import Settings
from ...text.visible import visible
from ..rule import Corpus, CorpusHit, Rule
from . import about_item, found, is_link, leads_to, wanted

FEW = 12
"""Anchors at most that a message lists where no anchor has a similar name."""

MANY = 2000
"""Anchors at most among which the nearest one is looked for."""


def facts(settings: Settings) -> tuple[str, ...]:
    checks = [check for check in settings[REFERENCES] if check.anchors]
    return wanted(settings, [check.terms for check in checks], *(check.field for check in checks))


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.fragments import lost_anchors

    syntax, near = settings[SECTIONS].syntax, Nearest()
    for check in settings[REFERENCES]:
        if not check.anchors:
            continue
        lost = lost_anchors(facts, check, syntax, is_link(settings, check.field))
        for member, item, fragment, anchors in lost:
            words = f"{leads_to(settings, check.field, item)}, but there is no such anchor"
            words += near(visible(fragment), anchors[:MANY])
            hit = about_item(check.field, item, words, check.help, _advice(anchors))
            yield found(member, check.field, hit, check.terms, item=item)


def _advice(anchors: Sequence[str]) -> str:
    if not anchors:
        return "leave out the `#` and what follows: that file has no anchors"
    some = ", ".join(f"`{visible(one)}`" for one in anchors[:FEW])
    return f"the anchors there are {some}{', …' if len(anchors) > FEW else ''}"


rule = Rule(
    __name__,
    code="COR016",
    summary="A reference leads to a part of a file that the file does not have.",
    check=Corpus(facts, resolve),
    options=(REFERENCES,),
    profile={
        "body": {"fields": {"links": {"scope": "links"}}},
        "corpus": {"references": [{"field": "body.links", "to": "file", "anchors": True}]},
    },
    bad={"a.md": b"# Some cats\n\nSee [below](#dogs).\n\n## Some dogs\n"},
    ok={"a.md": b"# Some cats\n\nSee [below](#some-dogs).\n\n## Some dogs\n"},
)
