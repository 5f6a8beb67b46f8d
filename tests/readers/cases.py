"""All cases."""

from __future__ import annotations

from . import cases_front_matter, cases_jsonl, cases_mbox, cases_warc
from .case import Case

CASES: list[Case] = [
    *cases_jsonl.CASES,
    *cases_front_matter.CASES,
    *cases_mbox.CASES,
    *cases_warc.CASES,
]
