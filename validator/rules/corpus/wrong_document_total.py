"""The number of documents is known beforehand, and it is another: some were lost, or came twice.

It is the cheapest sum of a corpus, and the only one that notices that a whole part is not there.
"""

from __future__ import annotations

from ...corpus.options import DOCUMENTS
from ..rule import Rule
from . import total

rule = Rule(
    __name__,
    code="COR014",
    summary="There are more or fewer documents than the profile says.",
    check=total(DOCUMENTS, lambda facts: facts.documents),
    options=(DOCUMENTS,),
    profile={"corpus": {"documents": 2}},
    bad={"a.txt": b"One\nText.\n"},
    ok={"a.txt": b"One\nText.\n", "b.txt": b"Two\nText.\n"},
    ok_profile={"corpus": {"documents": [1, 3]}},
)
