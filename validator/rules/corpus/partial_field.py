"""A field that some documents have and others lack is lost to whoever reads by the first ones.

A layer of annotation is there for all documents, or it is not a layer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...corpus.declared_checks import Agree
from ...corpus.facts import Facts
from ...corpus.options import AGREE
from ...model import about_file
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import found, wanted


def _checks(settings: Settings) -> list[Agree]:
    return [check for check in settings[AGREE] if check.what == "presence"]


def facts(settings: Settings) -> tuple[str, ...]:
    checks = _checks(settings)
    return wanted(settings, checks, *(one.field for one in checks))


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    for check in _checks(settings):
        name = check.field
        have, lack = Counter[bytes](), Counter[bytes]()
        for scope, _, keys in facts.scoped(name, check.within):
            none = keys.count(None)
            have[scope] += len(keys) - none
            lack[scope] += none
        if not any(have[scope] and lack[scope] for scope in have):
            continue
        for scope, first, keys in facts.scoped(name, check.within):
            odd = have[scope] < lack[scope]  # the fewer documents are reported: have it, or lack it
            if not have[scope] or not lack[scope]:
                continue
            total = have[scope] + lack[scope]
            for number, key in enumerate(keys, first):
                if (key is not None) is not odd:
                    continue
                told = (
                    f"`{name}` is here, but {lack[scope]} of {total} documents do not have it"
                    if odd
                    else f"`{name}` is missing, but {have[scope]} of {total} documents have it"
                )
                hit = about_file(
                    told,
                    help="give the field to all documents, or to none",
                    data={"field": name},
                )
                yield found(facts.member((name,), number), name, hit, check)


rule = Rule(
    __name__,
    code="COR013",
    summary="Some documents have a field that all must have, or none.",
    check=Corpus(facts, resolve),
    options=(AGREE,),
    profile={
        "delimiters": {"kind": "json-lines"},
        "corpus": {"agree": [{"field": "score", "what": "presence"}]},
    },
    bad={"a.jsonl": b'{"score": 1}\n{"score": 2}\n{"id": "3"}\n'},
    ok={"a.jsonl": b'{"score": 1}\n{"score": 2}\n{"score": 3}\n'},
)
