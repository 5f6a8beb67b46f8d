"""What a rule is: one record, and one of a few shapes of check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct, field

from ..document import Document, Place
from ..model import Applicability, FindingKind, Flaw, Hit, Severity, usual_kind
from ..settings.options import Option, Settings
from ..settings.terms import Terms
from ..text.lines import Window
from ..text.screen.screen import Clue

if TYPE_CHECKING:
    from ..corpus.facts import Facts
    from ..corpus.members import Member, Spot
    from ..corpus.partitions import Keyed

F = TypeVar("F", bound=Flaw)

Clues = Callable[[Settings], Iterable[Clue]]
"""Gives the clues of a rule under these settings; none if it has no work."""


def always(*clues: Clue) -> Clues:
    """These clues, whatever the settings."""
    return lambda settings: clues


def where(option: Option[str], word: str, *clues: Clue) -> Clues:
    """These clues if an option is set to `word`; else the rule has no work."""
    return lambda settings: clues if settings[option] == word else ()


class Local(Struct, frozen=True):
    """The shape of rules that need only a few bytes in a row: a window gives the same as the file.

    Rules about the written form of text (`as_written`: lines, escapes) are not applied to the
    characters that escapes of JSON stand for; all others are.

    `diagnose` gets each window in which a clue was found. Offsets of its hits are from the window's
    start, and the hits are in order of offset.
    """

    clues: Clues
    diagnose: Callable[[Window, Settings], Iterator[Hit]]
    as_written: bool = False


class Whole(Struct, frozen=True):
    """The shape of rules that must read the whole file.

    `diagnose` may read the windows more than once; offsets of its hits are from the file's start.
    """

    clues: Clues
    diagnose: Callable[[Iterable[Window], Settings], Iterator[Hit]]


class Name(Struct, frozen=True):
    """The shape of rules about file names.

    `suspicious` gets the names of many files at once, each between two NULs; it must be true if one
    of them has a fault. `diagnose` gets one name.
    """

    suspicious: Callable[[bytes], bool]
    diagnose: Callable[[bytes, Settings], Iterator[Hit]]


class Explain(Struct, frozen=True):
    """The shape of rules that word a flaw which an earlier stage found.

    `explain` gives the hit, or None if the profile allows the flaw. Some flaws are not found by any
    stage on its way: they are looked for if this rule is on, in files with one of its `clues`.
    """

    flaw: type[Flaw]
    explain: Callable[[Any, Settings], Hit | None]
    clues: Clues | None = None

    @classmethod
    def of(cls, flaw: type[F], words: Callable[[F], Hit], clues: Clues | None = None) -> Explain:
        """The check for a flaw whose words do not depend on the settings."""
        return cls(flaw, lambda found, settings: words(found), clues)


class Shared(Struct, frozen=True):
    """A common look at a document for several rules, each of which reports one kind of fault.

    `clean` and `clean_records` are as in `Each`, for all these rules; `faults` gives each fault
    with its kind, in any order. `of` makes the check of one of the rules.
    """

    clean: Callable[[Document, Settings], bool]
    faults: Callable[[Document, Settings], Iterable[tuple[str, Hit]]]
    clean_records: Callable[[Sequence[Mapping[str, Any]], Place, Settings], bool] | None = None

    def of(self, kind: str, wanted: Callable[[Settings], bool]) -> Each:
        """The check of the rule that reports this kind of fault; `wanted` is as in `Each`."""

        def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
            return (hit for found, hit in self.faults(document, settings) if found == kind)

        return Each(wanted, self.clean, diagnose, self.clean_records, shared=self, kind=kind)


class Each(Struct, frozen=True):
    """The shape of rules that check one document at a time: its metadata, its body.

    `wanted` says whether the rule has work under these settings. `clean` is called for every
    document and must be quick; if it is false, `diagnose` gives the exact hits. Their offsets are
    from the first byte of the document's window, in any order.

    `clean_records`, if there is one, gets the fields of many records of a file at once, and may be
    false where it cannot tell; then `clean` is called for each. `clean_many` is the same for
    documents of different files, each the only one in its file.

    `flaws` gives the flaws that a parser found within a document (in a block of code, say), each
    with a function. The rule that explains such a flaw gives a hit, and the function turns it into
    a hit on the document.

    Rules with a common look (`shared`) report the faults of one `kind` each, and the look is taken
    once for all of them. `diagnose` finds the same faults for this rule alone.
    """

    wanted: Callable[[Settings], bool]
    clean: Callable[[Document, Settings], bool]
    diagnose: Callable[[Document, Settings], Iterator[Hit]]
    clean_records: Callable[[Sequence[Mapping[str, Any]], Place, Settings], bool] | None = None
    clean_many: Callable[[Sequence[Document], Settings], bool] | None = None
    flaws: Callable[[Document, Settings], Iterator[tuple[Flaw, Callable[[Hit], Hit]]]] | None = None
    shared: Shared | None = None
    kind: str = ""


class Memory(Protocol):
    """The state of a rule of the shape `Series` while the documents of one file are checked."""

    def agrees(self, shapes: Set[object]) -> bool:
        """Whether documents whose fields have these shapes surely have no fault. Changes nothing.

        A shape (`shapes.shape`) is known once a document of this shape was found without fault.
        """

    def take(self, count: int) -> None:
        """Count `count` documents that agree, without looking at them."""

    def step(
        self, document: Document, record: Mapping[str, Any], settings: Settings
    ) -> Iterator[Hit]:
        """Check the next document; offsets of hits are from the first byte of its window."""


class Series(Struct, frozen=True):
    """The shape of rules that compare the documents of one file, one after the other.

    `begin` makes the Memory for a file; None if the rule has no work under these settings.
    """

    begin: Callable[[Settings], Memory | None]


class CorpusHit(Struct, frozen=True):
    """A hit of a corpus rule: the place, what is wrong there, and related places.

    `terms` are those of the declared check: its severity and exemptions are worked out for the
    document `member`; without one, for the file at the path `about`, or else for the file of the
    place. The hit may have a fix without edits: it writes `instead` wherever the item of the place
    is found in the file.
    """

    at: Spot
    hit: Hit
    related: tuple[tuple[Spot, str], ...] = ()
    terms: Terms = Terms()
    member: Member | None = None
    about: bytes = b""
    instead: bytes = b""


class Corpus(Struct, frozen=True):
    """The shape of rules that compare facts of all documents, after all files were checked.

    `facts` names the facts that it needs of each document: fields, `file.<capture>`, `content`, and
    facts of the file on the disk; `elsewhere` names profiles, each with a fact of its documents.
    `resolve` gives the hits; for a clean corpus it should cost little. `keys` names the keys that
    it will gather, so that workers can do that beforehand. `every_file` says whether it needs the
    list of the files of all profiles.
    """

    facts: Callable[[Settings], tuple[str, ...]]
    resolve: Callable[[Facts, Settings], Iterator[CorpusHit]]
    elsewhere: Callable[[Settings], Iterable[tuple[str, str]]] = lambda settings: ()
    keys: Callable[[Settings], Iterable[Keyed]] = lambda settings: ()
    every_file: Callable[[Settings], bool] = lambda settings: False


Check = Local | Whole | Name | Explain | Each | Series | Corpus


Keys = Mapping[str, Mapping[str, object]]
"""The keys of a profile by table; those outside of tables, as `readers`, under an empty name."""


class Example(Struct, frozen=True):
    """A small corpus as an example of a rule: files by name, and the keys of their profile."""

    files: Mapping[str, bytes]
    profile: Keys = {}


class Repair(Struct, frozen=True):
    """How a rule fixes what it finds, in words.

    `keeps` names the invariant of its edits, a module of `fix/invariants`, which is proved for each
    file before it is written. After a repair that `reveals`, more of the file can be read than
    before: new findings in it are reported, and are no reason to refuse the fix.
    """

    words: str
    keeps: str
    applicability: Applicability = Applicability.SAFE
    reveals: bool = False


def safely(words: str, keeps: str, *, reveals: bool = False) -> Repair:
    """A safe repair: it is made whenever fixes are asked for."""
    return Repair(words, keeps, reveals=reveals)


def unsafely(words: str, keeps: str, *, reveals: bool = False) -> Repair:
    """An unsafe repair: it infers what was meant, and is made only if unsafe fixes are wanted."""
    return Repair(words, keeps, Applicability.UNSAFE, reveals)


class Rule(Struct, frozen=True):
    """The definition of a rule. Its page, its schema and its tests are made from it.

    `module` is the `__name__` of the module that declares it: it gives the rule its name, and its
    docstring says why the rule exists. `covers` names rules that are silent where this one has a
    finding. With the keys of `profile`, the rule finds something in the files `bad` (empty if no
    file can show it), and nothing in the files `ok`, which may have keys of their own,
    `ok_profile`. `repairs` are its fixes, at most one safe and one unsafe. `own_kind` is the kind
    of its findings, if that is not the usual one of its code.
    """

    module: str
    code: str
    summary: str
    check: Check
    profile: Keys = {}
    bad: Mapping[str, bytes] = {}
    ok: Mapping[str, bytes] = field(default_factory=lambda: {"a.txt": b"Title\nText.\n"})
    ok_profile: Keys | None = None
    repairs: tuple[Repair, ...] = ()
    severity: Severity = Severity.ERROR
    options: tuple[Option[Any], ...] = ()
    covers: tuple[str, ...] = ()
    default: bool = True
    own_kind: FindingKind | None = None

    @property
    def name(self) -> str:
        """The name of the rule: that of its module, with hyphens: `trailing-blanks`."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def examples(self) -> tuple[Example, Example]:
        """Two examples: files in which it finds something, and files in which it does not."""
        of_ok = self.profile if self.ok_profile is None else self.ok_profile
        return Example(self.bad, self.profile), Example(self.ok, of_ok)

    @property
    def kind(self) -> FindingKind:
        """The kind of its findings."""
        return self.own_kind or usual_kind(self.code)

    @property
    def family(self) -> str:
        """The three letters that the code begins with."""
        return self.code[:3]

    def repair(self, applicability: Applicability) -> Repair | None:
        """The safe or the unsafe repair of the rule; None if it has no such one."""
        return next((one for one in self.repairs if one.applicability is applicability), None)

    @property
    def explanation(self) -> str:
        """Why the rule exists: the docstring of its module."""
        return (sys.modules[self.module].__doc__ or "").strip()
