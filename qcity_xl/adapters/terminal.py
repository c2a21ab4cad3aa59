"""click in Chinese: help, wrong usage, failures; no traceback ever reaches the user."""

import json
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from qcity_xl.core.advice import Advice
from qcity_xl.core.catalogue import BY_ID, STEPS
from qcity_xl.core.errors import QcityError

WRONG_USAGE, COULD_NOT = 2, 3
_ALL = [option for step in STEPS for option in step.options]


class ChineseCommand(click.Command):
    """Help with Chinese headings."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, explained in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段帮助。"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """用法."""
        pieces = [piece.replace("[OPTIONS]", "[选项]") for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """选项."""
        rows = [
            row
            for row in (
                p.get_help_record(ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)
            )
            if row
        ]
        with formatter.section("选项"):
            formatter.write_dl(
                [(name, text.replace("[required]", "（必填）")) for name, text in rows]
            )


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose every message is Chinese."""

    command_class = ChineseCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """选项, then 命令."""
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """How to call it."""
        del ctx
        return ["[OPTIONS]", "命令", "[参数]..."]

    def main(  # type: ignore[override]  # only the arguments that this program passes
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run a command and leave with its exit status."""
        extra["standalone_mode"] = False
        status, sentence = 0, ""
        try:
            status = super().main(args, prog_name or "qcity", **extra)
        except NoArgsIsHelpError as error:
            status, sentence = WRONG_USAGE, error.format_message()
        except click.UsageError as error:
            hint = f"{error.ctx.command_path} --help" if error.ctx else "qcity --help"
            status = WRONG_USAGE
            sentence = f"命令写得不对：{_wrong_usage(error)}。用法见 {hint}"
        except (click.Abort, KeyboardInterrupt):
            status, sentence = COULD_NOT, "已中断，总表没有改动。"
        except QcityError as error:
            status, sentence = COULD_NOT, _with_advice(error)
        except Exception:
            status = COULD_NOT
            sentence = f"程序出了意外，总表没有改动。{logged_failure()}"
        if sentence:
            click.echo(sentence, err=True)
            if "--json" in (sys.argv[1:] if args is None else args):
                click.echo(json.dumps({"error": sentence}, ensure_ascii=False))
        sys.exit(status if isinstance(status, int) else 0)


def _with_advice(error: QcityError) -> str:
    return "".join([str(error), *(f"{advice_text(one)}。" for one in error.advice)])


def advice_text(advice: Advice, at_hand: str = "") -> str:
    """What to do next, as a command; `at_hand` is the step that is running."""
    step = BY_ID.get(advice.step or at_hand)
    pieces = []
    for name, value in advice.options:
        option = step.option(name) if step else next(o for o in _ALL if o.name == name)
        shown = value or ("" if option.kind == "flag" else option.label)
        pieces += [option.flag, f'"{shown}"' if re.search(r"[\s\\/]", shown) else shown]
    words = " ".join(piece for piece in pieces if piece)
    if step is None:
        return f"{advice.when or '也可以'}，加 {words}"
    command = " ".join(word for word in ("qcity", step.id, step.target, words) if word)
    return f"{advice.when or '接下来'}：{command}"


def _wrong_usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else ""
        name = error.param.opts[0] if isinstance(error.param, click.Option) else name
        return f"缺少 {name}"
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else "参数"
        found = re.search("'(.*)'", error.message)
        return f"{name} {f'“{found[1]}”' if found else ''}不存在或不能用"
    word = error.message.split("'")
    return f"“{word[1]}”看不懂" if len(word) > 1 else error.message


def logged_failure() -> str:
    """Write the traceback at hand to the log file, and the sentence that says where it is."""
    from qcity_xl.adapters.failure_log import log_failure  # logging costs more than a short step

    try:
        path = log_failure()
    except OSError:  # the disk may be what failed
        return "详情没能记下来：请检查磁盘空间和权限后再试。"
    return f"详情记在 {path}，请转给技术人员。"
