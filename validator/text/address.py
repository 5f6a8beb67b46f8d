"""The address of a site: read strictly, so that whatever is made of it is a link to that site."""

from __future__ import annotations

from typing import Final

from .lazy_re import later
from .visible import visible

# RFC 3986 without a name of a user, a query and a fragment; without what ends an address where
# it is quoted: quotes, brackets, `\`, `|`.
_ADDRESS: Final = later(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:/[A-Za-z0-9._~%@:+,=-]*)*"
)

CODE: Final = "[A-Z]{3}[0-9]{3}"
NAME: Final = "[a-z0-9-]+"
"""What the codes and the names of rules are made of."""

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
    """The page of a rule below the address of the documentation, as its site has it.

    Empty without a site, and for what is no name of a rule.
    """
    return f"{site}rules/{name}.html" if site and is_name(name) else ""
