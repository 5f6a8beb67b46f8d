"""Counts how often letters follow each other: `python -m benchmarks.letter_pairs`.

It writes the tables of `validator/encoding/legibility/`: `letter_pairs.txt` says of each letter of a
language how many bits it takes to say it, and to say which letter follows; `frequent_characters.txt`
has the characters of Chinese, Japanese and Korean, the most frequent first. They are counted in texts
that were written for this project: `texts_letters`, `texts_encodings` and `texts`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from validator.encoding.legibility import double_byte, languages

from .texts import LANGUAGES, sentences
from .texts_encodings import TEXTS
from .texts_letters import COUNTED

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_THAI: Final = "".join(map(chr, (*range(0xE01, 0xE3B), *range(0xE40, 0xE4F))))

ALPHABETS: Final = {
    **{
        language: _LATIN + "'" + beyond
        for language, beyond in {
            "en": "éèêïçñöüàâôæœ", "fr": "éèàùâêîôûëïüÿçœæ", "de": "äöüßéè", "es": "áéíóúüñ",
            "it": "àèéìòóùî", "pt": "áâãàçéêíóôõúü", "ca": "àèéíïòóúüç·", "gl": "áéíóúüñï",
            "nl": "éèëïöüáàóêç", "sv": "åäöéàü", "da": "æøåéèöüä", "nb": "æøåéèòôóüöä",
            "fi": "äöåéü", "is": "áðéíóúýþæö", "fo": "áíóúýæøðö", "pl": "ąćęłńóśźżé",
            "cs": "áčďéěíňóřšťúůýžöü", "sk": "áäčďéíĺľňóôŕšťúýžöü", "sl": "čšžćđéü",
            "sh": "čćđšžéü", "hu": "áéíóöőúüű", "ro": "ăâîșțşţéö", "lt": "ąčęėįšųūžéö",
            "lv": "āčēģīķļņšūžŗōö", "et": "äõöüšž", "tr": "çğıöşüâîû", "az": "çəğıöşü",
            "vi": "ăâđêôơưàáãèéìíòóùúýõ\u0300\u0301\u0303\u0309\u0323", "eo": "ĉĝĥĵŝŭ",
            "mt": "ċġħżàèìòù", "cy": "âêîôûŵŷäëïöáéàèìòù", "ga": "áéíóú", "sq": "çëé",
            "af": "êëéèïîôöûüá", "br": "âêîôûùñéàè",
        }.items()
    },
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "kk": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіғқңүұәөһ",
    "tg": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяғқҳҷӣӯ",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئءأؤيك",
    "ur": "آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےئ", "th": _THAI,
}  # fmt: skip
"""The letters of each language, lower case. Vietnamese has its tones apart, as windows-1258 does."""

BOUNDARY: Final = " "
"""Stands before and after each word."""

MOST: Final = 14
"""Bits of what was hardly ever counted, or never."""

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"

_PRIOR: Final = 10
"""Letters that are supposed to have been counted after each letter, shared out as letters are by
themselves: so few texts hold few of the pairs that there are."""

_UNSEEN: Final = 0.3
"""Times that a letter which was never met is supposed to have been."""

_WORD: Final = re.compile("(?:[^\\W\\d_]|['’·\u0e31-\u0e4e\u064b-\u0652])+")

NAMES: Final = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "ca": "Catalan", "gl": "Galician", "nl": "Dutch", "sv": "Swedish",
    "da": "Danish", "nb": "Norwegian", "fi": "Finnish", "is": "Icelandic", "fo": "Faroese",
    "pl": "Polish", "cs": "Czech", "sk": "Slovak", "sl": "Slovenian", "sh": "Croatian",
    "hu": "Hungarian", "ro": "Romanian", "lt": "Lithuanian", "lv": "Latvian", "et": "Estonian",
    "tr": "Turkish", "az": "Azerbaijani", "vi": "Vietnamese", "eo": "Esperanto", "mt": "Maltese",
    "cy": "Welsh", "ga": "Irish", "sq": "Albanian", "af": "Afrikaans", "br": "Breton",
    "ru": "Russian", "uk": "Ukrainian", "be": "Belarusian", "bg": "Bulgarian",
    "mk": "Macedonian", "sr": "Serbian", "kk": "Kazakh", "tg": "Tajik", "el": "Greek",
    "he": "Hebrew", "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "th": "Thai",
    "ja": "Japanese", "zh": "Chinese", "zt": "Chinese, traditional", "ko": "Korean",
}  # fmt: skip
"""The names that our texts go by."""

_CEDILLAS: Final = str.maketrans("șțȘȚ", "şţŞŢ")
"""Romanian has commas below `s` and `t`; most of its encodings have cedillas in their place."""

_KANA: Final = ("\u3041", "\u30ff")
_IDEOGRAPHS: Final = ("\u4e00", "\u9fff")
_SYLLABLES: Final = ("\uac00", "\ud7a3")
_FREQUENT: Final = {
    "kana": ("ja", _KANA), "ja": ("ja", _IDEOGRAPHS), "zh": ("zh", _IDEOGRAPHS),
    "zt": ("zt", _IDEOGRAPHS), "ko": ("ko", _SYLLABLES),
}  # fmt: skip


def text_of(language: str) -> str:
    """All texts of ours in a language."""
    name = NAMES[language]
    lines = sentences(name) if name in LANGUAGES else []
    text = "\n".join((COUNTED.get(name, ""), TEXTS.get(name, ""), *lines))
    return text + text.translate(_CEDILLAS) if language == "ro" else text


def rows(language: str, text: str) -> Iterator[str]:
    """Digits to the base 36: twice the bits of the boundary and each letter, by itself.

    Then a row for each of them: the bits of each that follows it.
    """
    letters = BOUNDARY + ALPHABETS[language]
    pairs = _pairs(language, text)
    met = Counter(second for _, second in pairs.elements())
    all_met = met.total() + _UNSEEN * len(letters)
    share = {one: (met[one] + _UNSEEN) / all_met for one in letters}
    firsts = Counter(first for first, _ in pairs.elements())
    yield "".join(_digit(2, share[one]) for one in letters)
    for first in letters:
        after = firsts[first] + _PRIOR
        yield "".join(
            _digit(1, (pairs[first, one] + _PRIOR * share[one]) / after) for one in letters
        )


def _pairs(language: str, text: str) -> Counter[tuple[str, str]]:
    """How often a letter of the language, or the boundary, follows another."""
    known = {BOUNDARY, *ALPHABETS[language]}
    counts: Counter[tuple[str, str]] = Counter()
    for word in _WORD.findall(text):
        spelt = f"{BOUNDARY}{_spelt(word, language)}{BOUNDARY}"
        counts.update(pair for pair in pairwise(spelt) if known.issuperset(pair))
    return counts


def frequent(language: str, first: str, last: str) -> str:
    """The characters of a range in the texts of a language, the most frequent first."""
    counts = Counter(one for one in text_of(language) if first <= one <= last)
    return "".join(one for one, _ in counts.most_common())


def _digit(times: int, share: float) -> str:
    return _DIGITS[min(times * MOST, round(-times * math.log2(share)))]


def _spelt(word: str, language: str) -> str:
    word = unicodedata.normalize("NFC", word.lower()).replace("’", "'")
    return "".join(map(_toned, word)) if language == "vi" else word


def _toned(letter: str) -> str:
    """A Vietnamese letter with its tone as a character of its own, as windows-1258 writes it."""
    if letter in ALPHABETS["vi"]:
        return letter
    parts = unicodedata.normalize("NFD", letter)
    tones = [part for part in parts if part in _TONES]
    base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return base + "".join(tones)


def tables() -> tuple[str, str]:
    """The two tables: the letters of each language with their rows; frequent characters."""
    lines = [
        line
        for language, letters in ALPHABETS.items()
        for line in (f"{language} {letters}", *rows(language, text_of(language)))
    ]
    often = [f"{name} {frequent(one, *bounds)}" for name, (one, bounds) in _FREQUENT.items()]
    return "\n".join((*lines, "")), "\n".join((*often, ""))


def main() -> None:
    """Write the tables anew."""
    pairs, often = tables()
    Path(languages.TABLE).write_text(pairs, "utf-8")
    Path(double_byte.TABLE).write_text(often, "utf-8")


if __name__ == "__main__":
    main()
