"""The columns of the office's table: the one list of the header words that are known."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from qcity_xl.core.text import fold

Role = Literal[
    "group", "title", "points", "methods", "rule", "task", "deadline", "leads", "partners", "other"
]
# What a header may mean. The first fifteen make the plan; the others are an office's own notes.
Meaning = Literal[
    "serial",
    "section",
    "level1",
    "level2",
    "level3",
    "title",
    "content",
    "points",
    "methods",
    "rule",
    "task",
    "deadline",
    "leads",
    "partners",
    "units",
    "progress",
    "status",
    "completion",
    "score",
    "evidence",
    "contact",
    "phone",
    "mail",
    "remarks",
    "target",
    "measure",
    "judges",
    "left",
]
MEANING_NAMES: dict[Meaning, str] = {
    "serial": "序号",
    "section": "部分",
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "title": "指标",
    "content": "考核内容",
    "points": "分值",
    "methods": "验收方式",
    "rule": "评分办法",
    "task": "工作任务",
    "deadline": "完成时限",
    "leads": "牵头单位",
    "partners": "配合单位",
    "units": "责任单位",
    "progress": "进展情况",
    "status": "完成状态",
    "completion": "完成率",
    "score": "得分",
    "evidence": "佐证材料",
    "contact": "联系人",
    "phone": "电话",
    "mail": "邮箱",
    "remarks": "备注",
    "target": "目标值",
    "measure": "计量单位",
    "judges": "考核部门",
    "left": "不读",
}
_WHO = "(?:单位|部门|科室|处室|机关|主体|责任人)"
_ASSESS = "(?:考核|创建|评价|考评|测评|评估|检查|督查|监测|绩效)"
_HOW = "(?:方式|方法|办法|途径|形式|手段)"
_RULES = "(?:方式|方法|办法|标准|细则|依据|规则|说明|口径|要求)"
_KINDS = "(?:年度|主要|重点|具体|核心|创建|目标|推进|落实|改革|整改|提升|治理|攻坚|建设|工作)"
_AND = "(?:[及与和、]|以及)"
# Headers differ from office to office and, at page breaks, inside one document. The first that
# fits the whole header counts; ambiguous ones stand with what they mean most often.
_WORDS: tuple[tuple[Meaning, str], ...] = (
    (
        "evidence",
        "(?:佐证|证明|支撑|印证|备查|档案|台账|证据)(?:材料|资料)?(?:编?号|序号|编码|清单|目录|名称|档案)*",
    ),
    (
        "evidence",
        "(?:材料|资料|附件)(?:编?号|清单|目录|名称)|(?:需|应)?(?:提供|报送|提交)(?:的)?(?:材料|资料)(?:清单|名称)?|文号",
    ),
    (
        "judges",
        "(?:负责)?(?:考核|考评|评价|测评|打分|评分|审核|督查|数据)(?:牵头|责任|负责|来源)?(?:考核)?"
        + _WHO,
    ),
    (
        "serial",
        "序号?|顺序号?|项次|编号|编码|代码|行号|项号|no\\.?|(?:指标|任务|项目)(?:编号|序号|代码)",
    ),
    (
        "section",
        "部分|板块|领域|模块|类别|大类|分类|类型|维度|方面|(?:指标|任务|项目|考核|工作)(?:类别|类型|分类|领域|板块)",
    ),
    (
        "level1",
        "(?:[一1i]级|第[一1]级)(?:考核|评价)?(?:指标|项目|目录)?(?:名称|内容)?|指标项|大项|目标层",
    ),
    ("level2", "(?:(?:[二2]|ii)级|第[二2]级)(?:考核|评价)?(?:指标|项目|目录)?(?:名称|内容)?"),
    (
        "level3",
        "(?:(?:[三3四4]|iii|iv)级|第[三3四4]级)(?:考核|评价)?(?:指标|项目|目录)?(?:名称|内容)?",
    ),
    (
        "rule",
        _ASSESS
        + "?(?:评分|计分|打分|赋分|得分|扣分|记分|给分|加[减扣]?分|评定|量化|分值)(?:[及与和、])?"
        + _RULES
        + "(?:[及与和、]"
        + _RULES
        + ")?",
    ),
    (
        "rule",
        "(?:考核|评价|考评|测评|评判|达标|评估|检查|督查|验收)(?:评分)?(?:标准|细则|规则|尺度)(?:[及与和、]"
        + _RULES
        + ")?",
    ),
    ("rule", "(?:考核|评价|考评)(?:方法|办法)|评分"),
    (
        "score",
        "(?:自评|自查|考核|考评|核定|复核|审核|实际|最终|实|评审|测评)?(?:得分|扣分|评分|打分|核分)(?:情况|小计|合计)?|(?:单位|部门|本级|自我)?(?:自评|自查|自评自查|初评)(?:分值|分数|分|情况|结果)?|(?:上年|去年)度?得分",
    ),
    (
        "points",
        "(?:标准|基准|基本|基础|满|参考|指标|考核|各项|应得|设定|单项|总|配|权重|赋)?(?:分值|分数)(?:权重|标准)?|(?:标准|基准|基本|基础|满|配|赋|总|应得)分值?|(?:考核|指标)?权重(?:分值?|值|系数|占比)?|权值|赋分值?|分值设置|满分值|最高分值?",
    ),
    (
        "methods",
        "(?:验收|检查|核查|审核|评审|认定|测评|评估|查验|检验|核验|验证|印证|佐证|取证|采集|监测|考核|评价|考核评价|考评|督查|(?:资料|材料|数据)(?:审核|采集|核查|来源))"
        + _HOW
        + "|数据来源|(?:数据)?取数(?:方式|来源|渠道)",
    ),
    (
        "content",
        "(?:" + _ASSESS + "|指标)(?:主要|具体)?(?:内容|要点|内涵|说明|解释|要素|要求|释义|定义|点)"
        f"(?:{_AND}(?:要求|要点|说明|标准))?"
        "|(?:主要)?(?:观测|考察|测评|采分|得分|考核)点|(?:具体|主要|基本)?内容(?:要求)?|(?:具体|基本)要求"
        "|创建(?:标准|要求)|达标要求",
    ),
    (
        "title",
        "(?:" + _ASSESS + "|主要|具体|核心|关键|重点|分项|单项|目标|任务)*指标"
        f"(?:名称|内容|项目|要素|体系|{_AND}任务)?|(?:"
        + _ASSESS
        + "|评审)(?:项目|事项|对象)(?:名称|内容)?|项目(?:名称|内容)?",
    ),
    (
        "task",
        _KINDS + "*(?:任务|举措|措施|做法)"
        "(?:分解|内容|清单|事项|名称|明细|安排|目标|要求|举措|[及和与]措施)*|"
        + _KINDS
        + "*工作(?:内容|事项|目标|要点|安排|清单|要求)|(?:重点|主要)?事项(?:名称|内容)?"
        "|(?:年度)?(?:重点|主要)工作",
    ),
    (
        "completion",
        "(?:任务|工作)?(?:完成|办结|进展)(?:率|比例|百分比|进度)|进度(?:百分比|率)?|完成百分比",
    ),
    (
        "deadline",
        "(?:预计|要求|计划|规定|拟)?(?:完成|责任|办结|落实|截止|推进|整改|上报|报送|工作|任务|实施|建成)*(?:时间|时限|期限|日期)(?:要求|节点|进度|安排|表|点)?|(?:完成|进度|序时)(?:节点|安排|进度|要求)|年限|限期|完成年月",
    ),
    (
        "leads",
        "(?:总?牵头|主办|主责|主责任|牵头责任|第一责任|首要责任|主要责任|主要负责|主体责任|牵头负责|责任牵头|市级牵头|承办|主管|归口)"
        + _WHO
        + "|牵头|主办",
    ),
    (
        "partners",
        "(?:配合|协办|参与|参加|协同|协作|协助|协同配合|配合责任|责任配合|共同责任|共同|支持|联合|会办|协管|相关|次要责任)"
        + _WHO
        + "|配合|协办",
    ),
    (
        "units",
        "(?:责任|负责|落实|实施|承担|执行|任务|报送|填报|完成|任务承担)"
        + _WHO
        + "|责任主体|责任人|单位(?:名称)?",
    ),
    ("status", "(?:是否|有无)(?:完成|办结|达标)|(?:当前|任务|工作|完成|进展)状态|状态|完成与否"),
    (
        "progress",
        "(?:目前|工作|任务|当前|最新|实际|年度)*(?:进展|推进|开展|落实|完成|进度|实施)(?:开展)?(?:情况|成效|说明)*|工作(?:进展|动态|成效|开展)(?:情况)?|存在(?:的)?(?:问题|困难).*|(?:困难|问题)(?:[及和与、]?(?:困难|问题|建议))*|下一?步.*",
    ),
    (
        "contact",
        "(?:工作|具体)?(?:联系人|联络员|联络人|经办人|负责人|填报人|责任领导|分管领导|牵头领导|责任科长)(?:姓名)?",
    ),
    ("phone", "(?:联系|办公|手机|移动|固定|座机)?(?:电话|手机)(?:号码?)?|联系方式"),
    ("mail", "(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?|e-?mail"),
    ("remarks", "备注(?:说明)?|说明|有关说明|注|其他说明|其它说明|其他|备考|附注"),
    (
        "target",
        "(?:年度|全年|当年|计划|考核|预期)*(?:目标值|目标数|任务数|计划数|计划值|指标值|标准值|基准值)|(?:19|20)\\d{2}年(?:度)?(?:目标|计划)值?.*|(?:年度|全年|当年)目标",
    ),
    ("measure", "(?:计量|度量|计数|统计|数据)单位|量纲|单位符号"),
)
_KNOWN = tuple((meaning, re.compile(words)) for meaning, words in _WORDS)
_ROLES: dict[Meaning, Role] = {
    "section": "group",
    "level1": "group",
    "level2": "title",
    "level3": "title",
    "title": "title",
    "content": "title",
    "points": "points",
    "methods": "methods",
    "rule": "rule",
    "task": "task",
    "deadline": "deadline",
    "leads": "leads",
    "units": "leads",
    "partners": "partners",
}
TASK_COLUMNS: tuple[Role, ...] = ("deadline", "leads", "partners")


def header_key(header: str) -> str:
    """A header for comparing: folded, without what stands in brackets and its marks."""
    return re.sub(r"\(.*?\)|[*:：/]", "", fold(header))


def own_meaning(header: str, own: Iterable[tuple[str, Meaning]]) -> Meaning | None:
    """What the office says that a header means, None if nothing."""
    key = header_key(header)
    said = (meaning for word, meaning in own if header_key(word) == key and not place_of(word))
    return next(said, None) if key else None


def meaning_of(header: str, own: Iterable[tuple[str, Meaning]] = ()) -> Meaning | None:
    """What a header means, by the office's `own` words or the usual ones; None if unknown."""
    key = header_key(header)
    if (said := own_meaning(header, own)) or not key:
        return said
    return _usual_meaning(key)


@lru_cache(maxsize=1 << 12)  # every cell of a table is asked whether it is a header
def _usual_meaning(key: str) -> Meaning | None:
    return next((meaning for meaning, words in _KNOWN if words.fullmatch(key)), None)


def place_of(word: str) -> int | None:
    """The column that C, C列 or 第3列 name, counted from 1; None for a header's word."""
    key = fold(word).upper()
    if numbered := re.fullmatch(r"第(\d{1,3})列", key):
        return int(numbered[1])
    lettered = re.fullmatch("(A?[A-Z])列?", key)
    if lettered is None:
        return None
    column = 0
    for letter in lettered[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def role_of(header: str | None) -> Role | None:
    """What a column holds, by its header; None for a text that is no header."""
    meaning = meaning_of(header or "")
    return _ROLES.get(meaning, "other") if meaning else None
