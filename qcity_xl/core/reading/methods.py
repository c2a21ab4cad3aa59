"""Acceptance methods: a cell may run them together, or break one over two lines."""

import re
from itertools import pairwise

from qcity_xl.core.text import clean

# A method begins with one of these. A modifier and the verb after it are one beginning.
_MODIFIER = "现场|实地|随机|电话|网上|入户|专家|群众|分组"
_VERB = (
    "听取|查阅|查看|查验|查核|审阅|审核|审查|核查|核实|调取|调阅|走访|暗访|座谈|问卷(?:调查)?|询问|抽查|抽样|检查|"
    "考察|察看|踏勘|观看|访谈|测评|评议|提问|会议纪要"
)
_HEAD = re.compile(f"(?:{_MODIFIER})+(?:{_VERB}|测试|打分)?|{_VERB}|与(?=[^与]+(?:交流|座谈|访谈))")
# A line that ends so is a whole method; the next line begins another one.
_COMPLETE = re.compile(
    "(?:汇报|文件|资料|材料|报告|记录|影像|数据|纪要|台账|档案|证书|方案|名单|"
    "(?:现场|实地)查看|检查|抽查|核查|走访|暗访|交流|座谈|访谈|问卷|测评|考察|察看|调查|测试|打分|评议)$"
)
_LONGEST = 24  # characters of one method
_CELL = 200  # characters of all methods in a cell


def parse_methods(text: str) -> tuple[str, ...]:
    """The methods of a cell in order; each begins with a verb such as 听取, or a whole line."""
    found: list[str] = []
    for line in re.split("[\n、，,；;。/]", clean(text)):
        flat = "".join(line.split())
        starts = sorted({0, *(match.start() for match in _HEAD.finditer(flat))})
        for start, end in pairwise([*starts, len(flat)]):
            piece = flat[start:end]
            complete = not found or _COMPLETE.search(found[-1][-8:])
            if not piece:
                continue
            if complete or (start == 0 and _HEAD.match(piece)):
                found.append(piece)
            else:
                found[-1] += piece
    return tuple(dict.fromkeys(found))


def is_methods(text: str) -> bool:
    """Whether a text can be nothing but acceptance methods."""
    methods = parse_methods(text) if len(text) <= _CELL else ()
    if not methods or re.search(r"[。；：（(]|\d|(?:局|队|中心|委|办)$", text.strip()):
        return False
    return all(len(m) <= _LONGEST and _HEAD.match(m) for m in methods)
