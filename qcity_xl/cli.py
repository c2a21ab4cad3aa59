"""The command line: one command for each record of the catalogue; run the step, print."""

import datetime as dt
import gc
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qcity_xl import __version__
from qcity_xl.adapters.bars import Bar, bar_lines
from qcity_xl.adapters.pace import Pace
from qcity_xl.adapters.terminal import ChineseCommand, ChineseGroup, advice_text
from qcity_xl.adapters.user import user_name
from qcity_xl.addin.cli import addin
from qcity_xl.core.catalogue import STEPS, Option, OptionKind, Step

# What a step needs loads with it: help and a slip of the hand need none of it.
if TYPE_CHECKING:
    from qcity_xl.adapters.mail.oauth import Code
    from qcity_xl.steps.shared.outcome import Outcome, Section

T = TypeVar("T")

# Objects made before the collector looks for cycles: a step makes millions and next to no cycles.
_SELDOM = 200_000


class _Place(click.Path):
    """A path, or an address on storage, which only who reads it can look at."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if "://" not in str(value):
            return super().convert(value, param, ctx)
        from qcity_xl.adapters.storage import Stored  # few commands name any

        return Stored(str(value))


_TYPES: Mapping[OptionKind, click.ParamType[Any]] = {
    "date": click.DateTime(["%Y-%m-%d"]),
    "number": click.FloatRange(min=0, min_open=True),
    "operation": click.IntRange(min=1),
    "file": click.Path(path_type=Path, dir_okay=False),
    "folder": click.Path(path_type=Path, file_okay=False),
    "paths": _Place(path_type=Path, exists=True),
}
_STORED: Mapping[OptionKind, click.ParamType[Any]] = {
    "file": _Place(path_type=Path, dir_okay=False),
    "folder": _Place(path_type=Path, file_okay=False),
}
_METAVARS: Mapping[OptionKind, str] = {
    "text": "名称",
    "number": "数",
    "unit": "单位",
    "round": "轮次",
    "operation": "操作号",
    "date": "日期",
    "file": "文件",
    "folder": "文件夹",
}
_TARGETS: Mapping[str, click.ParamType[Any]] = {
    "总表": click.Path(path_type=Path, dir_okay=False),
    "文件夹": _TYPES["folder"],
    "总表或文件夹": _Place(path_type=Path),
}


@click.group(cls=ChineseGroup)
@click.version_option(__version__, "--version", help="显示版本。", message="qcity_xl %(version)s")
def main() -> None:
    """质量强市：一张总表，拆分下发、合并回收、重算得分、清点佐证。

    常用顺序：new、check、score、evidence、split、send、collect、merge、resolve、chase。

    每个写总表的命令都可以加 --dry-run 先看结果，事后用 undo 撤销。
    """


def _command(step: Step) -> click.Command:
    """The command of a step."""

    def body(target: Path, as_json: bool, dry_run: bool = False, **asked: object) -> None:
        from qcity_xl.steps.run import clean, run
        from qcity_xl.steps.shared.outcome import Context, silent

        gc.set_threshold(_SELDOM)
        _refuse(step, asked)
        given = clean(step, asked)
        for name, value in given.items():
            if isinstance(value, dt.datetime):
                given[name] = value.date()
        force = bool(asked.get("force"))
        progress = silent if as_json else _progress
        context = Context(dt.datetime.now(), user_name(), dry_run, progress, force, errand=_aloud)
        _show(run(step, target, context, given), as_json, dry_run)

    parameters: list[click.Parameter] = [
        click.Argument(["target"], metavar=step.target, type=_TARGETS[step.target])
    ]
    parameters += [_parameter(option) for option in step.options]
    if step.effect != "reads" and step.target == "总表":
        parameters.append(click.Option(["--dry-run"], is_flag=True, help="只看结果，什么都不写。"))
    parameters.append(
        click.Option(["--json", "as_json"], is_flag=True, help="只输出一个 JSON 对象。")
    )
    return ChineseCommand(
        step.id, callback=body, params=parameters, help=step.help, short_help=step.short
    )


def _parameter(option: Option) -> click.Parameter:
    kind = _STORED[option.kind] if option.stored else _TYPES.get(option.kind)
    if not option.flag:
        nargs = -1 if option.many else 1
        metavar = option.help if option.many else option.label
        return click.Argument(
            [option.name],
            nargs=nargs,
            metavar=metavar,
            type=kind,
            required=option.required or not option.many,
        )
    if option.kind == "flag":
        return click.Option([option.flag, option.name], is_flag=True, help=option.help)
    return click.Option(
        [option.flag, option.name],
        metavar=_METAVARS[option.kind],
        type=kind,
        multiple=option.many,
        required=option.required and not option.one_of,
        help=option.help,
    )


def _refuse(step: Step, asked: Mapping[str, object]) -> None:
    """Wrong usage: alternatives together, or none where one is needed."""
    clash, lacking = step.clash(asked), step.lacking(asked)
    if clash:
        flags = "、".join(option.flag for option in step.alternatives(clash[0].one_of))
        raise click.UsageError(f"{flags} 一次只选一个")
    if lacking:
        raise click.UsageError(f"请写明其中一个：{' 或 '.join(option.flag for option in lacking)}")


def _aloud(work: Callable[[Callable[["Code"], None], Callable[[], bool]], T]) -> T:
    """The work, and what is to be done meanwhile on standard error; Ctrl+C gives it up."""
    return work(lambda code: click.echo(code.sentence(), err=True), lambda: False)


def _progress(items: Sequence[T], title: str, sizes: Sequence[int] = ()) -> Iterator[T]:
    """A bar on standard error with the time left, on a terminal alone."""
    stderr, pace = sys.stderr, Pace(len(items), sizes)
    with click.progressbar(
        enumerate(items),
        length=len(items),
        label=title,
        file=stderr,
        hidden=not stderr.isatty(),
        show_eta=False,
        item_show_func=lambda at: (
            None if at is None else f"{pace.place(at[0] + 1)} {pace.left(at[0])}".rstrip()
        ),
    ) as bar:
        for _, item in bar:
            yield item


def _show(outcome: "Outcome[Any]", as_json: bool, dry_run: bool = False) -> None:
    from qcity_xl.steps.shared.plain_text import text_lines

    ctx = click.get_current_context()
    if as_json:
        click.echo(json.dumps(outcome.data, ensure_ascii=False))
    else:
        drawn = _drawn if sys.stdout.isatty() else None
        lines = text_lines(outcome, lambda advice: advice_text(advice, ctx.info_name or ""), drawn)
        click.echo("\n".join([*(["【预演，没有写入】"] if dry_run else []), *lines]))
    ctx.exit(outcome.status)


def _drawn(section: "Section") -> Iterator[str]:
    """A section with its shares as bars, as wide as the terminal has room for."""
    from qcity_xl.steps.shared.plain_text import cell_text

    bars = [
        Bar(
            str(row[0] or ""),
            [float(v or 0) for c, v in zip(section.columns, row, strict=True) if c.kind == "share"],
            "  ".join(filter(None, map(cell_text, section.columns[1:], row[1:]))),
        )
        for row in section.rows
    ]
    names = [column.name for column in section.columns if column.kind == "share"]
    yield f"{section.title}："
    yield from bar_lines(bars, names, shutil.get_terminal_size().columns)


@click.command(cls=ChineseCommand, short_help="没有 Excel 也有按钮的窗口")
@click.argument("files", nargs=-1, metavar="[文件]...", type=click.Path(path_type=Path))
def desk(files: tuple[Path, ...]) -> None:
    """开一个窗口，按钮和功能区的一样，用在关着的总表上（WPS、LibreOffice、不许装加载项的电脑）。

    给出总表就打开它；给出收到的填报表或文件夹，就合并进上次用的总表。
    """
    from qcity_xl.desk import open_desk

    open_desk(files)


for _step in STEPS:
    if _step.target:
        main.add_command(_command(_step))
main.add_command(addin)
main.add_command(desk)

__all__ = ["main"]
