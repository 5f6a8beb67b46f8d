"""A reader: what the module of each program declares, all of it proved by the program itself."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from .resolver import Resolver


class Reader(Struct, frozen=True):
    """A program that reads documents.

    `formats` are names from `questions.FORMATS`. `call` is how a user calls the program; `version`
    is its package and the version that gave these answers. `yaml` is the library that reads its
    YAML. `refuses` names the compressions that it cannot read; the names of questions about one
    begin with it. `answers` are its answers to further questions of `questions.QUESTIONS`, where
    they are not the `usual` ones. `note` is what else one must know, such as why it is in no
    default list. `name` is that of its module, with hyphens; `roll` fills it in.
    """

    summary: str
    formats: tuple[str, ...]
    call: str
    version: str
    yaml: Resolver | None = None
    refuses: tuple[str, ...] = ()
    answers: Mapping[str, str] = {}
    note: str = ""
    name: str = ""

    def answer(self, question: str, usual: str) -> str:
        """Its answer to a question; `usual` is the question's usual answer."""
        if question in self.answers:
            return self.answers[question]
        if question.partition("-")[0] in self.refuses:
            return "an error"
        return self.yaml.answers.get(question, usual) if self.yaml else usual
