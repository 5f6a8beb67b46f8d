"""A pointer says where the content lies, and programs read its three lines as the content.

Git LFS, git-annex and Xet leave it where the content was not fetched: in a checkout without the
tool, in an archive that a web site made, in a workflow without `lfs: true`.
"""

from __future__ import annotations

from ...file.stand_ins import Pointer
from ...model import Hit, about_file
from ..rule import Explain, Rule

_FETCH = {
    "Git LFS": "fetch the content with `git lfs pull` (in a workflow, check out with `lfs: true`)",
    "git-annex": "fetch the content with `git annex get`",
    "Xet": "fetch the content with the tool that keeps it, `git xet` or `hf download`",
}


def explain(flaw: Pointer) -> Hit:
    size = f" of {flaw.size} bytes" if flaw.size >= 0 else ""
    return about_file(
        f"the file is a {flaw.kind} pointer: the content{size} was not fetched",
        help=_FETCH[flaw.kind],
        data={"kind": flaw.kind, "size": flaw.size},
    )


_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12345\n"

rule = Rule(
    __name__,
    code="FIL107",
    summary="A file is a pointer of Git LFS or a like tool: its content was not fetched.",
    check=Explain.of(Pointer, explain),
    bad={"a.txt": _POINTER % (b"4d7a214614ab2935c943f9e0ff69d22e" * 2)},
    ok={"a.txt": b"A pointer of Git LFS begins with `version`.\n"},
)
