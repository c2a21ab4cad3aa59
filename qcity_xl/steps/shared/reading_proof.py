"""What was read of a document, for the office to look at before it trusts a master.

The columns as they were understood, the first rows, each rule in words; sums, guesses, leftovers.
"""

from collections.abc import Iterator, Mapping

from qcity_xl.core.master.criteria import points_of
from qcity_xl.core.master.model import Master, Row, text
from qcity_xl.core.reading import ColumnRead, Reading
from qcity_xl.core.rules import ParamsError, Question, Rulings
from qcity_xl.core.schema import CRITERIA, INDICATORS, SECTIONS, TASKS, UNITS
from qcity_xl.core.schema.words import GROUP
from qcity_xl.core.text import number_text, shorten
from qcity_xl.steps.shared.outcome import Column, Section, problem_data
from qcity_xl.steps.shared.reading_data import ProofData

_LISTED, _EACH, _LONG = 30, 5, 100  # rows of a list, guesses of a kind, characters of a cell
_FIRST, _TITLE = 5, 30  # rows shown of each table, characters of a title


def understood(master: Master, reading: Reading) -> Iterator[Section]:
    """What was understood: columns, first indicators and tasks, units, rules."""
    yield Section(
        "各列怎么读（读错的，写“表头=意思”或“C列=意思”再读；点按钮的写在“更多选项”里）",
        (Column("表", "label"), Column("列"), Column("表头"), Column("读作"), Column("依据")),
        tuple(_columns(reading.columns)),
    )
    yield Section(
        "读到的前几项指标",
        (Column("指标", "label"), Column("", "points"), Column("验收方式")),
        tuple(
            (f"{text(r, 'no')} {_title(r, 'title')}", points_of(r), text(r, "methods"))
            for r in list(master.rows(INDICATORS).values())[:_FIRST]
        ),
    )
    yield Section(
        "读到的前几项任务",
        (Column("任务", "label"), Column("时限"), Column("牵头"), Column("配合")),
        tuple(
            (
                f"{text(r, 'no')} {_title(r, 'text')}",
                text(r, "deadline"),
                *(shorten(text(r, name), _TITLE) for name in ("leads", "partners")),
            )
            for r in list(master.rows(TASKS).values())[:_FIRST]
        ),
    )
    yield Section("读到的单位", (Column("类别", "label"), Column("名称")), tuple(_named(master)))
    criteria, rulings = list(master.rows(CRITERIA).values()), master.rulings()
    shown, more = criteria[:_LISTED], len(criteria) - _LISTED
    yield Section(
        "各得分点怎么计分",
        (Column("得分点", "label"), Column("", "points"), Column("计分")),
        (
            *(
                (f"{text(r, 'label')} {_title(r, 'text')}", points_of(r), in_words(r, rulings))
                for r in shown
            ),
            *([("…", "", f"另有{more}个，新建后在「得分点」看")] if more > 0 else []),
        ),
    )


def in_words(row: Row, rulings: Mapping[str, Rulings]) -> str:
    """A rule as it was read: its kind, and one sentence on what earns how much."""
    try:
        question = Question.of(row, rulings.get(text(row, "label"), {}))
    except ParamsError as error:
        return str(error)
    return f"{text(row, 'kind')}：{question.says}"


def _title(row: Row, name: str) -> str:
    return shorten(text(row, name), _TITLE)


def _columns(columns: tuple[ColumnRead, ...]) -> Iterator[tuple[str, ...]]:
    """The columns of each layout once, with how many tables have it."""
    tables: dict[str, list[ColumnRead]] = {}
    for column in columns:
        tables.setdefault(column.table, []).append(column)
    layouts: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for table, own in tables.items():
        layout = tuple((c.column, c.header, *_taken_for(c)) for c in own)
        layouts.setdefault(layout, []).append(table)
    for rows, names in layouts.items():
        name = names[0] if len(names) == 1 else f"{names[0]}等{len(names)}张表"
        yield from ((name, *row) for row in rows)


def _taken_for(column: ColumnRead) -> tuple[str, str]:
    if column.meaning:
        return column.meaning, column.why
    name = column.header or column.column
    return "不认识", f"请写“{name}=意思”；不用的写“{name}=不读”"


