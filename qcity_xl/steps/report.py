"""通报 and the like: where the city stands, for leaders and units, in Word and as a page."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from qcity_xl.adapters.disk import load_bytes, make_file
from qcity_xl.adapters.reports.charts import section_bars
from qcity_xl.adapters.reports.paper import BadPaper, PaperTemplate
from qcity_xl.adapters.reports.templates import own_template
from qcity_xl.adapters.resources import paper_template
from qcity_xl.adapters.side_folder import own_name
from qcity_xl.adapters.solver import cheapest
from qcity_xl.adapters.storage import Location, put
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.errors import NothingToDo, QcityError, Unknown
from qcity_xl.core.mail.letters import template_problems
from qcity_xl.core.mail.settings import parse_mail_settings
from qcity_xl.core.master.model import Master, text
from qcity_xl.core.problems import Problem
from qcity_xl.core.reports.inspection import inspection_of
from qcity_xl.core.reports.overview import Overview, overview_of
from qcity_xl.core.reports.paper_values import gain_values, paper_values
from qcity_xl.core.reports.self_report import self_values
from qcity_xl.core.reports.unit_values import unit_values
from qcity_xl.core.schema import RULINGS, SETTINGS
from qcity_xl.core.schema.words import CHASE_LEVELS
from qcity_xl.core.scoring.evaluate import Evaluation
from qcity_xl.core.scoring.moves import EVIDENCED
from qcity_xl.core.scoring.next_steps import NextStep, next_steps
from qcity_xl.core.text import one_line
from qcity_xl.core.values import parse_number
from qcity_xl.steps.shared.chase_papers import LATE, LETTER, chase_papers
from qcity_xl.steps.shared.evaluated import written
from qcity_xl.steps.shared.outcome import DONE, LEFT, Column, Context, Count, Outcome, Section
from qcity_xl.steps.shared.report_data import ReportData
from qcity_xl.steps.shared.target import Target, Workbook, open_sound
from qcity_xl.steps.shared.working_calendar import working_calendar

KINDS = {
    "bulletin": "通报",
    "monthly": "月报",
    "unit": "单位情况",
    "self": "自查报告",
    "letters": "督办函",
    "page": "网页",
}
_MOST = 15  # lines of a list in 通报; 月报 has all
_FOLDER = "汇报"
_NOTHING: Mapping[str, object] = {}
_PAPERS = (
    *("通报", "月报", "单位情况", "自查报告", LETTER, LATE),
    *("迎检目录", "验收清单"),
)


def report(
    target: Target,
    context: Context,
    kind: Sequence[str] | str = (),
    out: Location | None = None,
    templates: bool = False,
) -> Outcome[ReportData]:
    """Make the papers of these kinds, by default 通报; the master is read alone.

    With `templates` the shipped templates are put beside the master for editing. Of several kinds
    one that can't be made is told and stops no other.
    Raises Unknown, CannotWrite; of a single kind NothingToDo, BadPaper, BadLetters.
    """
    file = open_sound(target)
    if templates:
        return _handed(file, context)
    kinds = _kinds(kind)
    evaluation, _, after = written(file, replace(context, dry_run=True), BY_ID["report"].title)
    made, left = _Maker(file, after, evaluation, context).files(kinds)
    folder: Location = out or file.path.parent / _FOLDER
    if not context.dry_run:
        for name, data in made.items():
            put(folder / name, data)
    return _told([str(folder / name) for name in made], [k for k in kinds if k not in left], left)


class BadLetters(QcityError):
    """Templates of 邮件模板 that no letter can be written from."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Name each of them."""
        super().__init__("".join(problem.sentence() for problem in problems))


def _kinds(asked: Sequence[str] | str) -> list[str]:
    """The kinds by their names in Chinese, of either name. Raises Unknown."""
    words = re.split("[;；、,，]", asked) if isinstance(asked, str) else asked
    found = [KINDS.get(word.strip(), word.strip()) for word in words if word.strip()]
    for word in found:
        if word not in KINDS.values():
            raise Unknown("种类", word, "、".join(f"{k}（{v}）" for k, v in KINDS.items()))
    return list(dict.fromkeys(found)) or [KINDS["bulletin"]]


