"""The log file of failures that no sentence explains."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from qcity_xl.adapters.user import own_folder


class _LogFile(RotatingFileHandler):
    """A log file whose own failures are the caller's, where logging would print them."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's
        """Raise what went wrong."""
        raise  # the failure at hand: logging calls this while handling it


def log_failure() -> Path:
    """Write the traceback at hand; where. Three files of 1 MB are kept."""
    path = own_folder() / "qcity.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = _LogFile(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("qcity_xl")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        logger.exception("failed")
    finally:
        logger.removeHandler(handler)
        handler.close()
    return path
