"""Thresholds and ranges in Chinese wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.core.rules.comparisons import find_spans


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("退回率不高于4%", ["≤4%"]),
        ("缺陷率没有超过千分之二", ["≤2‰"]),
        ("巡查不得少于六次", ["≥6次"]),
        ("满意度没有低于85%", ["≥85%"]),
        ("办结时间控制在7日以内", ["≤7天"]),
        ("未达到90%", ["<90%"]),
        ("60%≤x＜75%", ["≥60%且<75%"]),
        ("75%>y≥60%", ["≥60%且<75%"]),
        ("50家（含）至80家（不含）", ["≥50家且<80家"]),
        ("9次以上（不含9次）", [">9次"]),
        ("达到97%以上（含97%）", ["≥97%"]),
        ("10-19家", ["≥10家且≤19家"]),
        ("每百万人口达到300份", ["≥300份"]),
        ("万元产值能耗低于0.5吨标准煤", ["<0.5吨标准煤"]),
        ("投资8000万元以上", ["≥8000万元"]),
        ("三分之二以上的社区", ["≥66.666667%"]),
        ("连续3年，2025年底前，第2次，《条例》第5条，4A级", []),
        ("一次验收通过", []),
        ("前六名", ["≤6名"]),
        ("落实门前三包", []),
        ("栽植2000株", ["=2000株"]),
        ("新建哨所十六所", ["=16所"]),
        ("每季度走访3次以上", ["≥3次"]),
        ("每月8日前报送", []),
        ("2026目标", []),
    ],
)
def test_spans_are_found(text: str, found: list[str]) -> None:
    assert [span.condition().text() for span in find_spans(text)] == found


NOUNS = (
    *(
        "到达时间",
        "送达率",
        "达标率",
        "超时率",
        "低保覆盖率",
        "高新产值占比",
        "满载率",
        "少儿入园率",
    ),
    *("多发病控制率", "不达标率", "未达标率", "平均到达用时", "达产率稳定保持在", "合格率控制在"),
)


@given(st.sampled_from(NOUNS), st.sampled_from(["%", "天", "分钟", "件", "工作日"]))
def test_the_word_at_the_number_decides_whatever_the_measure_is_called(
    noun: str, unit: str
) -> None:
    written = f"30{unit}"
    wanted = {
        f"{noun}{written}以上": f"≥{written}",
        f"{noun}{written}以内": f"≤{written}",
        f"{noun}{written}以下": f"≤{written}",
        f"{noun}低于{written}": f"<{written}",
        f"{noun}不低于{written}": f"≥{written}",
        f"{noun}超过{written}": f">{written}",
        f"{noun}不超过{written}": f"≤{written}",
    }
    for text, found in wanted.items():
        assert [span.condition().text() for span in find_spans(text)] == [found], text


@given(st.sampled_from(["超过", "高于", "大于"]), st.sampled_from(["不", "不得", "不应", "未"]))
def test_a_denied_comparison_is_turned_round_and_holds_its_number(word: str, no: str) -> None:
    (plain,) = find_spans(f"差错率{word}3%")
    (denied,) = find_spans(f"差错率{no}{word}3%")
    assert plain.condition().text() == ">3%"
    assert denied.condition().text() == "≤3%"
    assert plain.meets(denied) is None
