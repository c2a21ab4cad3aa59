"""Rows of work: progress, completion, problems and points of a task or an indicator."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.adopting.book import BookRow, BookTable, Piece
from qcity_xl.core.adopting.claims import Claim
from qcity_xl.core.adopting.columns import Slot
from qcity_xl.core.adopting.ledger import Ledger
from qcity_xl.core.adopting.materials import Materials
from qcity_xl.core.adopting.places import FoundRow, RowFinder
from qcity_xl.core.adopting.plan_cells import PlanCells
from qcity_xl.core.adopting.points import KeptPoints
from qcity_xl.core.adopting.reported import (
    Reported,
    are_fractions,
    half_of,
    is_sign,
    progress_of,
    state_of,
)
from qcity_xl.core.master.model import text
from qcity_xl.core.master.rulings import DUTY
from qcity_xl.core.reading.labels import parse_label, whole_label
from qcity_xl.core.rounds.responsibility import Duty
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, INDICATORS, TASKS, UNITS
from qcity_xl.core.schema.words import IN_TROUBLE, LEAD, PROGRESS, progress_word, rate_in
from qcity_xl.core.text import fold, number_text, one_line, shorten
from qcity_xl.core.values import parse_date, parse_number

_SHOWN = 30
NOTHING = ("", "-", "--", "/", "\\", "无", "暂无", "没有", "无。")
_UNIT_SLOTS: tuple[Slot, ...] = ("leads", "units", "partners")
_REPORTED: tuple[Slot, ...] = (
    *("progress", "stage", "state", "rate", "next", "problem", "done_on"),
)
_TASK_NO = re.compile(r"\d{1,3}\.\d{1,3}")
_PART = re.compile(r"(\d{1,4})/([1-9]\d{0,3})")  # 3/4: three of four are done
_CONTACTS: dict[Slot, str] = {"contact": "contact", "phone": "phone", "email": "email"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about, each by its row id; `why` says why there is no task."""

    indicator: str = ""
    criterion: str = ""
    task: str = ""
    why: str = ""
    units: tuple[str, ...] = ()


