"""The syntax `yaml`, the exact way: every key and value with its span, and all flaws.

libyaml gives one event after the other, so the reading stops as soon as the block is nested too
deeply or its aliases expand too far. The marks of libyaml count code points.
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
    """A list or a mapping that is not closed yet, its anchor, and the key that has no value yet."""

    def __init__(self, start: int, is_mapping: bool, anchor: str | None, weight: int) -> None:
        super().__init__(start, is_mapping)
        self.anchor, self.weight = anchor, weight
        self.key: Node | None = None
        self.merged: list[Node] = []
        self.end = start

    @property
    def name(self) -> str:
        """The text of the key whose value comes next; empty if there is none."""
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
        """The one mapping of the block; None if it holds another value. Raises Stop, YAMLError."""
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
        """The node that this event completes; None if it completes none."""
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
        """Take the event that begins a list or mapping."""
        start, limit = self.text.at(event.start_mark.index), self.settings[MAX_DEPTH]
        if self.data.startswith(b"{{", start):
            raise Stop(Template(start, template_end(self.data, start, self.end), "{{", "yaml"))
        if len(self.open) == limit:
            raise Stop(TooDeep(start, min(start + 1, self.end), limit))
        self.properties(event, start)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(_Open(start, is_mapping, event.anchor, self.expanded))

    def closed(self, event: Any) -> Node:
        """The node of the list or mapping that ends here; in block style with its last child."""
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
        """Put `node` into the open list or mapping; returns it if there is none."""
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
        """Put a key and its value into the mapping `parent`, and add flaws of the key."""
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
        """The node of a scalar: a text, or the value of an unquoted scalar."""
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
        """Add the flaws of a plain scalar that is read, but not as its author meant it."""
        name = self.open[-1].name if self.open else ""
        cut = cut_comment(self.data, end, self.end, text, name)
        if cut:
            self.flaws.append(cut)
        if is_in_curly_quotes(text):
            self.flaws.append(CurlyQuotes(start, end, text))

    def resolved(self, text: str, start: int, end: int) -> Any:
        """The value of an unquoted scalar; adds a flaw if readers read it differently."""
        is_key = bool(self.open) and self.open[-1].is_mapping and self.open[-1].key is None
        if is_key and text == "<<":
            return text  # `field` adds the flaw of a merge key
        found = self.scalars.judged(text)
        name = self.open[0].name if len(self.open) == 1 else ""  # of a field of the whole block
        self.flaws += flaws_of(found, text, (start, end), is_key, self.scalars.allowed, name)
        if is_key and found.is_moment:
            self.flaws.append(KeyNotText(start, end, text, "a moment"))
        return found.value

    def properties(self, event: Any, start: int) -> None:
        """Add the flaws of the anchor and the tag before a node."""
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
        """Whether a tag is allowed; `!name` is the tag of one program."""
        allowed = tags_allowed(self.settings)
        return allowed == "allow" or (allowed == "own" and tag.startswith("!"))

    def alias(self, event: Any) -> Node:
        """The node that an alias refers to. Raises Stop if all aliases together expand too far."""
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
