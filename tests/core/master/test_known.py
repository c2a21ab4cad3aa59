"""The same rule in other words has the choices and defaults of the program's own table."""

from qcity_xl.core.master.known import with_known
from qcity_xl.core.plan import Criterion, Plan, Ruling
from tests.core.builders import build, criterion, indicator, ruling

LEVELS = "12：建成并运行；7：正在建设；0：没有建设"
TABLE = build(
    indicator(6, 12),
    criterion("6(1)", 12, "分档", LEVELS, text="社区养老服务中心建设"),
    ruling("6(1)", "未尽", "7"),
    criterion("6(2)", 8, "分档", "8：全覆盖；3：部分覆盖；0：没有", text="老年食堂覆盖街道"),
)


def plan(*criteria: Criterion) -> Plan:
    asked = (Ruling(c.label, "未尽", "介于各档之间得多少分", "0", "从严") for c in criteria)
    return Plan(criteria=criteria, rulings=tuple(asked))


def test_the_table_knows_the_default() -> None:
    one = Criterion(3, 1, "建设社区养老服务中心", 12, "分档", LEVELS)
    (known,) = with_known(plan(one), TABLE).rulings
    assert (known.key, known.default, known.question) == ("Q3(1)/未尽", "7", "文件未写")


def test_what_leaves_nothing_out_is_not_asked() -> None:
    params = "8：全覆盖；3：部分覆盖；0：没有覆盖"
    one = Criterion(3, 1, "老年食堂覆盖各街道", 8, "分档", params)
    assert with_known(plan(one), TABLE).rulings == ()


def test_another_rule_is_asked_as_the_reader_asks() -> None:
    other = Criterion(3, 1, "建设社区养老服务中心", 12, "分档", LEVELS.replace("7", "5"))
    words = Criterion(3, 2, "举办龙舟比赛", 12, "分档", "12：国际；7：全国；0：无")
    given = plan(other, words)
    assert with_known(given, TABLE) == given


def test_what_the_reader_did_not_see_is_asked() -> None:
    one = Criterion(3, 1, "建设社区养老服务中心", 12, "分档", LEVELS)
    (known,) = with_known(Plan(criteria=(one,)), TABLE).rulings
    assert known.key == "Q3(1)/未尽"
