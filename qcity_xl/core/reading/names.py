"""Units as an office writes them: elided prefixes, group words, names broken over two lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from qcity_xl.core.text import clean, one_line

MEMBERS = "相关成员单位"
_PLACE = "(?:辖|直属)?(?:县|市|区|旗|镇|乡|街道|园区|开发区|功能区)+"
_PLACES = rf"{_PLACE}(?:、{_PLACE})*(?:（{_PLACE}(?:、{_PLACE})*）)?"
_OFFICES = "(?:人民政府|政府|管委会|办事处|管理委员会)?"
_WHOLE = (
    "(?:全[市县区省州]|[市县区省州](?:级|直|属|政府|委市政府)|驻[市县区]|本[市县区])"
    "(?=.*(?:各|有关|相关|直))"
)
_MANY = (
    "(?:单位|部门|企业|机构|学校|高校|院校|中小学校?|幼儿园|医院|园区|协会|集团|银行|媒体"
    "|人民政府|政府|管委会|办事处|街道|乡镇|村|社区|行业|板块)"
)
_GROUP = re.compile(
    rf"各{_PLACES}{_OFFICES}(?:（[^（）]{{1,12}}）)?(?=$|[、，,；;及和与等])"
    # 属地政府, 相关区政府; 街道办事处 and 乡镇政府 without a name of their own.
    f"|(?:属地|所在地|当地|辖区)(?:{_PLACES})?(?:人民)?(?:政府|管委会|街道|乡镇)?(?=$|[、，,；;及和与等])"
    f"|(?:有关|相关|涉及的?){_PLACES}{_OFFICES}(?=$|[、，,；;及和与等])"
    "|(?:乡镇?|镇|街道|县区|区县|村|社区)(?:、(?:街道|社区))?(?:（(?:镇|街道|社区)）)?(?:人民政府|政府|办事处)?"
    "(?=$|[、，,；;及和与等])"
    "|[^、，,；;及和与等各]*领导小组(?:的)?(?:各|其他|其它)?(?:相关|有关)?成员(?:单位|部门)?"
    "|各?(?:其他|其它)?(?:相关|有关)(?:成员)?(?:单位|部门)"
    "|各(?:成员|市直|县直|区直|直属)?(?:单位|部门)"
    # 县级人民政府, 三区两县, 局机关各科室
    f"|[县区镇乡村](?:级|两级|区)(?:人民)?政府|(?:[两二三四五六七八九十]+(?:个)?{_PLACE})+(?=$|[、，,；;及和与等])"
    "|(?:局|委|办)(?:机关|属)?各(?:科室|处室|单位)"
    # Words for many, whatever the city: 市直各部门, 各有关企业, 全市各级各部门, …联席会议成员单位.
    f"|(?:{_WHOLE}|其他|其它|有关|相关|各)[^、，,；;及和与等]{{0,12}}{_MANY}(?:[和及](?:单位|部门))?(?=$|[、，,；;及和与等])"
    "|[^、，,；;及和与等]{2,20}(?:的)?(?:各|其他|其它)?(?:相关|有关)?成员(?:单位|部门)"
)
_REST = re.compile(
    r"(?:以?及|和|与|等)(?:各)?(?:\d+个|[一二三四五六七八九十]+个|[一二三四五六七八九十]+家|\d+家)?"
    "(?:其他|其它)?(?:相关|有关)?(?:的)?(?:成员)?(?:单位|部门)$|等$"
)
# 市 opens a name, but not in 市场监管局, 市容局, 市政管理局; nor 区 in 区划办.
_PREFIX = re.compile(
    "市(?![场容]|民(?:中心|服务|热线|之家)|政(?![府协法务研数]))|县|区(?![划域])|州|省|旗|盟"
)
# Bodies of the Party's committee, and of the government's office: 市委组织部、宣传部.
_PARTY = re.compile(
    "(?:组织|宣传|统战|统一战线工作|社会工作)部|政法委(?:员会)?|网信办|网络安全和信息化委员会办公室|编办|机构编制委员会办公室"
    "|督查室|督查考核办|巡察办|政研室|改革办|财经办|外事办|台办|保密(?:办|局)|机要局|老干部局|党校|(?:直属)?机关工委|党史.*室"
)
_OFFICE_ROOMS = re.compile("研究室|督查室|办公室|参事室|外事办")
# A conjunction stands between two names: 甲局和市乙局, 甲局以及丙局; not in 住房和城乡建设局.
_JOIN = re.compile("以及|[和及与]")
# A whole office; a body below one, which may stand on a line of its own.
_OFFICE = (
    "局|委|办|部|厅|院|政府|委员会|办公室|管委会|协会|总会|联合会|工会|商会|社|会|室|工委|政协|人大"
    "|妇联|残联|文联|侨联|社科联|工商联|科协"
)
_BELOW = (
    "中心支行|支行|分行|银行|中心|支队|大队|总队|队|分局|处|所|站|科|公司|集团|学院|大学"
    "|妇联|残联|文联|侨联|社科联|工商联|联|科协|学会|学校|党校|馆|台|厂|电信|移动|联通|铁塔|邮政|供电"
)
_NAME_END = re.compile(
    f"(?:{_OFFICE}|{_BELOW}|海关|街道|镇|乡|县|区|单位|部门|企业|园区|开发区)(?:（[^）]*）)?$"
)
_INNER = re.compile(f"(?:{_OFFICE}|{_BELOW}|协|海关|街道|镇|乡|县|区|市|本级|机关)$|^原|挂牌|筹")
_ENDS_OFFICE = re.compile(f"(?:{_OFFICE})$")
_BARE = re.compile(f"(?:{_OFFICE}|{_BELOW})")
_WIDE = str.maketrans("(),;/\\＼+＋&＆|｜·•", "（），；、、、、、、、、、、、")
_MARK = re.compile("[、，；]|[.。．](?=[市县区省州各])")
_RUN = re.compile("[局委办部厅院]室?(?=[市县区].)")
_OFFICE_ALONE = re.compile("^[市县区][^市县区].+(?<!分)(?:局|委|办|部|厅|院)$")
_VERB = re.compile(
    "牵头|配合|负责|会同|落实|职责|按照|完成|推进|做好|同上|待定|组织实施|抓好|联系人|电话"
)
_ROOM = re.compile("(?:局|委|办|部|厅|院)([\u4e00-\u9fff]{2,8}(?:科|股|处室|科室))$")
_SORT = re.compile(
    "(?:部门|单位|企业|机构)$|^[市县区省州](?:局|部|院|会|中心)$|^[^市县区省州]{2}(?:学校|医院|园区|开发区|社区|公司|集团)$"
)
_SEAT = re.compile("(?:政府|管委会|管理委员会|办事处)$")  # 临江新区管委会 is of no city's
_ROOM_ALONE = re.compile("[^市县区省州]*(?:科|科室|股)|办公室|机关党委|秘书处|综合处")
_SEVERAL = re.compile("[两二三四五]办$|四套班子|[两三]级|^市?（[县区]）|^[市县区]、[县区镇]")
_LONGEST_NAME = 40
_CITY = re.compile("([\u4e00-\u9fff]{2,6}?)(?:市|县|区|州|盟|旗)")


def city_of(heading: str) -> str:
    """The place that the heading names, without 市 or 县; "" if none."""
    match = _CITY.search(heading)
    return re.sub("^.*(?:关于|印发|年)", "", match[1]) if match else ""


def looks_like_units(text: str) -> bool:
    """Whether a text can be a list of units."""
    flat = one_line(text)
    if len(flat) > 200 or re.search("[。；：]|分）", flat):
        return False
    names = [name for name in re.split("[、，,\n]", _dense(text)) if name]
    return any(_NAME_END.search(name) for name in names)


@dataclass(slots=True)
class Entry:
    """One name of a cell; `elided` and `broken` say what about it is uncertain, "" if nothing."""

    name: str
    group: bool = False
    elided: str = ""
    broken: str = ""


def name_fault(name: str) -> str:
    """Why a text can't be the name of a unit, "" if it can: nobody gets a pack by mistake."""
    if name.count("（") != name.count("）") or re.match("）", name):
        return "括号不成对"
    if re.search(r"\d|[xX×○Ｘ]{2}", name) or not re.fullmatch(r"[\w（）“”\"、·—-]*", name):
        return "带有数字或符号"
    if (inner := re.search("（([^（）]*)）$", name)) and not _INNER.search(inner[1]):
        return "括号里写的不像机构"
    if "或" in name or _SEVERAL.search(name):
        return "写的是几个单位，或其中的一个"
    if _SORT.search(name):
        return "只说了哪类单位"
    if _VERB.search(name):
        return "带有动词或说明"
    if not 2 <= len(name) <= _LONGEST_NAME or not _NAME_END.search(name):
        return "不像单位名称"
    return ""


