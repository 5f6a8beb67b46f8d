"""A download that went wrong leaves a page for people where the document should be.

An error page, the form of a login or the answer of a storage service is saved under the name of
the document, and every reader takes its markup for text. Only names are asked of that are none of
a page for a browser: `.md`, `.txt`, `.jsonl` and the like.
"""

from __future__ import annotations

from ...file.stand_ins import STAND_INS, WebPage
from ...model import Hit
from ...text.visible import visible_bytes
from ..rule import Explain, Rule, always

_WHAT = {"HTML": "is an HTML page", "XML": "is an error message in XML", "": "is an answer"}


def explain(flaw: WebPage) -> Hit:
    title = visible_bytes(b" ".join(flaw.title.split()))
    shown = f" (its title: {title})" if title else ""
    return flaw.hit(
        f"the file {_WHAT[flaw.kind]} of a web server{shown}, not the document that its name says",
        help="get the document again and look at what the server answers; a page that is meant "
        "is called `.html`",
        data={"kind": flaw.kind or "text", "title": title},
    )


rule = Rule(
    __name__,
    code="FIL109",
    summary="A file is an HTML page or an error message of a web server.",
    check=Explain.of(WebPage, explain, always(*STAND_INS)),
    bad={"a.md": b"<!DOCTYPE html>\n<html><title>404 Not Found</title></html>\n"},
    ok={"a.md": b"A page begins with `<!DOCTYPE html>`.\n"},
)
