"""Ids of rows: what they say, and ids that say nothing."""

import pytest

from qcity_xl.core.master.model import Row
from qcity_xl.core.master.row_keys import TELLING, says_nothing, telling_key, typed_key
from qcity_xl.core.schema import BY_NAME, CRITERIA, EVIDENCE, SETTINGS, TASKS, UNITS, Table
from qcity_xl.core.values import Value
from tests.core.builders import embedded, issued

ROWS = [
    (name, key, row)
    for master in (embedded(), issued())
    for name in TELLING
    for key, row in master.rows(BY_NAME[name]).items()
]


@pytest.mark.parametrize("name", TELLING)
def test_ids_say_what_stands_in_a_new_master(name: str) -> None:
    for table, key, row in ROWS:
        if table == name:
            assert telling_key(BY_NAME[name], dict(row)) == key


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [
        (TASKS, {"no": "52.3"}, "T52.3"),
        (TASKS, {"no": "５２.3 "}, "T52.3"),
        (TASKS, {"no": None}, ""),
        (CRITERIA, {"label": "26（4）"}, "C26.4"),
        (CRITERIA, {"label": "其他"}, ""),
        (SETTINGS, {"group": "验收方式", "item": "座谈走访"}, "验收方式/座谈走访"),
        (SETTINGS, {"group": "验收方式"}, ""),
        (UNITS, {"name": "市气象局"}, ""),
        (EVIDENCE, {"title": "工作简报"}, ""),
    ],
)
def test_ids_of_what_people_type(table: Table, row: dict[str, Value], key: str) -> None:
    assert telling_key(table, row) == key


def test_an_id_that_says_nothing_is_a_new_one_and_known_as_such() -> None:
    taken: set[str] = set()
    for _ in range(3):
        taken.add(typed_key(UNITS, taken))
    assert taken == {"U手工/1", "U手工/2", "U手工/3"}
    assert all(map(says_nothing, taken))


def test_no_id_of_the_program_is_taken_for_one_that_says_nothing() -> None:
    rows: list[tuple[str, str, Row]] = ROWS
    assert not [key for _, key, _ in rows if says_nothing(key)]