def _named(master: Master) -> Iterator[tuple[str, str]]:
    rows = master.rows(UNITS).values()
    for kind, some in (
        ("单位", [text(r, "name") for r in rows if text(r, "kind") != GROUP]),
        ("组", [text(r, "name") for r in rows if text(r, "kind") == GROUP]),
    ):
        if some:
            yield f"{len(some)}个{kind}", shorten("、".join(some), 2 * _LONG)


def proof(master: Master, reading: Reading) -> Iterator[Section]:
    """The proof that the document was read whole: sums, recovered scores, guesses, leftovers."""
    yield Section(
        "各部分分值",
        (Column("部分", "label"), Column("标明"), Column("合计"), Column("是否相符")),
        tuple(
            (
                name,
                f"标明{number_text(stated)}",
                f"指标合计{number_text(total)}",
                "相符" if adds_up else "不符，请与文件核对",
            )
            for name, stated, total, adds_up in sums(master)
        ),
    )
    yield Section(
        f"文件里丢失、由评分办法推出的分值{len(reading.recovered)}处",
        (Column("指标", "label"), Column("", "points"), Column("出处")),
        tuple((f"指标{r.indicator}", r.points, r.source) for r in reading.recovered),
    )
    yield Section(
        f"推断{len(reading.guesses)}处，已列入「待定事项」待确认",
        (Column("关于", "label"), Column("推断"), Column("理由")),
        tuple(_grouped(reading)),
    )
    yield Section(
        f"没有归入任何位置的原文{len(reading.unplaced)}处",
        (Column("哪里", "label"), Column("原文")),
        (
            *((cell.where, shorten(cell.text, _LONG)) for cell in reading.unplaced[:_LISTED]),
            *_more(len(reading.unplaced) - _LISTED),
        ),
    )


def _grouped(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """The guesses, those of one kind together and no more than a few of each."""
    kinds: dict[str, list[tuple[str, str, str]]] = {}
    for g in reading.guesses:
        row = (f"{g.subject} {g.what}", f"取“{g.taken}”" if g.taken else "留空", g.reason)
        kinds.setdefault(g.what[:8], []).append(row)
    for what, rows in kinds.items():
        yield from rows[:_EACH]
        if len(rows) > _EACH:
            yield what, f"同类另有{len(rows) - _EACH}处", "都在「待定事项」里"


def _more(count: int) -> Iterator[tuple[str, str]]:
    if count > 0:
        yield "…", f"另有{count}处，这里没有列出"


def sums(master: Master) -> Iterator[tuple[str, float, float, bool]]:
    """Each section: its name, its points as stated and as its indicators add up, and whether so."""
    for section in master.rows(SECTIONS).values():
        own = [
            points_of(row)
            for row in master.rows(INDICATORS).values()
            if text(row, "section") == text(section, "no")
        ]
        stated, total = points_of(section), sum(own)
        name = f"{text(section, 'no')} {text(section, 'title')}"
        yield name, stated, total, abs(total - stated) < 1e-6


def proof_data(master: Master, reading: Reading) -> ProofData:
    """The same, and what was read, as --json tells it."""
    rulings = master.rulings()
    return {
        "recovered": [
            {"indicator": r.indicator, "points": r.points, "source": r.source}
            for r in reading.recovered
        ],
        "guesses": [
            {
                "where": g.where,
                "subject": g.subject,
                "what": g.what,
                "taken": g.taken,
                "reason": g.reason,
            }
            for g in reading.guesses
        ],
        "problems": problem_data(reading.problems),
        "unplaced": [{"where": c.where, "text": c.text} for c in reading.unplaced],
        "columns": [
            {
                "table": c.table,
                "column": c.column,
                "header": c.header,
                "meaning": c.meaning,
                "why": c.why,
            }
            for c in reading.columns
        ],
        "rules": [
            {
                "criterion": text(row, "label"),
                "text": text(row, "text"),
                "points": points_of(row),
                "kind": text(row, "kind"),
                "params": text(row, "params"),
                "reading": in_words(row, rulings),
            }
            for row in master.rows(CRITERIA).values()
        ],
        "named": [
            {"name": text(row, "name"), "kind": text(row, "kind")}
            for row in master.rows(UNITS).values()
        ],
    }
