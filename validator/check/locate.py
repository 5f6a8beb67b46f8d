"""Finds, after the last file, where the values stand that findings about the corpus are about.

Only the files of such findings are read again, and only up to the last document concerned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from ..body.text_fields import FIELDS
from ..corpus.members import Spot
from ..delimiters.divider import Divider
from ..delimiters.division import divides
from ..delimiters.runs import Run
from ..document import Document, Node, Place, Span
from ..encoding import declared
from ..encoding.charsets import other_charsets
from ..file.compression import bounds, packing_of
from ..file.name_fields import CONTENT, is_of_file
from ..file.reading import Pages
from ..file.streams import BrokenStreamError
from ..metadata import fields as metadata
from ..text.lines import Window
from .dividing import divider_of
from .document_facts import told
from .file_names import file_names
from .findings import NOBODY, ONLY, Owner
from .plan import Bound

MOST_ALSO: Final = 100
"""The most further places of the same words that a finding tells beside the first one."""


class Placed(Struct, frozen=True):
    """A place that was found: bytes of a window, and the document that they belong to.

    If `window` is None, it is the file as a whole. `also` are the first bytes, in the window, of
    other places where the text says the same.
    """

    owner: Owner
    window: Window | None = None
    start: int = -1
    end: int = -1
    also: tuple[int, ...] = ()


def locate(bound: Bound, path: bytes, today: date, spots: Iterable[Spot]) -> dict[Spot, Placed]:
    """Where these places of a file of this profile are.

    A place that cannot be found again is given as the file as a whole.
    """
    settings, names = bound.settings, file_names(bound)
    charsets, many = other_charsets(settings), divides(settings)
    name = path[path.rfind(b"/") + 1 :]
    found: dict[Spot, Placed] = {}
    spans: dict[Spot, tuple[Span, Owner, Sequence[int]]] = {}
    inside: dict[int, list[Spot]] = {}
    for spot in spots:
        if spot.start >= 0:
            spans[spot] = (spot.start, spot.end), NOBODY, ()
        elif spot.index == 0:
            found[spot] = Placed(NOBODY)
        elif many or not _is_whole(spot.field):
            inside.setdefault(spot.index, []).append(spot)
        else:
            found[spot] = Placed(Owner(1, names.document_id(name)))
    pages: Iterable[Window] = Pages(path, None, packing_of(name), bounds(settings))
    try:
        if inside:
            pages = declared.view(pages, charsets) if charsets else pages
            place = names.place(path, name, today)
            for spot, placed in _in_documents(bound, pages, place, inside):
                found[spot] = placed
                if charsets and placed.window is not None and not placed.window.path:
                    at = placed.window.offset
                    also = [at + start for start in placed.also]
                    spans[spot] = (at + placed.start, at + placed.end), placed.owner, also
        found.update(_in_windows(pages, spans))
    except (OSError, BrokenStreamError):
        pass  # the file has changed since it was checked
    except Exception:  # noqa: BLE001 - told when the file was checked; its findings are not lost
        pass
    nobody = NOBODY if many else ONLY
    return {spot: found.get(spot, Placed(nobody)) for spot in spots}


def _is_whole(field: str) -> bool:
    return not field or field == CONTENT or is_of_file(field)


def _in_documents(
    bound: Bound, pages: Iterable[Window], place: Place, spots: Mapping[int, list[Spot]]
) -> Iterator[tuple[Spot, Placed]]:
    last = max(spots)
    divider = divider_of(bound) or Divider(bound.settings)
    for item in divider.divide(pages, place):
        index = 0
        if isinstance(item, Run):
            index = item.index
            if any(index <= one < index + item.count for one in spots):
                for document in item.documents():
                    if document.index in spots:
                        yield from _in_document(bound, document, spots[document.index])
            index += item.count - 1
        elif isinstance(item, Document):
            index = item.index
            if index in spots:
                yield from _in_document(bound, item, spots[index])
        if index >= last:
            return


def _in_document(
    bound: Bound, document: Document, spots: Sequence[Spot]
) -> Iterator[tuple[Spot, Placed]]:
    settings, fields = bound.settings, bound.settings[FIELDS]
    tree = metadata.examined_fields(document, settings)
    owner = Owner(document.index, metadata.identity(document, settings))
    for spot in spots:
        holder = document.holder
        field = fields.get(spot.field)
        if field is not None:
            from ..body.mentions import places_of  # only where there is a field of the body

            found = places_of(document, settings, field, spot.item) or [document.body]
            also = tuple(start for start, _ in found[1 : MOST_ALSO + 1])
            window = document.window if field.of_text else holder.window
            yield spot, Placed(owner, window, *found[0], also)
            continue
        span = None if _is_whole(spot.field) else _span(tree, spot, holder.data)
        if span is not None:
            yield spot, Placed(owner, holder.window, *span)
        elif divides(settings):
            yield spot, Placed(owner, document.window, 0, document.window.line_bounds(0)[1])
        else:
            yield spot, Placed(owner)


def _span(tree: Node | None, spot: Spot, data: bytes) -> Span | None:
    """The bytes of the field of a spot, or of its item if that is given; None if not there."""
    node = tree
    children = tree.children if tree is not None else ()
    if isinstance(children, Mapping) and spot.field in children:
        node = children[spot.field]
    else:
        for part in spot.field.split("."):
            children = node.children if node is not None else ()
            node = children.get(part) if isinstance(children, Mapping) else None
    if node is None:
        return None
    if not spot.item:
        return node.span
    for child in () if isinstance(node.children, Mapping) else node.children:
        if told(child.value) == spot.item:
            return child.span
    return _item(spot.item, node, data) or node.span


def _item(item: bytes, node: Node, data: bytes) -> Span | None:
    """Where an item is written in the text of a node: as a word if there is one, else anywhere."""
    text, word = data[node.start : node.end], re.escape(item)
    alone = re.search(rb"(?<![^\s,;|/\[\"'])%b(?![^\s,;|/\]\"'])" % word, text)
    found = alone or re.search(word, text)
    return None if found is None else (node.start + found.start(), node.start + found.end())


def _in_windows(
    pages: Iterable[Window], spans: Mapping[Spot, tuple[Span, Owner, Sequence[int]]]
) -> Iterator[tuple[Spot, Placed]]:
    """Places that are known by bytes of the file, or of its view in UTF-8, with their windows.

    Of the further places of a spot, the third item, only those in the same window are given.
    """
    waiting = sorted(spans, key=lambda spot: spans[spot][0])
    at = 0
    for window in pages if waiting else ():
        end = window.offset + len(window.data)
        while at < len(waiting) and (spans[waiting[at]][0][0] < end or window.last):
            (start, stop), owner, also = spans[waiting[at]]
            size = len(window.data)
            span = start - window.offset, min(stop - window.offset, size)
            others = (one - window.offset for one in also)
            beside = tuple(one for one in others if 0 <= one < size)
            yield waiting[at], Placed(owner, window, *span, beside)
            at += 1
        if at == len(waiting):
            return