def inner_room(name: str) -> str:
    """The office to which a named section of it belongs, "" where a name is no section's."""
    match = _ROOM.search(name)
    return name[: match.start(1)] if match else ""


def is_room(name: str) -> bool:
    """Whether a name is a section's whose office is not named: 质量发展科."""
    return _ROOM_ALONE.fullmatch(name) is not None


def short_for(one: str, two: str) -> bool:
    """Whether one name may be another one shortened: 市市监局, 市市场监管局; 市委办, 市委办公室.

    市文旅局 beside 市文旅局（市文物局） may be one office as well.
    """
    short, long = sorted((one, two), key=len)
    if long == f"{short}公室" or long.startswith(f"{short}（"):
        return True
    if len(short) == len(long) or short[0] != long[0] or len(short) < 3 or len(long) > 30:
        return False
    if short[-1] != long[-1] and not long.endswith(("委员会", "办公室")):
        return False
    if "分局" in long or long.startswith(short) or "（" in long:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


@dataclass(slots=True)
class Names:
    """What the whole document says about names; fill it with `learn`, then `split`."""

    city: str = ""
    full: set[str] = field(default_factory=set)
    _before: str = ""  # the name before the one in hand

    def learn(self, cells: Iterable[str]) -> None:
        """Take in each name that some cell writes in full: alone, or with its prefix."""
        for cell in cells:
            for line, _ in self._lines(_dense(cell)):
                for place, (name, _) in enumerate(_members(line)):
                    if self._is_full(name) or (place == 0 and _NAME_END.search(name)):
                        self.full.add(name)

    def _is_full(self, name: str) -> bool:
        own = bool(self.city) and name.startswith(self.city)
        return (own or bool(_PREFIX.match(name))) and bool(_NAME_END.search(name))

    def same(self, one: str, name: str) -> bool:
        """Whether a text names this unit: in full, or without its 市."""
        (first, *_), whole = (_dense(one).split("\n") or [""]), one_line(one)
        return bool(whole) and name in (whole, first, *(f"{p}{whole}" for p in "市县区"))

    def split(self, cell: str) -> list[Entry]:
        """The units and group words of a cell, in order, with elided prefixes restored."""
        entries: list[Entry] = []
        prefix = self._before = ""
        for line, why in self._lines(_dense(cell)):
            for name, rest in _members(line):
                entry = self._entry(name, prefix) if not rest else Entry(name, True)
                prefix = _prefix_of(entry.name) or prefix
                self._before = entry.name
                entry.broken = why
                if entries:
                    _share_room(entries[-1], entry)
                entries.append(entry)
        seen: dict[str, Entry] = {}
        for entry in entries:
            seen.setdefault(entry.name, entry)
        return list(seen.values())

    def _entry(self, name: str, prefix: str) -> Entry:
        if _GROUP.fullmatch(name) or name.startswith(("各", "有关", "相关")):
            return Entry(name, True)
        if not prefix or self._is_full(name):
            return self._bare(name)
        if house := self._house(name, prefix):
            why = f"原文写“{name}”，同格前面的单位属{house}，补上“{house}”"
            whole = house + name
            return Entry(whole) if whole in self.full else Entry(whole, elided=why)
        if prefix + name in self.full:
            return Entry(prefix + name)
        # 团县委 bears its prefix inside.
        if (
            name in self.full
            or f"{prefix}委" in name
            or _SEAT.search(name)
            or not _ENDS_OFFICE.search(name)
        ):
            return Entry(name)
        why = f"原文写“{name}”，同格前面的单位带“{prefix}”，补上“{prefix}”"
        return Entry(prefix + name, elided=why)

    def _bare(self, name: str) -> Entry:
        """A name without its 市 where other cells write it in full."""
        if self._is_full(name):
            return Entry(name)
        whole = next(
            (f"{letter}{name}" for letter in "市县区" if f"{letter}{name}" in self.full), ""
        )
        why = f"原文写“{name}”，其他格写“{whole}”，看作同一个单位"
        return Entry(whole, elided=why) if whole else Entry(name)

    def _house(self, name: str, prefix: str) -> str:
        """市委 or 市政府, whose body a name is by the one before it; "" if it is of neither."""
        committee, government = f"{prefix}委", f"{prefix}政府"
        if self._before.startswith(committee) and _PARTY.fullmatch(name):
            return committee
        room = _OFFICE_ROOMS.fullmatch(name)
        return government if room and self._before.startswith(government) else ""

    def _lines(self, cell: str) -> list[tuple[str, str]]:
        """The lines of a cell after joining those that a line break only wraps."""
        lines: list[tuple[str, str]] = []
        for line in filter(None, cell.split("\n")):
            if not lines:
                lines.append((line, ""))
                continue
            before, why = lines[-1]
            apart, reason = self._apart(before, line)
            if apart:
                lines[-1] = before, why or reason
                lines.append((line, reason))
            else:
                lines[-1] = before + line, why or reason
        return lines

    def _apart(self, before: str, line: str) -> tuple[bool, str]:
        """Whether a line break stands between two names, and what is uncertain about it."""
        one, two = _members(before)[-1:], _members(line)[:1]
        if not one or not two:
            return False, ""
        return self._parted(before, one[0][0], two[0][0])

    def _parted(self, before: str, one: str, two: str) -> tuple[bool, str]:
        if before[-1] in "、，,；;" or not _NAME_END.search(one) or not _NAME_END.search(two):
            return False, ""
        if _GROUP.fullmatch(one + two):
            return False, ""
        if _GROUP.fullmatch(one) or _GROUP.fullmatch(two):
            return True, ""
        both = _ENDS_OFFICE.search(one) and _ENDS_OFFICE.search(two) and not _BARE.fullmatch(two)
        if self._is_full(two) or both:
            return True, f"“{one}”“{two}”之间只有换行，看作两个单位"
        return False, f"“{one}”“{two}”之间有换行，看作一个单位"


