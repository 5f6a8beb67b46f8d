"""A reader that goes from one record to the next in a compressed file goes by its gzip members.

WARC (ISO 28500, annex D) asks for a member a record, so that an index can name the byte where one
begins. In one member for all of the file, some readers find no second record, others stop.
"""

from __future__ import annotations

from ...delimiters.flaws import SharedMember
from ...delimiters.options import MEMBERS
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: SharedMember) -> Hit:
    count, single = flaw.count, flaw.count == 1
    if flaw.inside:
        what = "a compressed member begins" if single else f"{count} compressed members begin"
        message = f"{what} inside a document" + ("" if single else ", the first of them here")
    else:
        of_all = f"{count} of {flaw.documents} documents"
        message = f"{of_all} {'does' if single else 'do'} not begin a compressed member"
        message += "" if single else "; the first of them is here"
    return flaw.hit(
        message,
        help="compress each document by itself, and put the results together",
        data={"count": count, "documents": flaw.documents, "inside": flaw.inside},
    )


# Two records in one member of gzip, and one.
_TWO = bytes.fromhex(
    "1f8b08000000000002030b770c72d637d433e0e572cecf2b49cd2bd1f549cd4b2fc9b05230e6e5e2"
    "e5f2cf4b0551e1f8558594e783280060e8cd5a4c000000"
)
_ONE = bytes.fromhex(
    "1f8b08000000000002030b770c72d637d433e0e572cecf2b49cd2bd1f549cd4b2fc9b05230e6e5e2"
    "e5f2cf4b0551000f49027b26000000"
)

rule = Rule(
    __name__,
    code="DEL055",
    summary="The members of a compressed file do not hold a document each.",
    check=Explain.of(SharedMember, explain),
    options=(MEMBERS,),
    profile={
        "encoding": {"newline": "any"},
        "delimiters": {
            "kind": "length-framed",
            "begin": {"pattern": "WARC/1\\.[01]", "form": "WARC/1.0"},
            "length-field": "Content-Length",
            "after": "\r\n\r\n",
            "empty": "allow",
            "members": "document",
        },
    },
    bad={"a.wet.gz": _TWO},
    ok={"a.wet.gz": _ONE},
)
