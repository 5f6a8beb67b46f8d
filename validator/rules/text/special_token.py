"""A tokenizer may take `<|endoftext|>` in a document for its own control token.

Then the document ends there for the model, or the tokenizer stops: 67 of 11,833 documents of one
corpus were never chunked. As text it is nearly always a leak from an export or a template.
`<s>` and `</s>` are not among them, because they are HTML and placeholders too; a profile may add
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings, choice, texts
from ...text.lines import Window
from ...text.screen.screen import Clue, Literal
from ...text.visible import visible_bytes
from ..rule import Example, Local, Rule

TOKENS = choice(
    "text.special-tokens",
    "control tokens of language models in the text",
    "forbid allow",
)
MORE = texts("text.more-special-tokens", "further tokens that may not occur, in full")

_FIXED = (
    b"[INST]", b"[/INST]", b"<<SYS>>", b"<</SYS>>", b"<start_of_turn>", b"<end_of_turn>",
    b"[/SYSTEM_PROMPT]", b"[SYSTEM_PROMPT]", b"[TOOL_CALLS]", b"[AVAILABLE_TOOLS]",
)  # fmt: skip
_PIPED = (
    rb"<\|[A-Za-z][A-Za-z0-9_]{1,40}\|>",  # GPT, Llama, Qwen, Phi, Command R
    "<｜(?:[A-Za-z_]|▁){2,40}｜>".encode(),  # DeepSeek, with fullwidth bars
)


def clues(settings: Settings) -> list[Clue]:
    if settings[TOKENS] == "allow":
        return []
    return [Literal(b"<|"), Literal("<｜".encode()), *(Literal(token) for token in _all(settings))]


def _all(settings: Settings) -> list[bytes]:
    return [*_FIXED, *(token.encode() for token in settings[MORE])]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    found = re.compile(b"|".join([*_PIPED, *map(re.escape, _all(settings))]))
    for match in found.finditer(window.data):
        yield Hit(
            match.start(),
            match.end(),
            f"special token `{visible_bytes(match.group())}` of a language model in the text",
            help="remove it, and look in what made the file for a separator that leaked; if the "
            "text is about tokens, allow them with `text.special-tokens`",
            data={"token": match.group().decode("utf-8", "replace")},
        )


rule = Rule(
    code="TXT301",
    name="special-token",
    summary="The text contains a control token of a language model.",
    why=__doc__,
    check=Local(clues, diagnose),
    options=(TOKENS, MORE),
    bad=Example({"a.txt": b"Title\nThe end.<|endoftext|>\n"}),
    ok=Example({"a.txt": b"Title\nThe end.\n"}),
)
