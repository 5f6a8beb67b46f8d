"""The screens of a profile: whether a file or text has a clue for any of its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from ..encoding.charsets import other_charsets
from ..encoding.utf8 import all_utf8
from ..file.stand_ins import STAND_INS
from ..memo import memo
from ..settings.options import Settings
from ..text.json_escapes import hides, texts_of
from ..text.screen.screen import AnyByte, Screen
from .plan import Bound
from .ruleset import RuleSet, rule_set
from .watchers import lazy_screen


class Verdict(Enum):
    """The outcome for some texts: all are clean, one has a clue, or one is not UTF-8 or blank.

    Whether they are text is asked only where there is no clue.
    """

    CLEAN = "clean"
    CLUE = "clue"
    NO_TEXT = "no text"


class Screens:
    """The clues of all rules about bytes as one screen, those about characters as another."""

    def __init__(self, settings: Settings, rules: RuleSet) -> None:
        self._settings = settings
        self._charsets = other_charsets(settings)
        clues = [clue for one in (*rules.locals, *rules.wholes) for clue in one.clues]
        clues += rules.wording.clues()
        of_text = [clue for one in rules.of_text for clue in one.clues]
        # a NUL may mean UTF-16, or no text; a pointer is never the document that it stands for
        self.suspicious = Screen([AnyByte(b"\0"), *STAND_INS, *clues])
        self._suspicious_text = lazy_screen(of_text)

    def verdict(self, texts: Sequence[bytes]) -> Verdict:
        """Whether small files hold text, and have no clue for a rule that looks at bytes.

        Every step is a C call for all of them: a clean file should cost little more than being
        read.
        """
        if self._charsets:
            from ..encoding.declared import small_views  # few profiles

            views = small_views(texts, self._charsets)
            if views is None or not all(views):  # one may be nothing but a byte order mark
                return Verdict.NO_TEXT
            texts = views
        plain = all(map(bytes.isascii, texts))
        others = [] if plain else [text for text in texts if not text.isascii()]
        if self.suspicious.any(texts, others):
            return Verdict.CLUE
        if all_utf8(others) and True not in map(bytes.isspace, texts):
            return Verdict.CLEAN
        return Verdict.NO_TEXT

    def clean(self, texts: list[bytes]) -> bool:
        """Whether the bytes of all texts are clean."""
        return self.verdict(texts) is Verdict.CLEAN

    def hides(self, written: bytes, records: Sequence[Mapping[str, Any]]) -> bool:
        """Whether texts of `records` may have a clue that escapes hide in `written`."""
        if not hides(written):
            return False
        return self._suspicious_text("\n".join(texts_of(records)).encode("utf-8", "replace"))


@memo
def screens(bound: Bound) -> Screens:
    """The screens of a profile."""
    return Screens(bound.settings, rule_set(bound))
