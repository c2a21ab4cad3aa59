"""Tags are found and changed, and every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.ooxml.errors import DamagedPart, HoldsDtd, StrangeEncoding
from qcity_xl.adapters.ooxml.markup import (
    Xml,
    attributes,
    escape,
    is_true,
    opened,
    quote,
    splice,
    unescaped,
    with_attribute,
    without_attribute,
)

BOOK = '<book><!-- <unit/> --><unit name="市科技局"><task no="3"/></unit><unit name="a>b"/></book>'


def xml(text: str) -> Xml:
    return Xml("xl/book.xml", text.encode())


def test_children_are_found_and_comments_are_not() -> None:
    part = xml(BOOK)
    first, second = part.children(part.root.inner, part.root.end)
    assert attributes(part.tag(first)) == {b"name": "市科技局".encode()}
    assert attributes(part.tag(second)) == {b"name": b"a>b"}
    task = part.child(first, b"task")
    assert task is not None
    assert part.integer(attributes(part.tag(task)), b"no") == 3
    assert part.child(second, b"task") is None


def test_a_prefix_is_that_of_the_root() -> None:
    assert xml('<x:book xmlns:x="u"><x:unit/></x:book>').prefix == b"x:"
    assert xml(BOOK).prefix == b""


def test_a_piece_is_put_in_and_the_rest_stays() -> None:
    part = xml(BOOK)
    end = part.close(part.root)
    assert (
        part.rewritten([(end, end, b"<unit/>")])
        == BOOK.replace("</book>", "<unit/></book>").encode()
    )
    assert part.rewritten([]) == BOOK.encode()


@given(st.binary(max_size=30), st.lists(st.integers(0, 30), max_size=6), st.binary(max_size=4))
def test_splices_replace_their_stretches_alone(body: bytes, at: list[int], new: bytes) -> None:
    places = sorted({min(place, len(body)) for place in at})
    after = splice(body, [(place, place, new) for place in places])
    assert len(after) == len(body) + len(new) * len(places)
    halves = zip(places[::2], places[1::2], strict=False)
    cut = [(start, end, b"") for start, end in halves]
    kept = bytes(b for i, b in enumerate(body) if not any(a <= i < z for a, z, _ in cut))
    assert splice(body, cut) == kept


def test_an_attribute_is_set_in_its_place_or_at_the_end() -> None:
    assert with_attribute(b'<c r="A1" s="2"/>', b"s", b"7") == b'<c r="A1" s="7"/>'
    assert with_attribute(b'<c r="A1" />', b"s", b"7") == b'<c r="A1" s="7"/>'
    assert with_attribute(b"<c r='A1'>", b"s", b"7") == b"<c r='A1' s=\"7\">"
    assert without_attribute(b'<c r="A1" s="2">', b"s") == b'<c r="A1">'
    assert opened(b'<c r="A1" />') == b'<c r="A1">'


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"))))
def test_text_comes_back_from_an_element_and_an_attribute(text: str) -> None:
    part = xml("<a/>")
    made = part.tree(b'<b name="%s">%s</b>' % (quote(text), escape(text)))[0]
    assert (made.text or "") == text
    assert made.get("name") == text


@given(
    st.lists(
        st.sampled_from(["&lt;", "&amp;", "&quot;", "&apos;", "&#10;", "&#x4e2d;", "lt;", "质"])
    )
)
def test_entities_become_what_xml_says(pieces: list[str]) -> None:
    written = "".join(pieces)
    assert unescaped(written.encode()) == (
        xml("<a/>").tree(f"<b>{written}</b>".encode())[0].text or ""
    )


@pytest.mark.parametrize(
    ("value", "true"),
    [(b"1", True), (b"true", True), (b"0", False), (b"false", False), (None, False)],
)
def test_a_boolean(value: bytes | None, true: bool) -> None:
    assert is_true(value) is true


def test_what_is_no_part_is_refused() -> None:
    with pytest.raises(HoldsDtd):
        xml('<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    with pytest.raises(StrangeEncoding):
        Xml("xl/book.xml", b'<?xml version="1.0" encoding="GB2312"?><a/>')
    with pytest.raises(DamagedPart, match=r"xl/book\.xml"):
        list(xml("<a><b></a>").children(0, 10))
    with pytest.raises(DamagedPart):
        _ = xml("没有标记").root
