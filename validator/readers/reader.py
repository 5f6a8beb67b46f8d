"""A reader: what the module of each program declares, all of it proved by the program itself."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from .resolver import Resolver


class Reader(Struct, frozen=True):
    """A program that reads documents.

    `formats` are those of `questions.FORMATS` that it reads. `call` is how it is called, as a user
    would; `version` is the one that it was asked at, after the name of its package. `yaml` is the
    library that reads its YAML; `refuses` names the compressions that it cannot read, with which
    the names of their questions begin. `answers` are its answers to those questions of
    `questions.QUESTIONS` that neither of these answers, and that it does not answer as `usual`.
    `note` is what else one must know, such as why it stands in no default list. `name` is that of
    its module with hyphens, which `roll` puts in.
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
        """What it says to a question."""
        if question in self.answers:
            return self.answers[question]
        if question.partition("-")[0] in self.refuses:
            return "an error"
        return self.yaml.answers.get(question, usual) if self.yaml else usual
