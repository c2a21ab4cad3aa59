"""docs/JSON输出.md: the keys of each command's --json, from the types that the steps have."""

import types
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from qcity_xl.core.catalogue import STEPS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "JSON输出.md"
_NAMES = {str: "文字", int: "整数", float: "数", bool: "true/false", type(None): "null"}
_HEAD = """# JSON 输出

每个命令加 `--json`，标准输出只有一个 JSON 对象，键如下；进度和日志走标准错误。
退出码：0 做完；1 做完，还有要人处理的；2 命令写得不对；
3 没能进行，什么都没有改，对象里只有 `error`。
"""


def page() -> str:
    """The whole page; written by `python -m tools.make_json_page`."""
    lines = [_HEAD]
    inner: dict[str, Any] = {}
    for step in STEPS:
        if step.target:
            function = getattr(import_module(f"qcity_xl.steps.{step.module or step.id}"), step.id)
            (data,) = get_args(get_type_hints(function)["return"])
            lines += [f"## qcity {step.id}（{step.title}）", "", *_table(data, inner), ""]
    lines += ["# 里面的对象", ""]
    done: set[str] = set()
    while set(inner) - done:
        name = next(name for name in inner if name not in done)
        done.add(name)
        about = (inner[name].__doc__ or "").rstrip(".")
        lines += [f"## {name}", "", f"{about}。", "", *_table(inner[name], inner), ""]
    return "\n".join(lines)


def _table(data: Any, inner: dict[str, Any]) -> Iterator[str]:
    yield "| 键 | 类型 | 意思 |"
    yield "|---|---|---|"
    for key, hint in get_type_hints(data, include_extras=True).items():
        kind, meaning = get_args(hint)[:2]
        yield f"| {key} | {_shown(kind, inner)} | {meaning} |"


def _shown(kind: Any, inner: dict[str, Any]) -> str:
    if is_typeddict(kind):
        inner[kind.__name__] = kind
        return str(kind.__name__)
    arguments = get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return "、".join(_shown(one, inner) for one in arguments)
    if get_origin(kind) is list:
        return f"列表：{_shown(arguments[0], inner)}"
    return _NAMES.get(kind, "对象")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
