"""Which column a header means, and which headers are gone."""

import pytest

from qcity_xl.core.schema.base import KEY_COLUMN, FieldColumn, Table
from qcity_xl.core.schema.headers import LostHeader, lost_headers, match_headers, names_table

VISITS = Table(
    "tblVisits",
    "走访",
    "走访记录",
    (
        KEY_COLUMN,
        FieldColumn("who", "走访人"),
        FieldColumn("firm", "企业"),
        FieldColumn("note", "走访说明"),
    ),
)
KEY = KEY_COLUMN.header


def texts(*headers: str) -> dict[int, str]:
    return dict(enumerate(headers, 1))


@pytest.mark.parametrize(
    "header", ["走访说明", "走访\n说明", " 走访说明 ", "走访说明（必填）", "*走访说明"]
)
def test_what_a_header_looks_like_does_not_matter(header: str) -> None:
    assert match_headers(VISITS, texts(KEY, "走访人", "企业", header))["note"] == 4


def test_columns_are_known_wherever_they_stand() -> None:
    places = match_headers(VISITS, texts("备注", "企业", KEY, "走访人"))
    assert places == {"firm": 2, "key": 3, "who": 4}


def test_of_two_that_could_be_meant_neither_is() -> None:
    found = match_headers(VISITS, texts(KEY, "企业（新）", "企业（旧）"))
    assert "firm" not in found
    assert match_headers(VISITS, texts(KEY, "企业", "企业（旧）"))["firm"] == 2


def test_most_of_its_columns_name_a_table() -> None:
    assert names_table(VISITS, match_headers(VISITS, texts(KEY, "走访人", "企业")))
    assert not names_table(VISITS, match_headers(VISITS, texts(KEY, "走访人")))


def lost(*headers: str, had_all: bool = True) -> list[LostHeader]:
    found = texts(*headers)
    return list(lost_headers(VISITS, match_headers(VISITS, found), found, had_all=had_all))


def test_a_stranger_between_the_neighbours_stands_for_the_missing_one() -> None:
    assert lost(KEY, "走访人", "单位名称", "走访说明") == [LostHeader("firm", 3)]


def test_a_stranger_at_the_end_is_one_of_the_office_unless_all_were_there_before() -> None:
    assert lost(KEY, "走访人", "企业", "备注") == [LostHeader("note", 4)]
    assert lost(KEY, "走访人", "企业", "备注", had_all=False) == []


def test_a_column_that_is_gone_without_a_trace_is_not_lost_but_the_key_is() -> None:
    assert lost(KEY, "走访人", "走访说明") == []
    assert lost("走访人", "企业", "走访说明") == [LostHeader("key")]
