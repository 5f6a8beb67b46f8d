"""What readers of CoNLL-U dispute: columns that they parse further, and comments that name them."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "conllu")


def _sentence(before: str = "", **cells: str) -> bytes:
    row = dict.fromkeys("id form lemma upos xpos feats head deprel deps misc".split(), "_")
    row |= {"id": "1", "form": "a", "head": "0", "deprel": "root"} | cells
    return (
        f"{before}# sent_id = s1\n# text = a\n".encode()
        + "\t".join(row.values()).encode()
        + b"\n\n"
    )


QUESTIONS: Final = (
    _asked(
        "head-not-a-number",
        "a HEAD that is no number as one writes it",
        "text",
        "write the ID of its head, `0` for the root, `_` for none",
        _sentence(head="x"),
    ),
    _asked(
        "odd-token-id",
        "an ID with a zero at its front, or a range that does not go up",
        "an ID",
        "write it as `3`, `3-4` or `3.1`",
        _sentence(id="01"),
    ),
    _asked(
        "feature-without-value",
        "a feature without a value",
        "a feature",
        "write it as in `Number=Sing`, `_` for none",
        _sentence(feats="A"),
    ),
    _asked(
        "second-equals-sign",
        "a second `=` in an attribute",
        "a part of the value",
        "write the value without it",
        _sentence(misc="A=B=C"),
    ),
    _asked(
        "nameless-attribute",
        "an attribute without a name, such as between two `|`",
        "an attribute",
        "give it a name, or remove a `|`",
        _sentence(misc="A=B|"),
    ),
    _asked(
        "deps-not-a-list",
        "what in DEPS is no list of heads and relations",
        "text",
        "write it as in `2:nsubj|4:nsubj`, `_` for none",
        _sentence(deps="1"),
    ),
    _asked(
        "head-twice-in-deps",
        "a head that stands twice in DEPS",
        "two relations",
        "write one relation to each head, or take this reader out of the list",
        _sentence(deps="0:a|0:root"),
    ),
    _asked(
        "relation-of-many-parts",
        "a relation of five parts in DEPS",
        "a relation",
        "write four at most",
        _sentence(deps="0:a:b:c:d:e"),
    ),
    _asked(
        "columns-by-name",
        "a comment `global.columns` with other columns than these ten",
        "a comment",
        "remove it; columns of its own are for CoNLL-U Plus",
        _sentence("# global.columns = ID FORM\n"),
    ),
    _asked(
        "blank-at-line-end",
        "a blank at the end of a token",
        "a part of the last column",
        "remove it",
        _sentence(misc="A=b\u00a0"),
    ),
)
