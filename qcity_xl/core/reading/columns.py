"""The columns of the office's table, by their headers."""

import re
from typing import Literal

from qcity_xl.core.text import fold

Role = Literal[
    "group", "title", "points", "methods", "rule", "task", "deadline", "leads", "partners", "other"
]
# Headers differ from office to office and, at page breaks, inside one document.
_HEADERS: tuple[tuple[Role, str], ...] = (
    ("group", "指标项|一级指标|指标类别|类别|项目|部分"),
    ("title", "(考核|创建|评价|二级)?指标(名称|内容)?|(考核|创建|评价)(内容|项目)"),
    ("points", "分值|分数|标准分|满分|标准分值|满分值"),
    ("methods", "(验收|检查|核查|审核|评审)(方式|方法|办法)"),
    ("rule", "(考核|评价|考评)?(评分|计分|打分)(方式|方法|办法|标准|细则|依据|规则)"),
    ("rule", "(考核|评价|考评)(方法|办法|标准|细则)"),
    ("task", "(主要|重点|具体)?(工作)?任务(分解|内容)?|(主要|重点|具体)?工作(内容|措施|目标)"),
    ("deadline", "(完成|责任)?(时间|时限|期限)(要求|节点|进度|安排)?"),
    ("leads", "(牵头|责任|主办|负责|牵头责任)(单位|部门)"),
    ("partners", "(配合|协办|参与|协同|协作)(单位|部门)"),
    ("other", "序号|编号|备注|说明"),
)
TASK_COLUMNS: tuple[Role, ...] = ("deadline", "leads", "partners")


def role_of(header: str | None) -> Role | None:
    """What a column holds, by its header; None for a text that is no header."""
    flat = re.sub(r"\(.*?\)", "", fold(header or ""))
    return next((role for role, words in _HEADERS if re.fullmatch(words, flat)), None)
