"""接收台账: the office's own working book into the running master."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from qcity_xl.core.adopting.adoption import Adopted, adopt_book
from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID
from qcity_xl.core.errors import NothingToDo
from qcity_xl.core.history.log import as_lines
from qcity_xl.core.master.numbers import NumbersInUse, standing_ids
from qcity_xl.core.schema import BY_NAME, CONFLICTS
from qcity_xl.core.text import one_line, shorten
from qcity_xl.steps.shared.adopt_data import AdoptData
from qcity_xl.steps.shared.commit import check_writable, commit
from qcity_xl.steps.shared.header_words import known_words, taught
from qcity_xl.steps.shared.outcome import (
    DONE,
    LEFT,
    Column,
    Context,
    Count,
    Outcome,
    Section,
    change_data,
    change_section,
)
from qcity_xl.steps.shared.target import Target, open_sound

TITLE = BY_ID["adopt"].title
_SHOWN, _LONG = 40, 60  # cells of a list, characters of a cell


def adopt(
    target: Target,
    book: Path,
    context: Context,
    *,
    table: bool = False,
    pairs: str | Sequence[str] = (),
    headers: str | Sequence[str] = (),
    packs_out: bool = False,
) -> Outcome[AdoptData]:
    """Take a working book into the master; doing it again writes nothing.

    `headers` explain what stands above its columns, as 办到哪步=进展情况; 设置 remembers them. With
    `table`, what the file holds is a newer version of the state's table (see 换用新表). Raises
    NothingToDo for a file that is none, DocumentError for one that can't be read.
    """
    if table:
        from qcity_xl.steps.shared.revising import revise_table

        return revise_table(target, book, context, pairs, headers, packs_out=packs_out)
    from qcity_xl.adapters.documents import load_document  # its libraries take a while to import

    file = open_sound(target)
    check_writable(file, context)
    words = known_words(file.master, headers)
    source = load_document(book)
    blocks = [*source.blocks, *source.aside]  # notes too are placed or listed
    adopted = adopt_book(file.master, blocks, book.name, TITLE, words)
    if not adopted.known:
        raise NothingToDo(
            f"“{book.name}”看来不是台账：没有认出进展、完成情况、自评得分、佐证材料或联系人的列。"
            "请确认选对了文件；确是台账的，把表头改成常用的写法（工作任务、牵头单位、进展情况、"
            "完成率、存在问题、佐证材料、联系人）后再试。"
        )
    changes = [*adopted.changes, *taught(file.master, headers, words)]
    commit(file, as_lines(changes, book.name), context, TITLE, book.name)
    notices = tuple(problem.sentence() for problem in source.problems)
    return _outcome(book.name, adopted, notices, standing_ids(file.master))


def _outcome(
    name: str, adopted: Adopted, notices: tuple[str, ...], standing: NumbersInUse
) -> Outcome[AdoptData]:
    left = adopted.left
    data: AdoptData = {
        "kind": "book",
        "taken": adopted.taken,
        "there": adopted.there,
        "conflicts": adopted.conflicts,
        "left": [
            {"sheet": c.cell.sheet, "cell": c.cell.cell, "text": c.cell.text, "reason": c.reason}
            for c in left
        ],
        "told": list(adopted.told),
        "revised": [],
        "questions": [],
        "blocked": [],
        "changes": len(adopted.changes),
        "changed": change_data(adopted.changes),
    }
    choose = Advice("resolve", "请到「冲突」表逐条选择处理方式，选好后")
    score = Advice("score", "要看得分")
    return Outcome(
        f"接收“{name}”",
        data,
        LEFT if left or adopted.conflicts else DONE,
        (
            Count("采用", adopted.taken, "格"),
            Count("总表已有", adopted.there, "格"),
            Count("冲突", adopted.conflicts, "格"),
            Count("没有归处", len(left), "格"),
        ),
        tuple(_sections(adopted, standing)),
        notices,
        (*((choose,) if adopted.conflicts else ()), *((score,) if adopted.changes else ())),
        len(adopted.changes),
        sheet=CONFLICTS.sheet if adopted.conflicts else "",
    )


def _sections(adopted: Adopted, standing: NumbersInUse) -> Iterator[Section]:
    rows = Counter((BY_NAME[c.table].sheet, c.field) for c in adopted.changes)
    total = Counter(sheet for sheet, _ in rows.elements())
    yield Section(
        "写到哪里",
        (Column("工作表", "label"), Column("", "count", "格")),
        tuple((f"「{sheet}」", count) for sheet, count in total.items()),
    )
    yield Section(
        f"没有归处的{len(adopted.left)}格",
        (Column("哪一格", "label"), Column("内容"), Column("原因")),
        tuple((str(c.cell), shorten(one_line(c.cell.text), _LONG), c.reason) for c in adopted.left),
        _SHOWN,
    )
    yield Section(
        "请核对",
        (Column("哪一格", "label"), Column("怎样对上")),
        tuple((where, said) for where, _, said in (t.partition("：") for t in adopted.told)),
        _SHOWN,
    )
    yield change_section(adopted.changes, standing)