def _dense(cell: str) -> str:
    """A cell with nothing but line breaks for spaces, its brackets and commas full width."""
    return "\n".join(clean(cell).translate(_WIDE).split())


def _members(line: str) -> list[tuple[str, bool]]:
    """Names and group words of one line; True for a group word that stood as a suffix."""
    found: list[tuple[str, bool]] = []
    place = 0
    while place < len(line):
        group = _GROUP.match(line, place)
        end = group.end() if group else _next_mark(line, place)
        name = line[place:end]
        rest = None if group else _REST.search(name)
        if named := name[: rest.start()] if rest else name:
            found += [(one, False) for one in _joined(named, group is not None)]
        if rest:
            found.append((MEMBERS, True))
        # 和 opens a name too (和平区政府): it joins only straight after a group word.
        while end < len(line) and line[end] in ("、，；.。．及和与" if group else "、，；.。．"):
            end, group = end + 1, None
        place = end
    return found


def _joined(name: str, group: bool) -> list[str]:
    """The names that a conjunction joins, each of which must be one."""
    if group:
        return [name]
    for match in _RUN.finditer(name):  # 市财政局市审计局, run together by a line break
        one, two = name[: match.end()], name[match.end() :]
        if _PREFIX.match(one) and two[0] == one[0] and _OFFICE_ALONE.search(two):
            return [one, *_joined(two, False)]
    depth = 0
    for match in _JOIN.finditer(name):
        one, two = name[: match.start()], name[match.end() :]
        depth = one.count("（") - one.count("）")
        if depth or not one or not two or not _NAME_END.search(one):
            continue
        whole = _GROUP.fullmatch(two) or (
            _NAME_END.search(two) and not _BARE.fullmatch(two) and len(two) > 2
        )
        if whole:
            return [one, *_joined(two, bool(_GROUP.fullmatch(two)))]
    return [name]


def _next_mark(line: str, start: int) -> int:
    """Where the next mark stands that no brackets hold: 各县（市、区）人民政府 is one name."""
    for match in _MARK.finditer(line, start):
        before = line[start : match.start()]
        if before.count("（") <= before.count("）"):
            return match.start()
    return len(line)


def _share_room(one: Entry, two: Entry) -> None:
    """市委、市政府督查室 are two rooms of one name: the first gets what it shares."""
    committee, government = one.name, two.name
    if not re.fullmatch("[市县区州旗]委", committee):
        return
    room = government.removeprefix(f"{committee[0]}政府")
    if room != government and room.endswith(("室", "办", "局")):
        one.name = committee + room
        one.elided = f"原文写“{committee}、{government}”，看作“{one.name}”和“{government}”"


def _prefix_of(name: str) -> str:
    match = _PREFIX.match(name)
    return match[0] if match else ""
