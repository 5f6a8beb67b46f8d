"""The number of files is known beforehand, and it is another: some were lost, or came twice.

It is the cheapest sum of a corpus, and the only one that notices that a whole part is not there.
"""

from __future__ import annotations

from ...corpus.options import FILES
from ..rule import Rule
from . import total

rule = Rule(
    __name__,
    code="COR015",
    summary="There are more or fewer files than the profile says.",
    check=total(FILES, lambda facts: facts.files),
    options=(FILES,),
    profile={"corpus": {"files": 2}},
    bad={"a.txt": b"One\nText.\n"},
    ok={"a.txt": b"One\nText.\n", "b.txt": b"Two\nText.\n"},
    ok_profile={"corpus": {"files": [1, 3]}},
)
