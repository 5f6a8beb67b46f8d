"""YAML, exact: every key and value with its bytes, and our words for what is wrong.

libyaml gives events, one after the other, so that a block that is too deep or expands too far is
left as soon as it is. Its marks count code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NoReturn

import yaml
from msgspec.structs import replace

from ...document import Node, Span
from ...encoding.utf8 import MARK
from ...model import Flaw
from ...settings.options import Settings
from ...text.lazy_re import later
from . import yaml_words as words
from .block_flaws import (
    AnchorUsed,
    CurlyQuotes,
    DuplicateKey,
    EmptyBlock,
    KeyNotText,
    MergeKey,
    NotMapping,
    SecondDocument,
    TagUsed,
    Template,
    TooDeep,
    TooLarge,
    Unparsable,
)
from .block_text import Examined, Open, Stop, Text, by_place, kind_of
from .libyaml import events
from .limits import ANCHORS, MAX_BYTES, MAX_DEPTH, is_entire, tags_allowed
from .scalars import flaws_of, scalars_of
from .template_signs import template_end, template_in
from .yaml_errors import flaw_of
from .yaml_unlike import cut_comment, is_in_curly_quotes

_CORE_TAGS: Final = "tag:yaml.org,2002:"
_TAG_END: Final = later(rb"[ \t\r\n,\[\]{}]")
_CLOSING: Final = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class _Open(Open):
    """A list or a mapping that is not closed yet, with its anchor and the key that waits in it."""

    def __init__(self, start: int, is_mapping: bool, anchor: str | None, weight: int) -> None:
        super().__init__(start, is_mapping)
        self.anchor, self.weight = anchor, weight
        self.key: Node | None = None
        self.merged: list[Node] = []
        self.end = start

    @property
    def name(self) -> str:
        """The text of the key whose value comes next; empty without such a one."""
        return self.key.value if self.key and isinstance(self.key.value, str) else ""


def parse(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a YAML mapping, None if there is none, and its flaws. Never raises."""
    start, end = span
    if data.startswith(MARK, start, end):
        return Examined(None, (Unparsable(start, start + 3, "yaml", *words.MARK),))
    reader = _Reader(Text(data, start, end), data, end, settings)
    try:
        tree = reader.document()
    except Stop as stop:
        tree, reader.flaws = None, [*reader.flaws, stop.flaw]
    except yaml.YAMLError as error:
        flaw = template_in(data, span, "yaml") or flaw_of(
            error, reader.text, end, settings[MAX_DEPTH]
        )
        tree, reader.flaws = None, [*reader.flaws, flaw]
    return Examined(tree, by_place(reader.flaws))


