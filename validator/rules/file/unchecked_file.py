"""The check of a file broke off: its worker was killed, hung, or met a defect of ours.

The file is not known to be good, so it is a finding. All other files are checked as usual.
"""

from __future__ import annotations

from ...model import Hit, Unchecked, about_file
from ..rule import Explain, Rule

_HELP = {
    "killed": "memory may have run out (the system then kills the largest process); check this "
    "file alone with `--jobs 1`",
    "timeout": "check this file alone, or give it more time with `--timeout`",
    "memory": "check this file alone with `--jobs 1`, or with more memory",
    "defect": "this is a defect of seed-validator; please report it with the file, if you may",
}


def explain(flaw: Unchecked) -> Hit:
    return about_file(f"the check of this file broke off: {flaw.reason}", help=_HELP[flaw.cause])


rule = Rule(
    __name__,
    code="FIL005",
    summary="The check of a file broke off.",
    check=Explain.of(Unchecked, explain),
)
