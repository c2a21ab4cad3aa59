"""Which criteria a title speaks of."""

from qcity_xl.core.scoring.kinship import Kinship
from tests.core.builders import build, criterion, embedded, indicator, task

WORK = (
    *("建立首席质量官制度", "开展用户满意度测评", "公布缺陷产品名单"),
    *("设立市长质量奖", "推广卓越绩效"),
)
MASTER = build(
    indicator(6, 10),
    *(criterion(f"6({no})", 2, text=f"质量工作：{what}") for no, what in enumerate(WORK, 1)),
    task("6.1", criteria="6(5)", text="评选百家示范企业"),
)


def test_by_words_that_few_criteria_have() -> None:
    assert Kinship(MASTER).shared("关于推行首席质量官制度的意见") == {"C6.1": "首席质量官制度"}


def test_by_words_of_a_task() -> None:
    assert Kinship(MASTER).shared("百家示范企业通报") == {"C6.5": "百家示范企业"}


def test_words_that_all_have_say_nothing() -> None:
    assert Kinship(MASTER).shared("质量工作总结") == {}
    assert Kinship(MASTER).shared("") == {}


def test_in_the_embedded_table() -> None:
    found = Kinship(embedded()).shared("质量工作联席会议制度")
    assert "C2.1" in found
