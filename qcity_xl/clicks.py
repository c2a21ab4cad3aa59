"""A click wherever the button stands: what is asked, shown and agreed to, and what may go wrong."""

import gc
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from qcity_xl.adapters.windows.dialogs import CANCEL, MORE, OK, Dialogs, tell
from qcity_xl.adapters.windows.message import Message, sentence
from qcity_xl.core.catalogue import Step
from qcity_xl.core.errors import QcityError
from qcity_xl.core.master.model import Master
from qcity_xl.ribbon_asks import (
    Cancelled,
    StepArguments,
    beside,
    beside_asked,
    first_asked,
    has_more,
    more_asked,
)
from qcity_xl.ribbon_words import act, failure, label, preview, report, to_do
from qcity_xl.steps.run import clean, run
from qcity_xl.steps.shared.outcome import Context, Errand, Outcome
from qcity_xl.steps.shared.target import Target

if TYPE_CHECKING:
    from qcity_xl.adapters.mail.oauth import Code

R = TypeVar("R")
Runner = Callable[[Step, Target, Context, Mapping[str, Any]], Outcome[Any]]


class PartlyDone(Exception):
    """An accident in a step that hands things out one after the other."""


def guarded(step: Step, dialogs: Dialogs, work: Callable[[Step, Dialogs], None]) -> None:
    """Show whatever goes wrong as one Chinese sentence; the traceback goes to the log file."""
    title = label(step)
    try:
        work(step, dialogs)
        return
    except Cancelled:
        return
    except QcityError as error:
        message = failure(step, error)
        with suppress(Exception):
            dialogs.show(title, message, (OK,))
        return
    except PartlyDone:
        sentence = _accident("程序出了意外。做完的都已记下，再点一次只做其余的。")
    except Exception:
        sentence = _accident("程序出了意外，总表没有改动。")
    with suppress(Exception):  # with no way to say it, the log has it
        tell(dialogs, title, sentence)


def _accident(words: str) -> str:
    from qcity_xl.adapters.terminal import logged_failure  # click is imported for this alone

    return f"{words}{logged_failure()}"


def agreed(
    step: Step,
    dialogs: Dialogs,
    target: Target,
    master: Master,
    context: Context,
    runner: Runner = run,
    given: StepArguments | None = None,
) -> StepArguments | None:
    """The options of the step once its preview is accepted; None if there is nothing to do.

    What is `given` is not asked for. Raises Cancelled.
    """
    asked = first_asked(step, dialogs, master, given)
    more = (MORE,) if has_more(step) else ()
    while True:
        own = beside(step, asked)
        ready, message, go = _previewed(step, target, context, asked, runner)
        buttons = (go, *own, *more, CANCEL) if ready else (*own, *more, OK)
        careful = step.leaves or not ready
        pressed = dialogs.show(label(step), message, buttons, len(buttons) - 1 if careful else 0)
        if option := own.get(buttons[pressed]):
            asked = beside_asked(option, dialogs, asked)
            continue
        if buttons[pressed] != MORE:
            break
        asked = more_asked(step, dialogs, master, asked) or asked
    if not ready:
        return None
    if buttons[pressed] == CANCEL:
        raise Cancelled
    return asked


def _previewed(
    step: Step, target: Target, context: Context, asked: StepArguments, runner: Runner
) -> tuple[bool, Message, str]:
    """Whether there is something to do, what is said of it, and what the button says."""
    try:
        outcome = runner(step, target, context, clean(step, asked))
    except QcityError as error:
        if has_more(step):  # other options may mend it
            return False, failure(step, error), ""
        raise
    if not to_do(outcome):
        return False, report(step, outcome), ""
    return True, preview(step, outcome), act(step, outcome)


def attended(
    dialogs: Dialogs, title: str, behind: Callable[[Callable[[], object]], object]
) -> Errand:
    """Errands that run beside a window which says what is to be done, and by which to give up.

    `behind` carries out what takes a while, as long as no window of ours is there.
    """

    def run_errand(work: Callable[[Callable[["Code"], None], Callable[[], bool]], R]) -> R:
        told: list[Code] = []
        done: Future[R] = Future()
        heard, ended, given_up = Event(), Event(), Event()

        def tell(code: "Code") -> None:
            told.append(code)
            heard.set()

        def carry_out() -> None:
            try:
                done.set_result(work(tell, given_up.is_set))
            except BaseException as error:
                done.set_exception(error)
            ended.set()
            heard.set()

        with _windows_stay_in_their_thread():
            Thread(target=carry_out, daemon=True).start()
            behind(heard.wait)
            if told and not dialogs.wait(
                title, sentence(told[0].sentence()), ended.is_set, told[0].code
            ):
                given_up.set()
                raise Cancelled
            return done.result()

    return run_errand


@contextmanager
def _windows_stay_in_their_thread() -> Iterator[None]:
    """No remains of windows are taken away while another thread runs: in it Tk would end all."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.enable()


def carried_out(
    step: Step, target: Target, context: Context, asked: Mapping[str, Any], runner: Runner = run
) -> Outcome[Any]:
    """The step for good. Raises PartlyDone where an accident came between things handed out."""
    try:
        return runner(step, target, context, clean(step, asked))
    except QcityError:
        raise
    except Exception as error:
        if step.effect == "hands out":
            raise PartlyDone from error
        raise
