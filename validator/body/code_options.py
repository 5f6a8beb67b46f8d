"""How blocks of code that hold data are declared in a profile: `body.code`."""

from typing import Annotated, Final

from msgspec import Meta, field

from ..metadata.schema.declaration import Declared
from ..metadata.schema.options import SCHEMA_TYPE
from ..metadata.syntax.table import IN_CODE
from ..settings.options import Option
from ..settings.terms import Terms
from ..settings.value_types import Rows, choice_of, shown
from .code import mentions


def _one_word(written: str) -> str:
    if written.split() == [written]:
        return written
    raise ValueError(f"must be one word, as behind a fence, not {shown(written)}")


class Code(Terms, frozen=True):
    """What blocks of one language must be."""

    language: Annotated[
        str,
        Meta(pattern=r"^\S+$"),
        _one_word,
        "the first word behind the fence, or that of the directive",
    ]
    syntax: Annotated[str, choice_of(IN_CODE), "how the text of the block is written"]
    schema: Annotated[
        Declared,
        SCHEMA_TYPE,
        "a JSON Schema, as of the metadata, or the path of a file with one",
    ] = field(default_factory=Declared)


class Codes(Rows[Code], frozen=True, dict=True):
    """All that is asked of blocks of code."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that something is asked of."""
        return tuple(row.language for row in self.rows)


def mentioned(text: bytes, codes: Codes) -> bool:
    """Whether a text may have a block of one of these languages: cheap; may be wrongly True."""
    return mentions(text, codes.languages)


CODE: Final = Option(
    "body.code",
    "blocks of code in a language that must be readable in a syntax, and fit a schema",
    Codes(),
    Annotated[tuple[Code, ...], Codes],
)
