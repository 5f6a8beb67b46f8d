"""The address of the site of the documentation, and of its pages; codes and names of rules.

An address is read strictly, so that every link that is made of it leads to that site.
"""

from __future__ import annotations

from typing import Final

from .lazy_re import later
from .visible import visible

# A URL (RFC 3986) without user name, query and fragment, and without the characters that may end
# it in the text around it: quotes, brackets, `\`, `|`.
_ADDRESS: Final = later(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:/[A-Za-z0-9._~%@:+,=-]*)*"
)

CODE: Final = "[A-Z]{3}[0-9]{3}"
NAME: Final = "[a-z0-9-]+"
"""Patterns of the codes (CODE) and the names (NAME) of rules."""

_CODE, _NAME = later(CODE), later(NAME)


def is_code(text: str) -> bool:
    """Whether a text may be the code of a rule."""
    return bool(_CODE.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether a text may be the name of a rule."""
    return bool(_NAME.fullmatch(text))


def read_address(text: str) -> str:
    """The address of a directory of the web, with a `/` at its end.

    Raises ValueError with the rest of the sentence "`key` ...".
    """
    if not _ADDRESS.fullmatch(text):
        raise ValueError(
            "must be the address of a site, such as `https://docs.example.org/checks/`, "
            f"not `{visible(text)}`"
        )
    return text if text.endswith("/") else f"{text}/"


def page_of(site: str, name: str) -> str:
    """The address of the page of the rule `name` below `site`, the address of the documentation.

    Empty if `site` is, and if `name` cannot be the name of a rule.
    """
    return f"{site}rules/{name}.html" if site and is_name(name) else ""
