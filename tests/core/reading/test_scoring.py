import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.reading.scoring import combination, criteria_of, parse_scoring, rulings_of
from qcity_xl.core.rules import parse_rule


@pytest.mark.parametrize(
    ("wording", "kind", "params"),
    [
        ("建立联席会议制度", "达成", ""),
        ("覆盖率达到96%以上", "数值分段", "≥96%：5"),
        ("平台建成，覆盖率达到96%以上", "达成", "≥96%"),
        ("每千人不少于4批次。", "数值分段", "≥4批次：5"),
        ("在茶叶、竹木、旅游、养老等领域推行认证", "部分达成", "4项：茶叶、竹木、旅游、养老"),
        ("在茶叶、竹木、旅游、养老业推行认证", "部分达成", "4项：茶叶、竹木、旅游、养老业"),
        ("在茶叶、竹木、旅游等领域推行认证", "达成", ""),
        ("在宣传成果、普及知识、加强教育、推广文化等方面取得成效", "达成", ""),
        ("人均名牌数量居全省同级前列", "名次", "前列：5；其余：0"),
        ("满意度居全省前列，或投诉率低于全省平均", "达成", ""),
        ("满意度居全省前10名", "名次", "≤10：5；其余：0"),
        ("满意度连续3年居全省前10名", "达成", "≤10名"),
    ],
)
def test_an_item_is_scored_as_its_wording_says(wording: str, kind: str, params: str) -> None:
    (draft,) = parse_scoring(f"{wording}（5分）。").drafts
    assert (draft.kind, draft.params, draft.points) == (kind, params, 5)
    assert draft.text == wording.strip("。")


@pytest.mark.parametrize(
    ("wording", "kind", "params"),
    [
        (
            "合格率达到96%的得15分，达到92%的得10分，没有检查的得0分。",
            *("数值分段", "≥96%：15；≥92%：10"),
        ),
        ("达到98%的得15分，达到90%的得8分，其余得3分。", "数值分段", "≥98%：15；≥90%：8"),
        ("投诉率低于1%的得15分；低于2%的得5分；其余不得分。", "数值分段", "<1%：15；<2%：5"),
        (
            "合格率95%以上的得15分；90%至95%的得10分；90%以下的不得分",
            *("数值分段", "≥95%：15；≥90%：10"),
        ),
        ("居全省前5名的得15分，第6至10名得10分，其余得5分", "名次", "≤5：15；≤10：10；其余：5"),
        ("数量居前列的得15分，居中游的得8分，其余得2分。", "名次", "前列：15；中游：8；其余：2"),
        (
            "前10名的得15分，排名10至20位的，排名每下降一名减1分，排名20名以外的得0分。",
            *("名次", "≤10：15；≤20：每名-1；其余：0"),
        ),
        ("达到98%的得15分，未达到98%，每下降0.5%扣1分，直至0分。", "扣减", "≥98%；每降0.5：扣1"),
        ("由专家酌情打分，分三档，分别是15分、10分、5分。", "专家评分", "15；10；5"),
        ("每新增1个得2分，最高得15分。", "计件", "每个：2"),
        (
            "已建成的得15分；正在建设：未验收的得8分；未建的不得分。",
            "分档",
            "15：已建成；8：正在建设、未验收；0：未建",
        ),
        ("已建成的得15分，否则不得分。", "达成", ""),
        ("视情况给分", "专家评分", ""),
    ],
)
def test_tiers_are_one_criterion(wording: str, kind: str, params: str) -> None:
    (draft,) = parse_scoring(wording, 15).drafts
    assert (draft.kind, draft.params, draft.points) == (kind, params, 15)


def test_an_item_ends_at_its_mark_not_at_punctuation() -> None:
    scoring = parse_scoring("甲；乙，丙（5分）。丁。（3分）戊（2分）;己(1分)")
    assert [(d.text, d.points) for d in scoring.drafts] == [
        *[("甲；乙，丙", 5), ("丁", 3), ("戊", 2), ("己", 1)]
    ]


def test_a_mark_followed_by_a_comma_goes_on_with_the_same_measure() -> None:
    wording = "持证达到2张以上（5分），达到1张以上（5分），不足1张（0分）；发文（5分）"
    scoring = parse_scoring(wording)
    assert [(d.params, d.points) for d in scoring.drafts] == [
        *[("≥2张：5；≥1张：5；累进", 10), ("", 5)]
    ]
    exclusive = parse_scoring(wording, 10)  # the points of the indicator settle it
    assert exclusive.drafts[0].params == "≥2张：5；≥1张：5"


def test_parts_worth_more_than_the_whole_are_alternatives() -> None:
    scoring = parse_scoring("已经推行（10分）；正在探索（5分）。")
    assert [combination(scoring, points) for points in (10, 15)] == ["best", "sum"]
    (ruling,) = rulings_of(7, scoring, 10)
    assert (ruling.subject, ruling.item, ruling.default) == ("7", "组合", "取高")
    assert ruling.options == ("取高", "累加封顶")


def test_every_open_choice_is_a_ruling_with_a_default() -> None:
    wordings = {
        "达到2个（5分），达到1个（5分）": {"累进": "累进"},
        "没有的为合理缺项（5分）": {"缺项": "折算"},
        "在甲、乙、丙、丁等领域推行（5分）": {"部分": "按比例"},
        "达到98%得5分，每降1%扣1分": {"不足一步": "不扣", "口径": "百分点"},
        "前3名得5分，3至5名的，每下降一名减1分": {"边界": "上档"},
        "居前列得5分，居中游得3分，其余不得分": {"前列": "10", "中游": "20"},
        "达到98%得5分，达到90%得3分，未开展的得0分": {"其余": "0"},
        "达到98%得5分，达到90%得3分，其余得1分": {"其余": "1"},
        "已建得10分；在建得3分；未报得1分": {"未尽": "1"},
        "视情况定": {"计分方式": "专家评分"},
    }
    for wording, asked in wordings.items():
        rulings = rulings_of(4, parse_scoring(wording, 10), 10)
        assert {r.item: r.default for r in rulings if r.item != "组合"} == asked, wording
        assert all(not r.options or r.default in r.options for r in rulings)


@pytest.mark.parametrize(
    ("wording", "title", "period"),
    [
        ("年度考核", "", "每年"),
        ("每年定期整治", "每年9月", "每年、定期"),
        ("市民广泛参加", "办好每年5月宣传周", "每年5月"),
        ("每年十一月发布公报", "", "每年11月"),
        ("当年没有通报，且3年内低于平均", "", "当年、3年内"),
        ("连续三年提高", "定期发布", "连续3年、定期"),
        ("2011-2020年", "", ""),
    ],
)
def test_periods_are_read_from_wording_and_title(wording: str, title: str, period: str) -> None:
    (criterion,) = criteria_of(1, parse_scoring(f"{wording}（5分）"), title)
    assert criterion.period == period


TEXT = st.text(
    alphabet="得（）分，；。0123456789.%名前达到每降扣减至列中游其余酌情不在、等领域推行以上",
    max_size=60,
)


@given(TEXT)
def test_every_rule_can_be_parsed_again(wording: str) -> None:
    for points in (None, 5.0):
        for draft in parse_scoring(wording, points).drafts:
            parse_rule(draft.kind, draft.params, draft.points)
