"""A tokenizer may take `<|endoftext|>` in a document for its own control token.

Then the document ends there for the model, or the tokenizer stops: 67 of 11,833 documents of one
corpus were never chunked. As text it is nearly always a leak from an export or a template.
Tokens of published tokenizers are known by name: `<|Rain|>` is a nick in a chat. `<s>` and `</s>`
are not among them, because they are HTML and placeholders too; a profile may add what it needs. A
token between backticks, or near a word for tokens in its line, is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings, choice, texts
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import Clue, Literal
from ...text.visible import visible_bytes
from ..rule import Local, Rule

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
# What published tokenizers call their tokens between `<|` and `|>`; anything else there is a nick
# in a chat, a placeholder, a piece of ASCII art.
_NAMES = (
    # GPT, with the format of its answers
    "endoftext startoftext endofprompt fim_prefix fim_middle fim_suffix im_start im_end im_sep "
    "start end message channel constrain return call "
    # Llama
    "begin_of_text end_of_text start_header_id end_header_id header_start header_end eot_id "
    "eom_id eot eom step_id python_tag python_start python_end finetune_right_pad_id "
    "finetune_right_pad reserved_special_token_[0-9]+ image patch "
    # Qwen, Phi, GLM, InternLM, and others that call the sides of a talk so
    "object_ref_start object_ref_end box_start box_end quad_start quad_end vision_start "
    "vision_end vision_pad image_pad video_pad fim_pad repo_name file_sep extra_[0-9]+ "
    "system user assistant prompter observation tool placeholder[0-9]* dummy_[0-9]+ "
    "action_start action_end plugin interpreter begin_of_image end_of_image end_of_turn "
    "bos eos pad unk sep cls mask "
    # Command R
    "START_OF_TURN_TOKEN END_OF_TURN_TOKEN USER_TOKEN CHATBOT_TOKEN SYSTEM_TOKEN "
    "START_THINKING END_THINKING START_RESPONSE END_RESPONSE START_ACTION END_ACTION "
    "START_TOOL_RESULT END_TOOL_RESULT "
    # Whisper
    "startoftranscript startoflm startofprev nospeech notimestamps transcribe translate"
)
_PIPED = (
    rb"<\|(?:%b)\|>" % "|".join(_NAMES.split()).encode(),
    "<｜(?:(?:[A-Za-z_]*▁)+[A-Za-z_]*|User|Assistant|EOT)｜>".encode(),  # DeepSeek
)


_ABOUT = later(rb"(?i)(?<![\w-])tokens?(?![\w-])|tokeni[sz]|chat[_ ]?template")
_NEAR = 48
"""Bytes around a token in its line in which a word may show that the text is about tokens."""


def _is_code(data: bytes, start: int, end: int) -> bool:
    """Whether a token stands alone between backticks, as in text about tokens."""
    return data[start - 1 : start] == b"`" and data[end : end + 1] == b"`"


def _is_named(data: bytes, start: int, end: int) -> bool:
    """Whether words near a token in its line show that the text is about tokens."""
    before = re.split(rb"[\r\n]", data[max(0, start - _NEAR) : start])[-1]
    after = re.split(rb"[\r\n]", data[end : end + _NEAR])[0]
    return _ABOUT.search(before) is not None or _ABOUT.search(after) is not None


def clues(settings: Settings) -> list[Clue]:
    if settings[TOKENS] == "allow":
        return []
    return [Literal(b"<|"), Literal("<｜".encode()), *(Literal(token) for token in _all(settings))]


def _all(settings: Settings) -> list[bytes]:
    return [*_FIXED, *(token.encode() for token in settings[MORE])]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    found = re.compile(b"|".join([*_PIPED, *map(re.escape, _all(settings))]))
    for match in found.finditer(window.data):
        if _is_named(window.data, *match.span()) or _is_code(window.data, *match.span()):
            continue
        yield Hit(
            *match.span(),
            f"special token `{visible_bytes(match.group())}` of a language model in the text",
            help="remove it, and look in what made the file for a separator that leaked; if the "
            "text is about tokens, allow them with `text.special-tokens`",
            data={"token": match.group().decode("utf-8", "replace")},
        )


rule = Rule(
    __name__,
    code="TXT301",
    summary="The text contains a control token of a language model.",
    check=Local(clues, diagnose),
    options=(TOKENS, MORE),
    bad={"a.txt": b"Title\nThe end.<|endoftext|>\n"},
    ok={"a.txt": b"Title\nThe end.\n"},
)
