"""How sheets of earlier masters print: today's page, unless the office set its own."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.master.paper import BAND, FOOT, WIDTH, paper_of, paper_text, renewed_paper
from qcity_xl.core.schema import CONFLICTS, TASKS

PAGE = {"左边距": "0.45", "右边距": "0.45", "方向": "landscape", "纸张": "8", "页高": "0"}
FORMER = {**PAGE, FOOT: "9", BAND: "8"}
TODAY = {**PAGE, "左边距": "0.35", "右边距": "0.35", FOOT: "10", BAND: "10"}
WORDS = st.text("左右边距方向纸张·列宽单位", min_size=1, max_size=6)
VALUES = st.from_regex(r"[0-9]{1,3}(\.[0-9])?|landscape|", fullmatch=True)


@given(st.dictionaries(WORDS, VALUES))
def test_what_is_told_of_a_sheet_is_read_again(said: dict[str, str]) -> None:
    assert paper_of(paper_text(said)) == said


def test_a_sheet_as_it_was_shipped_prints_as_one_of_today() -> None:
    shipped = {**FORMER, "左边距": "0.450"}  # as another program writes it
    assert renewed_paper(TASKS.name, paper_text(shipped), paper_text(TODAY)) == paper_text(TODAY)


@given(st.sampled_from(sorted(FORMER)), st.sampled_from(["0.7", "portrait", "9.5", ""]))
def test_one_that_the_office_set_stays_as_it_is(name: str, value: str) -> None:
    present = paper_text({**FORMER, name: value})
    assert renewed_paper(TASKS.name, present, paper_text(TODAY)) == present


def test_a_column_that_the_office_drew_keeps_its_width() -> None:
    """The others get that of today, narrower where today's page leaves the column out."""
    present = {**FORMER, f"{WIDTH}原因": "60", f"{WIDTH}下发值": "26.7", f"{WIDTH}来源文件": "24.7"}
    today = {**TODAY, f"{WIDTH}原因": "30.7", f"{WIDTH}下发值": "20.7", f"{WIDTH}来源文件": "0"}
    renewed = paper_of(renewed_paper(CONFLICTS.name, paper_text(present), paper_text(today)))
    widths = {name: value for name, value in renewed.items() if name.startswith(WIDTH)}
    assert widths == {f"{WIDTH}原因": "60", f"{WIDTH}下发值": "12.7", f"{WIDTH}来源文件": "0"}
