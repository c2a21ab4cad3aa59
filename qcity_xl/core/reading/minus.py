"""Sections that only take points away, or bar all of them: 扣分项, 一票否决."""

from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.model import RawSection
from qcity_xl.core.reading.parts import is_scoring
from qcity_xl.core.reading.scoring import parse_scoring

_KINDS = ("扣分项", "一票否决")


def takes_points(wording: str) -> bool:
    """Whether a wording is understood as one that costs points of the total, or bars all.

    What stands after it may only be words that speak of no points; they are told.
    """
    scoring = parse_scoring(wording, 0.0)
    known = all(draft.kind in _KINDS for draft in scoring.drafts)
    return known and bool(scoring.drafts) and not is_scoring(scoring.rest)


def tell_taken(section: RawSection, where: str, findings: Findings) -> None:
    """Say that a section is in the master with 0 points."""
    what = f"“{section.title}”只扣分或否决，已按0分列为指标，扣分从总分中扣"
    fix = "请核对扣分项和一票否决的每一条"
    findings.problem("minus-section", where, what, "扣分和否决各有得分点", fix)


def tell_left(section: RawSection, where: str, findings: Findings) -> None:
    """Say that a row of such a section was not understood and is left out."""
    what = f"“{section.title}”里有没读懂的扣分或否决内容，没有列为指标"
    fix = "在总表「指标」「得分点」另行补上，或记在备注"
    findings.problem("minus-section", where, what, "写明扣几分或一票否决", fix)
