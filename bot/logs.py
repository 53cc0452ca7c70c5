"""Logs that hold no message, no name and no token: only keys on the list below are written, and no library's words."""

import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

ALLOWED = frozenset(
    {"event", "level", "timestamp", "reference", "verb", "state", "count", "method", "seconds"}
    | {"address", "at", "kind", "fault", "database", "revision", "version", "transport"}
)
HERE = f"{Path(__file__).resolve().parents[1]}{os.sep}"
OURS = tuple(f"{HERE}{package}{os.sep}" for package in ("bot", "handlers", "storage", "flows", "migrations"))
"""Where our own code stands; a library may be installed below the same folder, or beside it."""
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+")


def set_up(*, level: int = logging.INFO) -> None:
    """Configure structlog, the standard library's loggers (libraries speak up from WARNING on), and what Python itself
    writes of exceptions that nobody caught."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _without_words,
            _only_allowed,
            structlog.dev.ConsoleRenderer(colors=False) if sys.stderr.isatty() else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[Libraries()], force=True)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = lambda caught: _note(caught.exc_value, "a thread failed")


class Libraries(logging.Handler):
    """What a library says, without its words, which may quote anybody: who spoke, where, and of which failure."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        said = {"kind": record.name, "at": f"{Path(record.pathname).name}:{record.lineno}"}
        failure = record.exc_info[1] if record.exc_info else None
        if failure is not None:
            said |= {"fault": type(failure).__name__, "at": place_of(failure) or said["at"]}
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)  # structlog knows no others
        structlog.get_logger().log(level, "a library spoke", **said)


def place_of(failure: BaseException) -> str:
    """File and line where it was raised, or where our code called the library that raised it: what a log may say of a
    failure whose words may quote somebody."""
    lines = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(failure.__traceback__)]
    ours = [(name.removeprefix(HERE), line) for name, line in lines if name.startswith(OURS)]
    return next((f"{name}:{line}" for name, line in reversed(ours or lines)), "")


def _without_words(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception that is logged becomes its kind and place; a token that slipped into a value becomes dots."""
    given = event.pop("exc_info", None)
    failure = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if failure is not None:
        event.update(fault=type(failure).__name__, at=place_of(failure))
    return {key: _TOKEN.sub("…", value) if isinstance(value, str) else value for key, value in event.items()}


def _only_allowed(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if key in ALLOWED}


def _uncaught(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, failure, trace)
    else:
        _note(failure, "ended by a failure")


def _unraisable(caught: "UnraisableHookArgs") -> None:
    _note(caught.exc_value, "a failure that nobody could catch")


def _note(failure: BaseException | None, event: str) -> None:
    if failure is not None:
        structlog.get_logger().error(event, fault=type(failure).__name__, at=place_of(failure))
