"""Cards of labels and values give the plan that one table with these headers gives."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading import Cell, Grid, Reading, Square, grid_of, read_plan, refusal

TITLE = Cell("江阳市质量强市任务分解表", "第1段", free=True)
LABELS = ("指标名称", "分值", "评分标准", "工作任务", "牵头单位", "完成时限")
VALUES = (
    ("标准制定", "10分", "主导制定团体标准4项以上（10分）。", "制定团体标准", "市商务局", "长期"),
    ("计量服务", "8分", "建成计量站3个以上（8分）。", "建设计量站", "市科技局", ""),
    ("电梯维保", "20分", "维保合格率达到97%以上（20分）。", "抽查电梯维保", "市住建局", "2025"),
)


def card(values: tuple[str, ...], wide: int = 1) -> list[tuple[str, ...]]:
    """The rows of a card, with `wide` pairs in each."""
    pairs = list(zip(LABELS, values, strict=True))
    return [
        tuple(text for pair in pairs[at : at + wide] for text in pair)
        for at in range(0, len(pairs), wide)
    ]


def told(reading: Reading) -> str:
    return "\n".join([p.found for p in reading.problems] + [c.text for c in reading.unplaced])


@given(
    cards=st.lists(st.sampled_from(VALUES), min_size=2, max_size=3, unique=True),
    wide=st.sampled_from((1, 2, 3)),
    apart=st.booleans(),
    caption=st.sampled_from(("", "指标卡{}", "第{}项")),
)
def test_cards_are_the_plan_of_one_table(
    cards: list[tuple[str, ...]], wide: int, apart: bool, caption: str
) -> None:
    table = read_plan([TITLE, Grid("表1", grid_of("表1", (LABELS, *cards)).squares)])
    blocks: list[Cell | Grid] = [TITLE]
    rows: list[tuple[str, ...]] = []
    for number, values in enumerate(cards, 1):
        name = [(caption.format(number),)] if caption else []
        if apart:
            blocks += [Cell(name[0][0], f"第{number}段", free=True)] if name else []
            blocks.append(grid_of(f"表{number}", card(values, wide)))
        else:
            rows += [("",), *name, *card(values, wide)]
    reading = read_plan([*blocks, *([] if apart else [grid_of("表1", rows)])])
    assert reading.plan == table.plan
    captions = [caption.format(n) for n in range(1, len(cards) + 1)] if caption else []
    assert [cell.text for cell in reading.unplaced] == captions


def test_places_are_those_of_the_cards() -> None:
    blocks = [grid_of(f"表{n}", card(values)) for n, values in enumerate(VALUES, 1)]
    late = [p.cell for p in read_plan([TITLE, *blocks]).problems if p.code == "deadline"]
    assert late == ["表2第4行第2列"]


def test_a_label_over_several_rows_has_all_their_values() -> None:
    rows = [row for values in VALUES[:2] for row in card(values)]
    grid = grid_of("表1", rows)
    tall = [s for s in grid.squares if s.row < 4]
    tall += [Square("评分标准", 3, 1, 2), Square("满意率达到90%以上（2分）。", 4, 2)]
    tall = [s for s in tall if s.text != "评分标准" or s.height > 1]
    tall += [replace(s, row=s.row + 1) for s in grid.squares if s.row >= 4]
    reading = read_plan([TITLE, Grid("表1", tuple(tall))])
    assert reading.plan.indicators[0].wording.endswith("满意率达到90%以上（2分）。")


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        ([*card(VALUES[1]), ("牵头单位", "市教育局")], "同一个栏目写了几次"),
        (card(("", *VALUES[1][1:])), "没有写指标或任务的名称"),
        (card(VALUES[0]), "写的是同一项"),
        ([*card(VALUES[1]), ("备注", "甲", "乙")], "不是一个栏目配一格内容"),
        ([*card(VALUES[1])[:3], ("本市自定",), *card(VALUES[1])[3:]], "中间夹了别的内容"),
    ],
)
def test_cards_that_are_not_certain_are_refused_with_why(
    spoilt: list[tuple[str, ...]], why: str
) -> None:
    cards = (card(VALUES[0]), card(VALUES[2]), spoilt)
    blocks = [grid_of(f"表{n}", rows) for n, rows in enumerate(cards, 1)]
    said = refusal(read_plan([TITLE, *blocks]))
    assert why in said
    assert "请改成一张表：第一行是这些表头（指标名称、分值、评分标准" in said


def test_cards_beside_a_table_of_tasks_are_told_and_not_read_twice() -> None:
    cards = [grid_of(f"表{n}", card(values)) for n, values in enumerate(VALUES[1:], 2)]
    reading = read_plan([TITLE, grid_of("表1", (LABELS, VALUES[0])), *cards])
    assert [raw.title for raw in reading.plan.indicators] == ["标准制定"]
    assert "两处可能重复" in told(reading)


def test_cards_of_contacts_are_no_plan() -> None:
    rows = (("单位", "市教育局"), ("联系人", "孙明"), ("电话", "55550001"))
    said = refusal(read_plan([TITLE, grid_of("表1", rows), grid_of("表2", rows)]))
    assert "卡片" not in said