class _Reader:
    """Goes over the events of the block once."""

    def __init__(self, text: Text, data: bytes, end: int, settings: Settings) -> None:
        self.text, self.data, self.end, self.settings = text, data, end, settings
        self.flaws: list[Flaw] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.expanded = 0
        self.entire = is_entire(settings)
        self.scalars = scalars_of(settings)
        self.events = events(text.text)

    def document(self) -> Node | None:
        """The one mapping of the block; None if it is something else."""
        start, end = self.text.start, self.end
        top: Node | None = None
        while (event := self.events.get_event()) is not None:
            if isinstance(event, yaml.DocumentStartEvent) and top is not None:
                mark = event.start_mark
                at = self.text.at(mark.index if mark else 0)
                self.flaws.append(SecondDocument(at, min(at + 3, end)))
                break
            node = self.taken(event)
            if node is not None:
                top = self.placed(node) or top
        if top is None or top.value is None or top.value == {}:
            self.flaws.append(EmptyBlock(start, end, "yaml"))
            return top if top is not None and top.value == {} else None
        if not isinstance(top.value, dict):
            found = kind_of(top.value)
            self.flaws.append(NotMapping(*top.span, "yaml", found, words.FIELDS[found], top))
            return None
        return top

    def taken(self, event: Any) -> Node | None:
        """The node that this event completes, if it does."""
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self.begin(event)
        elif isinstance(event, _CLOSING):
            return self.closed(event)
        return None

    def begin(self, event: Any) -> None:
        """A list or mapping begins."""
        start, limit = self.text.at(event.start_mark.index), self.settings[MAX_DEPTH]
        if self.data.startswith(b"{{", start):
            raise Stop(Template(start, template_end(self.data, start, self.end), "{{", "yaml"))
        if len(self.open) == limit:
            raise Stop(TooDeep(start, min(start + 1, self.end), "yaml", limit))
        self.properties(event, start)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(_Open(start, is_mapping, event.anchor, self.expanded))

    def closed(self, event: Any) -> Node:
        """The list or mapping that ends here; in block style it ends where its last child does."""
        done = self.open.pop()
        is_flow = event.end_mark.index > event.start_mark.index
        end = self.text.at(event.end_mark.index) if is_flow else max(done.end, done.start)
        if done.is_mapping:
            for base in reversed(done.merged):
                done.children = {**_children(base), **done.children}
        node = done.node(end)
        if done.anchor:
            weight = end - done.start + self.expanded - done.weight
            self.anchors[done.anchor] = node, weight
        return node

    def placed(self, node: Node) -> Node | None:
        """Put `node` where it belongs; gives it back if it is the top."""
        if not self.open:
            return node
        parent = self.open[-1]
        parent.end = max(parent.end, node.end)
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            self.field(parent, key, replace(node, key=key.span))
        return None

    def field(self, parent: _Open, key: Node, node: Node) -> None:
        """A key and its value, in the mapping `parent`."""
        spelled = self.data[key.start : key.end]
        if spelled == b"<<":
            if self.settings[ANCHORS] == "forbid":
                self.flaws.append(MergeKey(key.start, key.end))
            bases = node.children if isinstance(node.value, list) else (node,)
            bases = () if isinstance(bases, Mapping) else bases
            if not bases or not all(isinstance(base.value, dict) for base in bases):
                self.stop(node.start, node.end, *words.BAD_MERGE)
            parent.merged += bases
            return
        name = key.value if isinstance(key.value, str) else spelled.decode("utf-8", "replace")
        if not isinstance(key.value, str):
            shown = name if len(name) <= 60 else name[:60] + "…"
            self.flaws.append(KeyNotText(key.start, key.end, shown, kind_of(key.value)))
        first = parent.first(name)
        if first >= 0:
            self.flaws.append(DuplicateKey(key.start, key.end, name, first))
        parent.children[name] = node

    def scalar(self, event: Any) -> Node:
        """A text, or what an unquoted scalar resolves to."""
        start, end = self.text.at(event.start_mark.index), self.text.at(event.end_mark.index)
        if event.style in ("|", ">"):
            end = start + len(self.data[start:end].rstrip())
        self.properties(event, start)
        text = event.value
        tag = (event.tag or "").removeprefix(_CORE_TAGS)
        is_plain = not event.style and tag not in ("!", "str")
        if is_plain and not self.entire:
            self.unlike(text, start, end)
        node = Node(self.resolved(text, start, end) if is_plain else text, start, end)
        if event.anchor:
            self.anchors[event.anchor] = node, end - start
        return node

    def unlike(self, text: str, start: int, end: int) -> None:
        """What a plain scalar holds that its author did not write so, or lacks."""
        name = self.open[-1].name if self.open else ""
        cut = cut_comment(self.data, end, self.end, text, name)
        if cut:
            self.flaws.append(cut)
        if is_in_curly_quotes(text):
            self.flaws.append(CurlyQuotes(start, end, text))

    def resolved(self, text: str, start: int, end: int) -> Any:
        """The value of an unquoted scalar; a flaw if readers do not agree on it."""
        is_key = bool(self.open) and self.open[-1].is_mapping and self.open[-1].key is None
        if is_key and text == "<<":
            return text  # a flaw of its own
        found = self.scalars.judged(text)
        name = self.open[0].name if len(self.open) == 1 else ""  # of a field of the whole block
        self.flaws += flaws_of(found, text, (start, end), is_key, self.scalars.allowed, name)
        if is_key and found.is_moment:
            self.flaws.append(KeyNotText(start, end, text, "a moment"))
        return found.value

    def properties(self, event: Any, start: int) -> None:
        """The anchor and the tag that stand before a node."""
        if event.anchor and self.settings[ANCHORS] == "forbid":
            size = 1 + len(event.anchor.encode())
            at = max(self.data.find(b"&" + event.anchor.encode(), start, self.end), start)
            self.flaws.append(AnchorUsed(at, min(at + size, self.end), event.anchor, False))
        if event.tag and not self.may_have(event.tag):
            at = max(self.data.find(b"!", start, self.end), start)
            found = _TAG_END.search(self.data, at, self.end)
            end = found.start() if found else self.end
            self.flaws.append(TagUsed(at, end, self.data[at:end].decode("utf-8", "replace")))

    def may_have(self, tag: str) -> bool:
        """Whether a tag is allowed; `!name` is one of a program's own."""
        allowed = tags_allowed(self.settings)
        return allowed == "allow" or (allowed == "own" and tag.startswith("!"))

    def alias(self, event: Any) -> Node:
        """What an alias stands for; the sum of all aliases is bounded."""
        start, end = self.text.at(event.start_mark.index), self.text.at(event.end_mark.index)
        if event.anchor not in self.anchors:
            is_open = any(one.anchor == event.anchor for one in self.open)
            self.stop(start, end, *words.bad_alias(event.anchor, is_open))
        if self.settings[ANCHORS] == "forbid":
            self.flaws.append(AnchorUsed(start, end, event.anchor, True))
        node, weight = self.anchors[event.anchor]
        self.expanded += weight
        size = self.expanded + self.end - self.text.start
        if size > self.settings[MAX_BYTES]:
            raise Stop(TooLarge(start, end, size, self.settings[MAX_BYTES], True))
        return replace(node, start=start, end=end)

    def stop(self, start: int, end: int, reason: str, advice: str) -> NoReturn:
        raise Stop(Unparsable(start, end, "yaml", reason, advice))


def _children(node: Node) -> Mapping[str, Node]:
    return node.children if isinstance(node.children, Mapping) else {}
