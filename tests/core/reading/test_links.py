from qcity_xl.core.plan import Criterion
from qcity_xl.core.reading.links import link


def criteria(*texts: str) -> list[Criterion]:
    return [Criterion(2, n, text, 5, "达成") for n, text in enumerate(texts, 1)]


def test_a_task_serves_the_criterion_whose_words_it_shares() -> None:
    market, school = criteria("农贸市场快检室覆盖率达到95%", "学校食堂互联网明厨亮灶")
    served, likeness = link("推进学校食堂明厨亮灶", [market, school])
    assert served == [school]
    assert 0.4 <= likeness <= 1


def test_a_task_that_says_both_serves_both() -> None:
    both = criteria("建设农贸市场快检室", "推进食堂明厨亮灶")
    assert link("建设农贸市场快检室；推进食堂明厨亮灶", both) == (both, 1)


def test_a_task_like_none_serves_none_and_says_how_little_it_shares() -> None:
    assert link("举办广场舞比赛", criteria("建设农贸市场快检室", "推进食堂明厨亮灶")) == ([], 0)


def test_a_single_criterion_is_served_whatever_the_words() -> None:
    (only,) = criteria("建设农贸市场快检室")
    assert link("举办广场舞比赛", [only]) == ([only], 1)
    assert link("举办广场舞比赛", []) == ([], 1)
