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
"""The clues that make a rule suspicious under these settings; none when it has nothing to do."""


def always(*clues: Clue) -> Clues:
    """These clues, whatever the settings."""
    return lambda settings: clues


def where(option: Option[str], word: str, *clues: Clue) -> Clues:
    """These clues where an option is set to this word; else there is nothing to do."""
    return lambda settings: clues if settings[option] == word else ()


class Local(Struct, frozen=True):
    """Looks at bytes that stand together: what a window says, the whole file says too.

    A rule about how text is written (`as_written`: its lines, its escapes) does not look at what
    the escapes of JSON stand for; the others do.

    `diagnose` gets each window in which a clue was found; its hits count from the window's start
    and come in order of offset.
    """

    clues: Clues
    diagnose: Callable[[Window, Settings], Iterator[Hit]]
    as_written: bool = False


class Whole(Struct, frozen=True):
    """Must see the whole file, window after window, to say anything.

    `diagnose` may go over the windows more than once; its hits count from the file's start.
    """

    clues: Clues
    diagnose: Callable[[Iterable[Window], Settings], Iterator[Hit]]


class Name(Struct, frozen=True):
    """Looks at file names alone.

    `suspicious` gets the names of many files at once, each between two NULs, and must not miss;
    `diagnose` gets one name.
    """

    suspicious: Callable[[bytes], bool]
    diagnose: Callable[[bytes, Settings], Iterator[Hit]]


class Explain(Struct, frozen=True):
    """Puts a flaw that an earlier stage stumbled on into words; None if the profile allows it.

    Some flaws no stage meets on its way: they are looked for where this rule is switched on, in
    files that have one of its `clues`.
    """

    flaw: type[Flaw]
    explain: Callable[[Any, Settings], Hit | None]
    clues: Clues | None = None

    @classmethod
    def of(cls, flaw: type[F], words: Callable[[F], Hit], clues: Clues | None = None) -> Explain:
        """The check for a flaw that is told in the same words under all settings."""
        return cls(flaw, lambda found, settings: words(found), clues)


class Shared(Struct, frozen=True):
    """One look at a document for several rules, each of which tells one kind of fault.

    `clean` is that of `Each`, for all of them; `faults` gives each fault with its kind, in any
    order. `of` makes the check of one of the rules.
    """

    clean: Callable[[Document, Settings], bool]
    faults: Callable[[Document, Settings], Iterable[tuple[str, Hit]]]
    clean_records: Callable[[Sequence[Mapping[str, Any]], Place, Settings], bool] | None = None

    def of(self, kind: str, wanted: Callable[[Settings], bool]) -> Each:
        """The check of the rule that tells this kind of fault."""

        def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
            return (hit for found, hit in self.faults(document, settings) if found == kind)

        return Each(wanted, self.clean, diagnose, self.clean_records, shared=self, kind=kind)


