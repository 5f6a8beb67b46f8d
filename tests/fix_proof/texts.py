"""Texts in the words of many languages, and the faults that are planted in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random
from typing import Final

WORDS: Final = {
    "latin": "le café était fermé où là-bas naïf forêt über straße señor mañana œuvre text und "
    "house river stone about never again winter summer",
    "cyrillic": "мир дом река зима лето снова книга слово письмо город ночь день утро небо",
    "japanese": "東京 言葉 世界 日本 図書 夏 冬 手紙 時間 朝 夜 海 山 川",
    "chinese": "世界 图书 时间 冬天 夏天 早上 夜里 山水 大海 文字 城市 河流 石头",
    "taiwanese": "世界 圖書 時間 冬天 夏天 早上 夜裡 山水 大海 文字 城市 河流 石頭",
    "korean": "세계 도서 시간 겨울 여름 아침 저녁 바다 글자 도시 강물 돌",
    "greek": "κόσμος βιβλίο χρόνος χειμώνας θάλασσα πόλη ποτάμι πέτρα νύχτα",
    "czech": "svět kniha čas zima léto ráno večer moře písmo město řeka kámen žlutý",
}
"""Words of texts; those of `latin` are in Windows-1252, too."""

Fault = Callable[[str, Random], str]


def text_of(chance: Random, script: str = "latin") -> str:
    """Some lines of words, none of which is blank."""
    words = WORDS[script].split()
    lines = (
        " ".join(chance.choices(words, k=chance.randint(2, 12))) for _ in range(lines_in(chance))
    )
    return "".join(f"{line}.\n" for line in lines)


def lines_in(chance: Random) -> int:
    return chance.choice((3, 5, 8, 13, 40))


def blanks(text: str, chance: Random) -> str:
    """Blanks behind some lines."""
    lines = text.split("\n")[:-1]
    for at in chance.sample(range(len(lines)), min(3, len(lines))):
        lines[at] += chance.choice((" ", "  ", "\t", " \t "))
    return "".join(f"{line}\n" for line in lines)


def some_crlf(text: str, chance: Random) -> str:
    """CRLF behind some lines, fewer than half."""
    lines = text.split("\n")[:-1]
    odd = {*chance.sample(range(len(lines)), (len(lines) - 1) // 2)}
    return "".join(f"{line}\r\n" if at in odd else f"{line}\n" for at, line in enumerate(lines))


def decomposed(text: str, chance: Random) -> str:
    return unicodedata.normalize("NFD", text)


def tags(text: str, chance: Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    at -= text[at - 1 : at + 1] == "\r\n"  # between them the CR would end a line of its own
    return text[:at] + "".join(chr(0xE0020 + chance.randrange(90)) for _ in range(4)) + text[at:]


def inner_mark(text: str, chance: Random) -> str:
    at = text.index(" ")
    return f"{text[:at]}\ufeff{text[at:]}"


def mark(text: str, chance: Random) -> str:
    return f"\ufeff{text}"


ALWAYS: Final[tuple[Fault, ...]] = (blanks,)
"""Faults that every encoding can write."""

IN_UNICODE: Final[tuple[Fault, ...]] = (blanks, some_crlf, decomposed, tags, inner_mark)


def planted(text: str, chance: Random, faults: tuple[Fault, ...]) -> str:
    """The text with none, some or all of the faults; the last line may lose its end at last."""
    for fault in faults:
        if chance.random() < 0.4:
            text = fault(text, chance)
    return text


def ended(text: str, chance: Random) -> str:
    return text.rstrip("\r\n") if chance.random() < 0.2 else text
