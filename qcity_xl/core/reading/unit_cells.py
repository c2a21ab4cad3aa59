"""What an office writes into a cell of units: names with their parts, verbs, people, numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qcity_xl.core.reading.model import RawContact
from qcity_xl.core.text import clean, fold

UnitRole = Literal["", "leads", "partners"]
_WIDE = str.maketrans("():;,【】〔〕［］[]", "（）：；，（）（）（）（）")
# ★市商务局, 市科技局※: a mark that a note of the document may explain.
_STARS = r"[★☆※▲△●◆◇■□*＊#＃√✓]+"
_MARK = re.compile(
    rf"(?:^|(?<=[、，；：\s（）]))\s*(?P<mark>{_STARS})\s*|\s*(?P<mark2>{_STARS})(?=$|[、，；\s（）])"
)
_NOBODY = re.compile(r"无|没有|暂无|空|[-/\\×x]+|无配合单位|无牵头单位")
_OPEN = re.compile("待定|待明确|待确定|另行(?:确定|通知|明确)|待商|未定|暂缺|待补")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\d{3,4}[-—－ ])?(?:\d{7,8}|\d{4} \d{4})|1\d{10}|1\d{2} \d{4} \d{4})(?!\d)"
    r"(?:转\d{1,5})?"
)
_PERSON = (
    r"(?:(?:联系人|联络员|负责人|责任人|经办人|分管领导|责任领导)(?:和|及)?(?:联系)?(?:电话)?[：:\s]*)"
    r"([\u4e00-\u9fff]{2,4})?"
)
_NAMED = re.compile(_PERSON)
_CALL = re.compile(r"(?:联系)?(?:电话|手机|邮箱|座机)[：:\s]*")
_BARE = re.compile(r"^[\s，、：]*([\u4e00-\u9fff]{2,3})[\s，、]*$")
# （陈刚） behind a name is a person: a usual surname, and nothing that ends as an office does.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田姜范姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙段雷钱汤尹黎乔贺赖龚"
)
_IN_BRACKETS = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")
# 市司法局张明13…: the name of a person straight behind that of an office, before a number.
_CALLED = re.compile(rf"([局委办部厅院会心])(?=[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}\s*1\d{{10}})")
_OFFICE_END = re.compile("[局委办部厅院室处科站所队]$")
_LEAD = "总?牵头|主办|主责|承办"
_HELP = "协同配合|配合|协办|参与|参加|协助|协同|协作|支持"
_LABEL = re.compile(
    rf"(?:(?P<lead>{_LEAD})|(?P<help>{_HELP})|(?P<any>责任|负责|落实|实施))(?:责任|负责)?(?:(?:单位|部门)?：|(?:单位|部门)[为是])"
    rf"|(?:(?P<lead2>{_LEAD})|(?P<help2>{_HELP})|(?P<any2>责任|负责))(?:单位|部门)(?=[市县区省州各])"
)
_NOTE = re.compile(rf"（(?:为|是)?(?:(?P<lead>{_LEAD})|(?P<help>{_HELP}))(?:责任)?(?:单位|部门)?）")
_LED = re.compile(
    rf"(?:^|(?<=[；，、\n]))\s*（((?:{_LEAD}|{_HELP})(?:单位|部门)?)）：?"
)  # （牵头）甲局
_DUTY = re.compile(
    "(?:按照?|依)(?:各自)?(?:职责|职能)(?:和|与)?(?:职责)?(?:范围|权限)?(?:内)?(?:分工)?(?:分别|共同|各自)?(?:负责|落实|推进|配合|做好)?"
    "|(?:分别|共同|各自|具体)(?:牵头)?负责"
)
_DUTY_NOTE = re.compile(rf"（(?:{_DUTY.pattern})）")
_ENDS = (
    (
        "leads",
        re.compile(
            rf"[为是]?(?:{_LEAD}|负总责|负主责|为主)(?:负责|组织|实施|落实|抓总)*(?:单位|部门)?$"
        ),
    ),
    ("partners", re.compile(rf"[为是]?(?:{_HELP})(?:落实|实施|做好|负责|推进)*(?:单位|部门)?$")),
    ("", re.compile("(?:具体|组织|抓好)?(?:负责|落实|实施|指导|督导)$")),
)
_THEN = re.compile(rf"(?<=牵头)、(?=[^、，；]*、?[^、，；]*(?:{_HELP})$)")  # 甲牵头、乙配合
_WITH = re.compile("(?<=委员会)同|(?<!委员)会同|商请|联合(?![会国])")
_ITEM = re.compile(
    r"(?:^|(?<=\n))\s*[一二三四五六七八九十]{1,2}、|（\d{1,2}）(?=[市县区省州各国])|(?:^|(?<=[、，；\n\s]))\s*(?:[（(]?\d{1,2}[）)、.．]|[①-⑳])\s*|[①-⑳]"
    r"|(?<=[局委办部厅院会府])\d{1,2}[.、．](?=[市县区省州各国])"  # 1.市科技局2.市教育局
)


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Names that have one part in the work, "" where the column tells it."""

    text: str
    part: UnitRole = ""


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell of units: its clauses in order, whom to call, and what is still to be decided."""

    clauses: tuple[NameGroup, ...] = ()
    contacts: tuple[RawContact, ...] = ()
    undecided: str = ""
    marks: str = ""  # ★ where it stands at some of the names only, so that it means something


@lru_cache(maxsize=1 << 12)
def read_unit_cell(cell: str) -> UnitCell:
    """Names without what stands around them; 无 and — are nobody, 待定 is to be asked."""
    text = _LED.sub(r"\1：", clean(cell).translate(_WIDE).strip())
    if _NOBODY.fullmatch(fold(text).strip(".。")):
        return UnitCell()
    if _OPEN.fullmatch(fold(text).strip("。.()")):
        return UnitCell(undecided=text)
    marks = [mark for found in _MARK.findall(text) for mark in found if mark]
    text = _MARK.sub("", text)
    text = _CALLED.sub(r"\1 ", text)
    text, contacts = _contacts(_DUTY_NOTE.sub("", text))
    text = _THEN.sub("，", _ITEM.sub("、", text))
    clauses: list[NameGroup] = []
    marked = bool(_NOTE.search(text)) and "leads" in {
        "leads" for note in _NOTE.finditer(text) if note["lead"]
    }
    for part, piece in _labelled(text):
        clauses += _clauses(piece, part, marked)
    some = 0 < len(marks) < len(re.findall("[、，；\n]", text)) + 1 or len(set(marks)) > 1
    told = "".join(dict.fromkeys(marks)) if some else ""
    return UnitCell(tuple(c for c in clauses if c.text), tuple(contacts), marks=told)


def _labelled(text: str) -> list[tuple[UnitRole, str]]:
    """牵头单位：甲；配合单位：乙 cut at its labels."""
    found: list[tuple[UnitRole, str]] = []
    end, part, led = 0, "", False
    for label in _LABEL.finditer(text):
        found.append((_part(part), text[end : label.start()]))
        groups = label.groupdict()
        # 责任单位 behind 牵头单位 is the partner, as it is in columns.
        part = "leads" if groups["lead"] or groups["lead2"] else "partners" if led else ""
        led = led or part == "leads"
        part = "partners" if groups["help"] or groups["help2"] else part
        end = label.end()
    found.append((_part(part), text[end:]))
    return found


def _part(name: str) -> UnitRole:
    return "leads" if name == "leads" else "partners" if name == "partners" else ""


def _clauses(piece: str, given: UnitRole, marked: bool) -> list[NameGroup]:
    """The clauses of a piece: 甲牵头，乙、丙配合; 甲会同乙; 甲（牵头）、乙."""
    found: list[NameGroup] = []
    pending = ""
    for sentence in re.split("([；。])", piece):
        for run in re.split("(，)", re.sub("^[由以](?=[市县区省州各国])", "", sentence)):
            if run in ("，", "；", "。"):
                pending += "、" if pending else ""
                continue
            pending += run
            text, part = _ended(pending.strip())
            if part is not None:
                found += _noted(text, part or given, marked)
                pending = ""
    if pending.strip("、 "):
        found += _noted(pending, given, marked)
    return found


def _ended(text: str) -> tuple[str, UnitRole | None]:
    """A run without the verb at its end, and the part that it tells; None where it goes on."""
    if duty := _DUTY.search(text):
        return text[: duty.start()] + text[duty.end() :].strip("，、"), ""
    for part, verb in _ENDS:
        if (match := verb.search(text)) and match.start() > 0:
            rest = text[: match.start()]
            return (rest, _part(part)) if part else (_ended(rest)[0], _ended(rest)[1] or "")
    return text, None


def _noted(text: str, part: UnitRole, marked: bool) -> list[NameGroup]:
    """Names with （牵头） or （配合） behind them; beside a marked lead the others are partners."""
    found: list[NameGroup] = []
    end = 0
    for note in _NOTE.finditer(text):
        before, mark, name = text[end : note.start()].rpartition("、")
        if before.strip("、"):
            found.append(NameGroup(before, "partners" if marked else part))
        del mark
        found.append(NameGroup(name, "leads" if note["lead"] else "partners"))
        end = note.end()
    rest = text[end:].strip("、 ")
    if rest:
        found.append(NameGroup(rest, "partners" if marked else part))
    return [one for clause in found for one in _joint(clause)]


def _joint(clause: NameGroup) -> list[NameGroup]:
    """甲会同乙: the first leads."""
    match = _WITH.search(clause.text)
    if match is None or match.start() == 0:
        return [clause]
    first, others = clause.text[: match.start()], clause.text[match.end() :]
    return [NameGroup(first, clause.part or "leads"), NameGroup(others, "partners")]


def _unit_before(text: str) -> str:
    """The name that stands last in a text."""
    return re.split(r"[、，；：\s]", text.rstrip("、，；： \n"))[-1]


def _contacts(text: str) -> tuple[str, list[RawContact]]:
    """The text without people and their numbers, and each with the name that stood before it."""
    contacts: list[RawContact] = []

    def take(piece: str, before: str) -> bool:
        phone, mail = _PHONE.search(piece), _MAIL.search(piece)
        person = _NAMED.search(piece)
        if _IN_BRACKETS.fullmatch(piece) and before and not _OFFICE_END.search(piece):
            contacts.append(RawContact(_unit_before(before), piece, "", ""))
            return True
        rest = _CALL.sub("", _MAIL.sub("", _PHONE.sub("", piece)))
        bare = _BARE.match(_NAMED.sub("", rest) if person and not person[1] else rest)
        name = person[1] if person and person[1] else bare[1] if bare and (phone or mail) else ""
        if not (phone or mail or person):
            return False
        unit = _unit_before(before)
        contacts.append(
            RawContact(unit, name or "", phone[0] if phone else "", mail[0] if mail else "")
        )
        return True

    out, end = "", 0
    for note in re.finditer("（([^（）]*)）", text):
        before = out + text[end : note.start()]
        out = before if take(note[1], before) else before + note[0]
        end = note.end()
    text = out + text[end:]
    lines = []
    for line in re.split("([；\n])", text):
        match = _PHONE.search(line) or _MAIL.search(line) or _NAMED.search(line)
        if match is None:
            lines.append(line)
            continue
        start = match.start()
        ahead = re.search(
            r"(?:[\s，、：]+[\u4e00-\u9fff]{2,3})?[\s，、]*(?:联系)?(?:电话|手机|邮箱)?[：\s]*$",
            line[:start],
        )
        cut = ahead.start() if ahead else start
        if ahead and cut == 0 and line[:start].strip():
            cut = start if not re.match("联系|电话|手机|邮箱", line) else 0
        before = line[:cut]
        tail = line[start:]
        others = re.search("[、，；](?=[市县区省州各])", tail)
        piece = line[cut : start + (others.start() if others else len(tail))]
        take(piece, "".join(lines) + before)
        lines.append(before + (tail[others.start() :] if others else ""))
    return "".join(lines), contacts