class Each(Struct, frozen=True):
    """Looks at one document at a time: its metadata, its body.

    `wanted` says whether these settings ask anything of a document at all. `clean` is asked of
    every document and must be quick; where it says no, `diagnose` says exactly what is wrong. Hits
    count from the first byte of the document's window, in any order.

    `clean_records`, if there is one, is asked about the fields of many records of a file at once,
    and may say no where it cannot tell; then `clean` is asked of each. `clean_many` is the same for
    documents of different files that are the only ones there.

    `flaws` gives what a parser stumbled on within a document, in a block of code say, each with a
    function. The rule that explains such flaws puts it into words, and the function makes of that
    hit one on the document.

    Rules that take one look together (`shared`) tell the faults of one `kind` each: the look is
    taken once for all of them. `diagnose` finds the same faults for this rule alone.
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
    """What a rule of the shape `Series` remembers of the documents of one file."""

    def agrees(self, shapes: Set[object]) -> bool:
        """Whether documents whose fields have these shapes are no news; takes nothing in.

        A shape (`shapes.shape`) is no news once a document of it was found without fault.
        """

    def take(self, count: int) -> None:
        """Take in so many documents that agree."""

    def step(
        self, document: Document, record: Mapping[str, Any], settings: Settings
    ) -> Iterator[Hit]:
        """Take in the next document; hits count from the first byte of its window."""


class Series(Struct, frozen=True):
    """Looks at the documents of one file one after the other, for what they should share.

    `begin` makes the memory for a file; None if these settings ask for nothing.
    """

    begin: Callable[[Settings], Memory | None]


class CorpusHit(Struct, frozen=True):
    """What a corpus rule knows: the place, what is wrong there, and the places it is about.

    `terms` are those of the declared check. They are kept for `member`; where it is about no
    document, for the file at the path `about`, without which it is that of the place. The hit may
    have a fix without edits: it writes `instead` wherever the place is found to hold its item.
    """

    at: Spot
    hit: Hit
    related: tuple[tuple[Spot, str], ...] = ()
    terms: Terms = Terms()
    member: Member | None = None
    about: bytes = b""
    instead: bytes = b""


class Corpus(Struct, frozen=True):
    """Looks at the facts of all documents together, when all files are through.

    `facts` names the facts it wants of each: fields of the documents, `file.<capture>`,
    `content`, and those of the file on the disk; `elsewhere` names profiles and facts of their
    documents. `resolve` asks what it has to ask of them; where all is well that should cost little.
    `keys` says which keys it will bring together, so that workers can do that beforehand.
    `every_file` says whether it wants to know which files there are of all profiles.
    """

    facts: Callable[[Settings], tuple[str, ...]]
    resolve: Callable[[Facts, Settings], Iterator[CorpusHit]]
    elsewhere: Callable[[Settings], Iterable[tuple[str, str]]] = lambda settings: ()
    keys: Callable[[Settings], Iterable[Keyed]] = lambda settings: ()
    every_file: Callable[[Settings], bool] = lambda settings: False


Check = Local | Whole | Name | Explain | Each | Series | Corpus


Keys = Mapping[str, Mapping[str, object]]
"""The keys of a profile by table; those that stand in none, such as `readers`, under no name."""


class Example(Struct, frozen=True):
    """A small corpus that shows a rule: files by name, under these keys of a profile."""

    files: Mapping[str, bytes]
    profile: Keys = {}


class Repair(Struct, frozen=True):
    """How a rule mends what it finds.

    `keeps` names the invariant of its edits, a module of `fix/invariants`, which is proved of each
    file before it is written. Of a repair that `reveals`, readers may find more in the file than
    they could read before: what they find is told, and no reason to leave the file as it was.
    """

    words: str
    keeps: str
    applicability: Applicability = Applicability.SAFE
    reveals: bool = False


def safely(words: str, keeps: str, *, reveals: bool = False) -> Repair:
    """A repair that is made where fixes are asked for."""
    return Repair(words, keeps, reveals=reveals)


def unsafely(words: str, keeps: str, *, reveals: bool = False) -> Repair:
    """A repair that is made where unsafe fixes are asked for: what was meant is inferred."""
    return Repair(words, keeps, Applicability.UNSAFE, reveals)


class Rule(Struct, frozen=True):
    """Everything there is to know about a rule. Its page, its schema and its tests come from here.

    `module` is the `__name__` of the module that declares it: the rule is named after that, and the
    docstring there says why it exists. `covers` names rules that stay silent where this one speaks.
    Under the keys of `profile` it finds something in the files `bad`, which are none where no file
    shows it, and nothing in those that are `ok`, which may have an `ok_profile` of their own.
    `repairs` are the fixes that it has, one of a kind (safe, unsafe) at most. `own_kind` is that of
    its findings where it is not the usual one of its code.
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
        """The name of its module, with hyphens: `trailing-blanks`."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def examples(self) -> tuple[Example, Example]:
        """The files in which it finds something, and those in which it does not."""
        of_ok = self.profile if self.ok_profile is None else self.ok_profile
        return Example(self.bad, self.profile), Example(self.ok, of_ok)

    @property
    def kind(self) -> FindingKind:
        """What its findings are about."""
        return self.own_kind or usual_kind(self.code)

    @property
    def family(self) -> str:
        """The three letters that the code begins with."""
        return self.code[:3]

    def repair(self, applicability: Applicability) -> Repair | None:
        """The repair of this kind, if it has one."""
        return next((one for one in self.repairs if one.applicability is applicability), None)

    @property
    def explanation(self) -> str:
        """Why the rule exists: the docstring of its module."""
        return (sys.modules[self.module].__doc__ or "").strip()
