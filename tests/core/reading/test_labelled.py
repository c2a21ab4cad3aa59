"""Lines of labels and values give the plan that one table with these headers gives."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading import Cell, Grid, grid_of, read_plan
from qcity_xl.core.reading.labelled import with_cards

TITLE = Cell("江阳市质量强市任务分解表", "第1行", free=True)
LABELS = ("指标名称", "分值", "评分标准", "工作任务", "牵头单位", "完成时限")
VALUES = (
    ("标准制定", "10分", "主导制定团体标准4项以上（10分）。", "制定团体标准", "市商务局", "长期"),
    ("计量服务", "8分", "建成计量站3个以上（8分）。", "建设计量站", "市科技局", "2026年12月"),
    ("电梯维保", "20分", "维保合格率达到97%以上（20分）。", "抽查电梯维保", "市住建局", "2025"),
)


def lines(texts: list[str]) -> list[Cell]:
    return [Cell(text, f"第{n}行", free=True) for n, text in enumerate(texts, 2)]


@given(
    cards=st.lists(st.sampled_from(VALUES), min_size=2, max_size=3, unique=True),
    between=st.sampled_from(("\n", "  ", "；", " | ")),
    colon=st.sampled_from(("：", ":")),
    numbered=st.booleans(),
    blank=st.booleans(),
)
def test_labelled_lines_are_the_plan_of_one_table(
    cards: list[tuple[str, ...]], between: str, colon: str, numbered: bool, blank: bool
) -> None:
    table = read_plan([TITLE, Grid("表1", grid_of("表1", (LABELS, *cards)).squares)])
    texts: list[str] = []
    for number, values in enumerate(cards, 1):
        pairs = [f"{label}{colon}{value}" for label, value in zip(LABELS, values, strict=True)]
        texts += f"{f'{number}. ' if numbered else ''}{between.join(pairs)}".split("\n")
        texts += [""] if blank else []
    reading = read_plan([TITLE, *lines(texts)])
    assert reading.plan.criteria == table.plan.criteria
    assert reading.plan.tasks == table.plan.tasks
    assert [i.title for i in reading.plan.indicators] == [i.title for i in table.plan.indicators]
    assert reading.unplaced == ()


def test_items_below_a_label_are_part_of_its_value() -> None:
    texts = [
        *("指标名称：标准制定", "分值：8分", "评分标准："),
        *("①主导制定标准得5分；", "②出台制度得3分。"),
        *("责任单位：市商务局", "指标名称：计量服务", "分值：2分", "评分标准：建站得2分。"),
        "责任单位：市科技局",
    ]
    plan = read_plan([TITLE, *lines(texts)]).plan
    assert [(c.indicator, c.points) for c in plan.criteria] == [(1, 5), (1, 3), (2, 2)]
    assert [task.leads for task in plan.tasks] == [("市商务局",), ("市科技局",)]


def test_words_between_the_labels_of_a_card_are_no_guess() -> None:
    texts = [
        *("指标名称：标准制定", "分值：8分", "这一项由办公室另行说明", "责任单位：市商务局"),
        *("指标名称：计量服务", "分值：2分", "责任单位：市科技局"),
    ]
    blocks = [TITLE, *lines(texts)]
    reading = read_plan(blocks)
    assert reading.plan.indicators == ()
    assert [p.code for p in reading.problems if "栏目：内容" in p.found] == ["cards-unread"]


def test_one_labelled_line_makes_no_card() -> None:
    blocks: list[Cell | Grid] = [TITLE, *lines(["指标名称：标准制定", "责任单位：市商务局"])]
    assert with_cards(blocks) == blocks