@dataclass(slots=True)
class WorkReader:
    """Reads tables of work into claims; `told` is what was decided and should be looked at."""

    places: RowFinder
    ledger: Ledger
    materials: Materials
    claims: list[Claim] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    _fractions: bool = False

    def read(self, table: BookTable) -> None:
        """Take in all rows of a table."""
        points = KeptPoints(self.places, self.ledger)
        plan = PlanCells(self.places, self.ledger)
        self._fractions = are_fractions(p for row in table.rows for p in row.of("rate"))
        for row in table.rows:
            subject = self._subject(row)
            self.claims += plan.compare(row, subject.indicator, subject.criterion, subject.task)
            self._report(row, subject)
            for piece in row.of("score"):
                points.add(piece, subject.indicator, subject.criterion, subject.task)
            self._answers(row, subject)
            self._evidence(row, subject)
            self._contacts(row)
            self._others(row, subject)
        self.claims += points.claims()

    def _tell(self, piece: Piece, words: str) -> None:
        sentence = f"{piece.cell}：{words}"
        if words and sentence not in self.told:
            self.told.append(sentence)

    # -- what a row is about

    def _subject(self, row: BookRow) -> Subject:
        indicator = self._indicator(row)
        criterion = self._criterion(row, indicator)
        if criterion and not indicator:
            no = text(self.places.master.rows(CRITERIA)[criterion], "indicator")
            indicator = self.places.indicator(f"{no}、").key or self.places.indicator(no).key
        names = self._named(row)
        task, why = self._task(row, indicator, names)
        if task and not indicator:
            no = text(self.places.master.rows(TASKS)[task], "indicator")
            indicator = self.places.indicator(no).key
        self._check_units(row, task)
        return Subject(indicator, criterion, task, why, names)

    def _indicator(self, row: BookRow) -> str:
        found = ""
        for piece in reversed(row.context("indicator")):
            place = self.places.indicator(one_line(piece.text))
            if place.key:
                found = found or place.key
                self._settle(piece, place)
        for piece in row.of("indicator"):
            place = self.places.indicator(one_line(piece.text))
            if not place.key and not found:
                self._settle(piece, place)
            elif not place.key:
                self.ledger.leave([piece.cell], place.why)
        return found

    def _criterion(self, row: BookRow, indicator: str) -> str:
        for piece in row.context("criterion") + row.context("serves"):
            place = self.places.criterion(one_line(piece.text), indicator)
            self._settle(piece, place)
            if place.key:
                return place.key
        for piece in row.of("serial"):
            place = self.places.criterion(one_line(piece.text), indicator)
            if "(" in fold(piece.text) and place.key:
                return place.key
        return ""

    def _settle(self, piece: Piece, place: FoundRow) -> None:
        if place.key:
            self.ledger.mark([piece.cell], "there")
            self._tell(piece, place.why)
        else:
            self.ledger.leave([piece.cell], place.why)

    def _task(self, row: BookRow, indicator: str, names: Sequence[str]) -> tuple[str, str]:
        pieces = row.context("task")
        if not pieces:
            numbers = (p for p in row.of("serial") if re.search("编号|任务", p.header))
            if piece := next((p for p in numbers if _TASK_NO.fullmatch(fold(p.text))), None):
                return self._numbered(piece)
            return self._only_task(indicator)
        words = [p for p in pieces if not whole_label(p.text)] or pieces
        numbered = next((p.text for p in pieces if p not in words), "")
        numbered = numbered or next((p.text for p in row.of("serial") if "." in p.text), "")
        said = words[0].text
        lines = [parse_label(line) for line in said.split("\n")]
        if len(lines) > 1 and all(lines):
            why = f"一格里有{len(lines)}项任务，分不清是哪一项的"
            self.ledger.leave([p.cell for p in row.of("task")], "一格里有几项任务，请一项一行")
            return "", why
        place = self.places.task(one_line(said), indicator, names[0] if names else "", numbered)
        for piece in pieces:
            if piece in row.pieces:
                self._settle(piece, place)
        return place.key, "" if place.key else f"不知道是哪项任务的：{place.why}"

    def _numbered(self, piece: Piece) -> tuple[str, str]:
        """The task that a number alone names; a number 13.10 may show as 13.1."""
        no = fold(piece.text)
        found = {text(row, "no"): key for key, row in self.places.master.rows(TASKS).items()}
        if no not in found:
            return "", f"总表没有编号是{no}的任务"
        if f"{no}0" in found:
            return "", f"只写了编号{no}，分不清是{no}还是{no}0，请写上工作任务"
        said = text(self.places.master.rows(TASKS)[found[no]], "text")
        self._tell(piece, f"只写了编号，按编号对上“{shorten(one_line(said), _SHOWN)}”")
        return found[no], ""

    def _only_task(self, indicator: str) -> tuple[str, str]:
        if not indicator:
            return "", "这一行没有写是哪项任务、哪项指标"
        own = self.places.tasks_of(indicator)
        if len(own) == 1:
            return own[0], ""
        return "", f"这一行没有写工作任务，所在的指标有{len(own)}项任务，分不清是哪一项的"

    # -- units

    def _named(self, row: BookRow) -> tuple[str, ...]:
        """The units that report in a row: leads before others."""
        for slot in _UNIT_SLOTS:
            names = [n for piece in row.of(slot) for n in self.places.units(piece.text).names]
            if names:
                return tuple(dict.fromkeys(names))
        return ()

    def _check_units(self, row: BookRow, task: str) -> None:
        """Units that the master has for the task are there; others are for the office to see."""
        rows = self.places.master.rows(TASKS)
        known = {duty.unit for duty in self.places.duties_of(task)} if task else set[str]()
        if task:
            split = self.places.registry.split
            known |= {n for f in ("leads", "partners") for n in split(text(rows[task], f))}
        for piece in row.of(*_UNIT_SLOTS):
            named = self.places.units(piece.text)
            for name in named.unknown:
                self.ledger.leave([piece.cell], self.places.stranger(name))
            if extra := [name for name in named.names if task and name not in known]:
                no = text(rows[task], "no")
                reason = f"总表的任务{no}没有{'、'.join(extra)}，要改请改「{TASKS.sheet}」"
                self.ledger.leave([piece.cell], reason)
            elif task or not named.names:
                self.ledger.mark([piece.cell], "there")
            else:
                self.ledger.leave([piece.cell], "不知道是哪项任务的单位")

    def _reporter(self, row: BookRow, subject: Subject) -> tuple[Duty | None, str]:
        """Whose row of 填报 a row of the book is, and why nobody's."""
        if not subject.task:
            return None, subject.why
        no = text(self.places.master.rows(TASKS)[subject.task], "no")
        duties = self.places.duties_of(subject.task)
        if subject.units:
            duties = [duty for duty in duties if duty.unit in subject.units]
            if not duties:
                return None, f"{'、'.join(subject.units)}在总表里不承担任务{no}"
        elif row.of(*_UNIT_SLOTS):
            return None, f"任务{no}这一行的单位认不出来"
        else:
            duties = [duty for duty in duties if duty.role == LEAD] or duties
        if not duties:
            return None, f"任务{no}在总表里还没有责任单位"
        return self._chosen(row, no, duties), ""

    def _chosen(self, row: BookRow, no: str, duties: Sequence[Duty]) -> Duty:
        """Of several the one that 待定事项 names, else the first."""
        ruled = self.places.master.rulings().get(no, {}).get(DUTY, "")
        owner = self.places.registry.find(ruled)
        chosen = next((duty for duty in duties if duty.unit == owner), duties[0])
        if len(duties) > 1 and (said := row.of(*_REPORTED)):
            names = "、".join(duty.unit for duty in duties)
            self._tell(said[0], f"任务{no}写了{names}几个单位，进展记在{chosen.unit}名下")
        return chosen

    # -- what is reported

    def _report(self, row: BookRow, subject: Subject) -> None:
        reported = row.of(*_REPORTED)
        if not reported:
            return
        duty, why = self._reporter(row, subject)
        if duty is None:
            self.ledger.leave([piece.cell for piece in reported], why)
            return
        states = [word for p in row.of("state") if (word := state_of(p))]
        for piece in sorted(reported, key=lambda p: _REPORTED.index(p.slot or "progress")):
            if fold(piece.text) in NOTHING:
                self._nothing(piece, duty)
                continue
            made = list(self._reported(row, piece, states))
            for name, value, rank, soft in made:
                self.claims.append(
                    Claim(
                        *(ASSIGNMENTS.name, duty.key, name, value, (piece.cell,)),
                        *(rank, soft, duty.unit),
                    )
                )

    def _nothing(self, piece: Piece, duty: Duty) -> None:
        """无: what the master holds there, if anything, stays."""
        name = {"problem": "difficulty", "state": "progress", "rate": "progress"}
        field_name = name.get(str(piece.slot), "done_on" if piece.slot == "done_on" else "note")
        held = self.places.master.row(ASSIGNMENTS.name, duty.key).get(field_name)
        if held is None:
            self.ledger.mark([piece.cell], "there")
        else:
            self.ledger.leave([piece.cell], f"台账写“{piece.text}”，总表已有“{held}”，没有改")

    def _reported(self, row: BookRow, piece: Piece, states: Sequence[str]) -> Iterator[Reported]:
        """Field, value, rank, and whether it is only told by the way."""
        if piece.slot == "progress" and is_sign(piece):
            words = "、".join(PROGRESS)
            why = f"只有符号或颜色，看不出是什么意思，完成情况应为：{words}，或写出做了什么"
            self.ledger.leave([piece.cell], why)
        elif piece.slot == "progress":
            yield from progress_of(piece)
        elif piece.slot == "stage":
            if parse_number(piece.text) is not None or rate_in(piece.text) is not None:
                self.ledger.leave([piece.cell], f"“{piece.header}”写的是数，不知道是什么的数")
            else:
                yield "note", f"{piece.header}：{piece.text}", 0, False
        elif piece.slot == "state":
            if word := state_of(piece):
                yield "progress", word, 0, False
                yield from half_of(piece)
            else:
                self.ledger.leave([piece.cell], f"看不懂，完成情况应为：{'、'.join(PROGRESS)}")
        elif piece.slot == "rate":
            yield from self._rate(row, piece, states)
        elif piece.slot == "problem":
            yield "difficulty", piece.text, 0, False
        elif piece.slot == "next":
            said = piece.text
            yield "note", said if said.startswith("下一步") else f"下一步：{said}", 0, False
        elif day := parse_date(piece.text):
            yield "done_on", day, 0, False
        else:
            self.ledger.leave([piece.cell], "不是日期，应写如 2016-05-01")

    def _rate(self, row: BookRow, piece: Piece, states: Sequence[str]) -> Iterator[Reported]:
        number = parse_number(piece.text)
        rate = rate_in(piece.text)
        if part := _PART.fullmatch(fold(piece.text)):
            rate = 100 * int(part[1]) / int(part[2])
        elif number is not None and 0 < number < 1 and not self._fractions:
            why = "这一列有的写小数，有的写百分数，分不清"
            self.ledger.leave([piece.cell], f"{why}是{number_text(number * 100)}%还是{piece.text}%")
            return
        elif number is not None:
            rate = number * 100 if self._fractions else number
        if rate is None or not 0 <= rate <= 100:
            word = state_of(piece)
            if word:
                yield "progress", word, 0, False
            else:
                self.ledger.leave([piece.cell], "不是完成率，应为 0% 到 100%")
            return
        shown = f"{number_text(rate)}%"
        if IN_TROUBLE not in states and (word := progress_word(shown)):
            yield "progress", word, 0, False
        if 0 < rate < 100 and not any(shown in p.text for p in row.of("progress")):
            yield "note", f"完成率{shown}", 0, False

    # -- the rest

    def _answers(self, row: BookRow, subject: Subject) -> None:
        for piece in row.of("answer", "answer_note"):
            if not subject.criterion:
                self.ledger.leave([piece.cell], "不知道是哪个得分点的，请写得分点的编号，如 13(3)")
                continue
            name = "answer" if piece.slot == "answer" else "note"
            self.claims.append(
                Claim(CRITERIA.name, subject.criterion, name, piece.text, (piece.cell,))
            )

    def _evidence(self, row: BookRow, subject: Subject) -> None:
        rows = self.places.master
        serves = text(rows.row(CRITERIA.name, subject.criterion), "label")
        serves = serves or text(rows.row(TASKS.name, subject.task), "criteria")
        serves = serves or text(rows.row(INDICATORS.name, subject.indicator), "no")
        duty, _ = self._reporter(row, subject) if row.of("evidence") else (None, "")
        unit = duty.unit if duty else next(iter(subject.units), "")
        self.claims += self.materials.beside(row, serves, unit)

    def _contacts(self, row: BookRow) -> None:
        pieces = row.of(*_CONTACTS)
        if not pieces:
            return
        leads = [n for p in row.of("leads", "units") for n in self.places.units(p.text).names]
        keys = {text(r, "name"): key for key, r in self.places.master.rows(UNITS).items()}
        for piece in pieces:
            if fold(piece.text) in NOTHING:
                self.ledger.mark([piece.cell], "there")
            elif len(leads) != 1:
                why = "这一行有几个牵头单位" if leads else "这一行没有认出单位"
                self._known_contact(piece, [keys[name] for name in leads], why)
            else:
                name = _CONTACTS[piece.slot or "contact"]
                self.claims.append(
                    Claim(UNITS.name, keys[leads[0]], name, piece.text, (piece.cell,), 1)
                )

    def _known_contact(self, piece: Piece, units: Sequence[str], why: str) -> None:
        """What one of the units has anyway is there."""
        name = _CONTACTS[piece.slot or "contact"]
        rows = [self.places.master.row(UNITS.name, key) for key in units]
        if any(fold(text(row, name)) == fold(piece.text) for row in rows):
            self.ledger.mark([piece.cell], "there")
        else:
            self.ledger.leave([piece.cell], f"{why}，不知道是谁的{piece.header}")

    def _others(self, row: BookRow, subject: Subject) -> None:
        for piece in row.pieces:
            if piece.slot == "serial":
                self.ledger.mark([piece.cell], "heading")
            elif piece.slot == "nowhere":
                self.ledger.leave([piece.cell], f"总表没有放“{piece.header}”的列")
            elif piece.slot is None:
                head = f"不认识表头“{piece.header}”" if piece.header else "这一列没有表头"
                self.ledger.leave([piece.cell], head)
            elif piece.slot == "remark" and subject.task:
                self.claims.append(
                    Claim(TASKS.name, subject.task, "remark", piece.text, (piece.cell,))
                )
            elif piece.slot == "remark":
                self.ledger.leave([piece.cell], subject.why)
