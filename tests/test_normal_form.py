"""Normal forms are those of `unicodedata`, also where it would take the square of the time."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.text import normal_form
from validator.text.normal_form import Form, is_normalized, normalized

FORMS: tuple[Form, ...] = ("NFC", "NFD", "NFKC", "NFKD")
MARKED = st.text(
    alphabet="ae\u0301\u0323\u05b0\u3099\u1161\u0345\u212b\u1e69\ufb01\u0fb2", max_size=20
)


@given(MARKED, st.sampled_from(FORMS), st.sampled_from([1, 64]))
def test_heaps_of_marks_are_put_in_order_as_others_are(text: str, form: Form, heap: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(normal_form, "_HEAP", heap)
        assert normalized(form, text) == unicodedata.normalize(form, text)
        assert is_normalized(form, text) == unicodedata.is_normalized(form, text)


def test_no_more_marks_are_put_in_order_by_insertion(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `unicodedata` gets is in order already, so that it looks at each mark once."""
    asked: list[str] = []
    real = unicodedata.normalize

    def normalize(form: Form, text: str) -> str:
        asked.append(text)
        return real(form, text)

    monkeypatch.setattr("validator.text.normal_form.unicodedata.normalize", normalize)
    heap = "a" + "\u0301\u0323" * 500
    assert normalized("NFC", heap) == real("NFC", heap)
    classes = [unicodedata.combining(mark) for mark in asked[-1]]
    assert classes == sorted(classes)
    assert all(len(text) == 1 for text in asked[:-1])
