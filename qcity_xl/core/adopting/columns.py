"""What the columns of a working book hold: the words of the plan's reader, and an office's own."""

import re
from typing import Literal

from qcity_xl.core.reading.columns import Meaning, header_key, meaning_of, own_meaning
from qcity_xl.core.reading.headers import Words

Slot = Literal[
    "serial",
    "section",
    "indicator",
    "content",
    "criterion",
    "points",
    "methods",
    "rule",
    "task",
    "deadline",
    "leads",
    "partners",
    "units",
    "progress",
    "stage",
    "state",
    "rate",
    "problem",
    "next",
    "done_on",
    "score",
    "answer",
    "answer_note",
    "evidence",
    "number",
    "dated",
    "period",
    "location",
    "page",
    "kind",
    "serves",
    "contact",
    "phone",
    "email",
    "remark",
    "nowhere",
]

# A part of a year, or the year to date: what stands below is how far the work had come then.
_PERIOD = (
    "(?:20\\d\\d年度?)?(?:截至|截止)?(?:(?:(?:1[0-2]|[1-9])月?[-至到])?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?底?"
    "|第?[一二三四1-4]季度|[上下]半年|前[二三23]季度)(?:(?:工作)?(?:进展|完成|推进|落实)(?:情况)?)?"
)
# Words of working books, tried before those of the plan's reader; the first that fits counts.
_WORDS: tuple[tuple[Slot, str], ...] = (
    ("serial", "行键|角色|职责来源|更新轮次|检查结果|审核"),
    ("stage", f"{_PERIOD}|.*整改.*|(?:问题)?销号(?:情况|状态)|是否销号"),
    ("contact", "联系人员?(?:[及和与、]?联系)?[及和与、]?(?:电话|方式|手机|号码)"),
    (
        "problem",
        "(?:目前|当前|主要)?存在(?:的)?(?:主要)?(?:问题|困难).*|(?:主要)?(?:问题|困难)(?:[及和与、].*)?"
        "|(?:具体)?问题(?:描述|内容|表现|情况)",
    ),
    ("next", "下一步.*|后续.*(?:安排|打算|措施|计划)"),
    ("done_on", "(?:实际)?(?:完成|办结|销号)日期|实际(?:完成|办结)(?:时间|日期)|办结时间"),
    (
        "rate",
        "(?:任务|工作|目标|指标|年度)?(?:完成|进度|办结|达成)(?:率|比例|百分比)|进度百分比|完成度",
    ),
    (
        "state",
        "(?:任务|工作|指标)?(?:完成|办理|办结|进展|推进|当前)?状态|(?:是否|有无)(?:完成|办结|达标)|完成与否",
    ),
    (
        "score",
        "(?:原有|台账|已评|目前|当前|预估|预计)?(?:自评|自查)?得分|台账得分|自评分数?|自评分值|自评",
    ),
    ("answer", "自评答案"),
    ("answer_note", "自评(?:说明|理由|依据)|得分(?:说明|理由|依据)"),
    ("number", "(?:发文|文件|材料)?(?:文号|字号|发文字号|文件号)"),
    ("period", "所属(?:期|年份|年度|时期)|(?:材料)?(?:年份|年度)"),
    ("location", "(?:存放|存储|保存|文件|材料|归档)(?:位置|路径|地点|地址|目录)|路径|链接|网址"),
    ("page", "页码|页数|所在页"),
    ("kind", "(?:材料|文件|佐证|证明材料)(?:类型|类别|种类)"),
    (
        "serves",
        "(?:对应|所属|服务|支撑|涉及|关联)(?:的)?(?:考核)?(?:指标|得分点|评分点|项目|任务)(?:编?号)?|得分点(?:编号)?",
    ),
    ("dated", "(?:文件|成文|印发|发文|形成|材料|签发)(?:日期|时间)|成文日"),
    ("evidence", "(?:佐证|证明|支撑|印证|备查)?(?:材料|资料|文件)(?:名称|题名|标题)|文件标题|题名"),
    ("nowhere", "(?:分管|责任|牵头|包保|市级|主管)领导(?:姓名)?|职务"),
    ("remark", "备注"),
)
# In a list of evidence or of contacts some words mean less than elsewhere.
_IN_LISTS: tuple[tuple[Slot, str], ...] = (
    ("dated", "日期|时间"),
    ("evidence", "名称|标题|(?:佐证|证明|支撑)(?:材料|资料)(?:清单|目录)?|材料|文件"),
    ("units", "(?:提供|报送|形成|出具|印发|发文|来源|责任|牵头|填报|主办)?(?:单位|部门)(?:名称)?"),
    ("serves", "(?:考核)?指标(?:编号|名称)?|任务(?:编号)?"),
    ("contact", "姓名"),
)
_ELSEWHERE: tuple[tuple[Slot, str], ...] = (  # and some in a list of work alone
    ("task", "(?:对应|所属|涉及|关联)(?:的)?(?:工作)?任务(?:编?号|名称)?"),
)
_SLOTS: dict[Meaning, Slot] = {
    "serial": "serial",
    "section": "section",
    "level1": "section",
    "level2": "indicator",
    "level3": "indicator",
    "title": "indicator",
    "content": "content",
    "points": "points",
    "methods": "methods",
    "rule": "rule",
    "task": "task",
    "deadline": "deadline",
    "leads": "leads",
    "partners": "partners",
    "units": "units",
    "progress": "progress",
    "status": "state",
    "completion": "rate",
    "score": "score",
    "evidence": "evidence",
    "contact": "contact",
    "phone": "phone",
    "mail": "email",
    "remarks": "remark",
    "target": "nowhere",
    "measure": "nowhere",
    "judges": "nowhere",
}
_OWN = tuple((slot, re.compile(words)) for slot, words in _WORDS)
_OF_LISTS = tuple((slot, re.compile(words)) for slot, words in _IN_LISTS)
_OF_OTHERS = tuple((slot, re.compile(words)) for slot, words in _ELSEWHERE)
_OF_EVIDENCE = {"evidence", "number", "location", "period", "page", "kind", "dated"}
_OF_WORK = {"progress", "stage", "state", "rate", "problem", "score", "points", "rule", "leads"}
_OF_PLACE = {"task", "indicator", "criterion"}


def slot_of(header: str, *, in_list: bool = False, own: Words = ()) -> Slot | None:
    """What a column holds by its header, in a list of evidence where so said; None if unknown.

    What the office says of a header (`own`) counts first.
    """
    if said := own_meaning(header, own):
        return _SLOTS.get(said, "nowhere")
    key = re.sub(r"^20\d\d年度?(?=.{3,})", "", header_key(header))
    for slot, words in (*(_OF_LISTS if in_list else _OF_OTHERS), *_OWN):
        if words.fullmatch(key):
            return slot
    meaning = meaning_of(key)
    return _SLOTS[meaning] if meaning else None


def lists_evidence(headers: list[str], own: Words = ()) -> bool:
    """Whether a table is a list of evidence: it names documents, and says nothing of the work."""
    slots = {slot_of(header, in_list=True, own=own) for header in headers}
    return "evidence" in slots and len(slots & _OF_EVIDENCE) > 1 and not slots & _OF_WORK


def lists_contacts(slots: set[Slot | None]) -> bool:
    """Whether a table says whom to call at which unit, and nothing of the work."""
    return bool(slots & {"phone", "email", "contact"}) and not slots & (
        _OF_WORK - {"leads"} | _OF_PLACE
    )
