"""A reader: what the module of each program declares, all of it proved by the program itself."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from .resolver import Resolver


class Reader(Struct, frozen=True):
    """A program that reads documents.

    `formats` are those of `questions.FORMATS` that it reads. `call` is how it is called, as a user
    would; `version` is the one that it was asked at, after the name of its package. `yaml` is the
    library that reads its YAML. `answers` are its answers to those questions of
    `questions.QUESTIONS` that this library does not answer, nor the reader as `usual`. `note` is
    what else one must know, such as why it stands in no default list. `name` is that of its module
    with hyphens, which `roll` puts in.
    """

    summary: str
    formats: tuple[str, ...]
    call: str
    version: str
    yaml: Resolver | None = None
    answers: Mapping[str, str] = {}
    note: str = ""
    name: str = ""

    def answer(self, question: str, usual: str) -> str:
        """What it says to a question."""
        of_library = self.yaml.answers if self.yaml else {}
        return self.answers.get(question) or of_library.get(question, usual)