class _Maker:
    """Makes the files of one run from one evaluation."""

    def __init__(
        self, file: Workbook, master: Master, evaluation: Evaluation, context: Context
    ) -> None:
        self._master, self._evaluation = master, evaluation
        self._progress = context.progress
        self._template = own_template(master.settings.papers, file.path.parent)
        mail = parse_mail_settings(master.rows(SETTINGS).values())[0]
        self.overview: Overview = overview_of(
            master,
            evaluation.assessment,
            context.now.date(),
            mail,
            working_calendar(master),
        )
        self._stamp = f"{context.now:%Y%m%d}"

    def files(self, kinds: Sequence[str]) -> tuple[dict[str, bytes], dict[str, QcityError]]:
        """File name -> bytes, and why there is none of a kind. Raises that of a single one."""
        made: dict[str, bytes] = {}
        left: dict[str, QcityError] = {}
        for kind in self._progress(kinds, "生成材料"):
            try:
                made |= _MAKERS[kind](self)
            except (NothingToDo, BadPaper, BadLetters) as error:
                if len(kinds) == 1:
                    raise
                left[kind] = error
        return made, left

    def _filled(
        self, name: str, more: Mapping[str, object] = _NOTHING, most: int | None = None
    ) -> bytes:
        """The paper of this name; of long lists the first `most`."""
        template = PaperTemplate(self._template(name), name)
        values = {**self._values(template, most), **more}
        return template.filled(values, {"图_各部分": section_bars(self.overview)})

    def _values(self, template: PaperTemplate, most: int | None) -> dict[str, object]:
        """What every paper may say; what gains most is found where the template asks for it."""
        ranked = self._master.settings.ranking
        asked = template.asks(*gain_values(()))
        return {
            **paper_values(self.overview, ranked=ranked, most=most),
            **gain_values(self._gains if asked else (), most),
        }

    @cached_property
    def _gains(self) -> tuple[NextStep, ...]:
        return next_steps(self._master, self._evaluation, None, EVIDENCED, cheapest).steps

    def bulletin(self) -> dict[str, bytes]:
        return {f"通报_{self._stamp}.docx": self._filled("通报", most=_MOST)}

    def monthly(self) -> dict[str, bytes]:
        values = {"待裁定": _open_rulings(self._master)}
        return {f"月报_{self._stamp}.docx": self._filled("月报", values)}

    def units(self) -> dict[str, bytes]:
        """One file with all, and one a unit."""
        by_unit = unit_values(self._master, self._evaluation.assessment, self.overview)
        template = PaperTemplate(self._template("单位情况"), "单位情况")
        values = self._values(template, _MOST)
        whole = f"单位情况_{self._stamp}"
        if not by_unit:
            raise NothingToDo("没有一个单位有任务或要补的佐证，没有单位情况可写。请先拆分下发。")
        made = {f"{whole}.docx": template.filled({**values, "单位表": list(by_unit.values())})}
        for name, unit in self._progress(list(by_unit.items()), "写单位情况"):
            made[f"{whole}/{own_name(name, ending='.docx')}"] = template.filled(
                {**values, "单位表": [unit]}
            )
        return made

    def self_report(self) -> dict[str, bytes]:
        plan = inspection_of(self._master, self._evaluation)
        values = {"自查": self_values(self._master, self.overview, plan)}
        return {f"自查报告_{self._stamp}.docx": self._filled("自查报告", values)}

    def letters(self) -> dict[str, bytes]:
        """未报送名单, and a letter to each unit whose time has come, as 催办 writes them."""
        late = self.overview.late
        if not late:
            raise NothingToDo("各单位都已报送，或还没有到催办的时候，没有督办函可写。")
        levels = {one.level for one in late}
        faults = list(template_problems(self._master, [u for u in CHASE_LEVELS if u in levels]))
        if faults:
            raise BadLetters(faults)
        overview = self.overview
        made = chase_papers(self._master, overview.round, late, overview.today, self._template)
        return {f"督办函_{self._stamp}/{name}": data for name, data in made.items()}

    def page(self) -> dict[str, bytes]:
        from qcity_xl.adapters.reports.page import page_bytes

        return {
            f"一览_{self._stamp}.html": page_bytes(self._master, self._evaluation, self.overview)
        }


_MAKERS: Mapping[str, Callable[[_Maker], dict[str, bytes]]] = {
    "通报": _Maker.bulletin,
    "月报": _Maker.monthly,
    "单位情况": _Maker.units,
    "自查报告": _Maker.self_report,
    "督办函": _Maker.letters,
    "网页": _Maker.page,
}


def _open_rulings(master: Master) -> list[Mapping[str, object]]:
    """What is not ruled and moves the score, the most first."""
    rows = [
        row
        for row in master.rows(RULINGS).values()
        if (parse_number(row.get("weight")) or 0) > 0 and not text(row, "choice")
    ]
    rows.sort(key=lambda row: -(parse_number(row.get("weight")) or 0))
    return [
        {
            "对象": text(row, "subject"),
            "问题": one_line(text(row, "question")),
            "分值": row.get("weight"),
        }
        for row in rows
    ]


def _handed(file: Workbook, context: Context) -> Outcome[ReportData]:
    folder = file.path.parent / (file.master.settings.papers or "模板")
    made = []
    for name in _PAPERS:
        path = folder / f"{name}.docx"
        if path.exists():
            continue
        if not context.dry_run:
            make_file(path, load_bytes(paper_template(name)))
        made.append(str(path))
    return _told(made, [])


def _told(
    files: list[str], kinds: list[str], left: Mapping[str, QcityError] = MappingProxyType({})
) -> Outcome[ReportData]:
    nothing = "没有生成" if left else "模板已取出" if files else "模板都已经在了"
    return Outcome(
        "、".join(kinds) + "已生成" if kinds else nothing,
        {"files": files, "kinds": kinds, "left": {kind: str(why) for kind, why in left.items()}},
        LEFT if any(not isinstance(why, NothingToDo) for why in left.values()) else DONE,
        counts=(Count("文件", len(files), "个"),),
        sections=(Section("", (Column("文件"),), tuple((name,) for name in files), most=12),),
        notices=tuple(f"没有生成{kind}：{why}" for kind, why in left.items()),
        pending=len(files),
    )
