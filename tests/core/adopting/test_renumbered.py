"""Old numbers are read as the new ones, wherever they are named."""

from dataclasses import replace

from qcity_xl.core.adopting.renumbered import new_numbers
from qcity_xl.core.schema import SECTIONS, TASKS
from tests.core.adopting.tables import FILLED, MECHANISM, REWARD, TALENT, match

NUMBERS = new_numbers(match(FILLED, ((REWARD,), (MECHANISM,))))  # 3 is gone, 1 and 2 changed


def test_criteria_and_indicators_of_a_cell() -> None:
    assert NUMBERS.labels("1(1)、2") == (["2(1)", "1"], [])
    assert NUMBERS.labels("3(1)；1(2)") == (["2(2)"], ["3(1)"])
    assert NUMBERS.labels("甲") == (["甲"], [])


def test_the_subject_of_a_matter() -> None:
    assert NUMBERS.subject("1(1)") == "2(1)"
    assert NUMBERS.subject("2.1") == "1.1"
    assert NUMBERS.subject("3") is None
    assert NUMBERS.subject("市教育局") == "市教育局"


def test_words_that_name_their_subject() -> None:
    assert NUMBERS.within("得分点1(1)不适用时，31(1)照旧", "1(1)", "2(1)") == (
        "得分点2(1)不适用时，31(1)照旧"
    )
    assert NUMBERS.within("指标1的前10名", "1", "2") == "指标2的前10名"


def test_the_sections_of_an_earlier_score() -> None:
    turned = new_numbers(match(FILLED, ((TALENT,), (MECHANISM, REWARD))))
    assert turned.new(SECTIONS.name, "9") == "9"
    assert NUMBERS.sections("1：20；2：15.5") == "1：20；2：15.5"


def test_a_row_that_stays_takes_the_next_free_number() -> None:
    new = replace(MECHANISM, tasks=(*MECHANISM.tasks[:1], *TALENT.tasks))
    matched = match(FILLED, ((REWARD,), (new,)), "1.2=保留")
    assert new_numbers(matched).rows[TASKS.name]["T1.2"] == "2.3"
