"""Lost scores: each from its own rule, proved by the total of its section."""

from collections.abc import Mapping, Sequence

from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.model import RawSection, Recovered
from qcity_xl.core.reading.scoring import Scoring
from qcity_xl.core.text import number_text


def close_section(
    section: RawSection, scorings: Mapping[int, Scoring], findings: Findings
) -> tuple[dict[int, float], list[Recovered]]:
    """The points of a section's indicators, 0 where nothing tells them, and those that were lost.

    The lost ones are chosen so that the total closes; a total that does not is a problem.
    """
    points = {i.no: i.points for i in section.indicators if i.points is not None}
    lost = [i.no for i in section.indicators if i.points is None]
    taken = None
    if section.points is not None:
        taken = _closing([scorings[no] for no in lost], section.points - sum(points.values()))
    recovered = []
    for no, worth in zip(lost, taken or [scorings[no].sum for no in lost], strict=True):
        points[no] = worth
        proof = f"，补入后第{section.no}部分合计恰为{number_text(section.points or 0)}分"
        if worth:
            source = _source(scorings[no], worth) + (proof if taken else "")
            recovered.append(Recovered(no, worth, source))
    _check_sum(section, points, findings)
    return points, recovered


def _closing(lost: Sequence[Scoring], left: float) -> list[float] | None:
    """Points for the lost scores that make up what is left of the total, if any do.

    The sum of a list comes before its best part, so that the choice departs least from the
    wording. The only rule that names no points gets the remainder.
    """
    silent = [n for n, scoring in enumerate(lost) if not scoring.sum]
    if len(silent) == 1 and (rest := left - sum(s.sum for s in lost)) > 0:
        return [scoring.sum or rest for scoring in lost]
    # By sum reached: the choice with the fewest departures, so that the work stays small.
    reached: dict[float, tuple[int, list[float]]] = {0.0: (0, [])}
    for scoring in lost:
        following: dict[float, tuple[int, list[float]]] = {}
        for total, (departures, chosen) in reached.items():
            for departs, worth in enumerate(dict.fromkeys((scoring.sum, scoring.best))):
                candidate = (departures + departs, [*chosen, worth])
                key = round(total + worth, 6)
                following[key] = min(following.get(key, candidate), candidate)
        reached = following
    return reached[round(left, 6)][1] if round(left, 6) in reached else None


def _source(scoring: Scoring, worth: float) -> str:
    if len(scoring.drafts) > 1 and worth == scoring.sum:
        return f"{len(scoring.drafts)}个得分点合计{number_text(worth)}分"
    if worth == scoring.best:
        return f"评分规则最高{number_text(worth)}分"
    return "评分规则没有写明分值，取所在部分的余数"


def _check_sum(section: RawSection, points: Mapping[int, float], findings: Findings) -> None:
    total = sum(points.values())
    if not total and section.points is None:
        return  # a list of tasks: told once for the whole document
    for indicator in section.indicators:
        if not points[indicator.no] and indicator.points is None:
            findings.problem(
                "points-unknown",
                indicator.where,
                f"指标{indicator.no}没有分值，评分规则也推不出",
                "每项指标有分值",
                "查原件，在总表「指标」填写分值",
            )
    if section.points is None:
        findings.problem(
            "section-points",
            section.where,
            f"第{section.no}部分的标题没有写总分，暂取指标合计{number_text(total)}分",
            "标题写明总分，如（80分）",
            "查原件，核对这一部分的总分",
        )
    elif abs(total - section.points) > 1e-6:
        findings.problem(
            "section-sum",
            section.where,
            f"第{section.no}部分标明{number_text(section.points)}分，"
            f"指标合计{number_text(total)}分",
            "指标分值合计等于所在部分的分值",
            "查原件，核对这一部分各项指标的分值",
        )
