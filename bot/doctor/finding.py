"""What a check found, and how it is shown."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    """It works, and somebody should look at it."""
    FAIL = "fail"
    """It does not work, or will not for long."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `repair` is a command or a setting, empty when nothing has to be done; no token and no key is in it."""

    level: Level
    says: str
    repair: str = ""
    check: str = ""


def ok(says: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, says)


def warn(says: str, repair: str) -> Finding:
    """Somebody should look at it."""
    return Finding(Level.WARN, says, repair)


def fail(says: str, repair: str) -> Finding:
    """It must be repaired."""
    return Finding(Level.FAIL, says, repair)


def failed(findings: Sequence[Finding]) -> bool:
    """Whether any check failed."""
    return any(finding.level is Level.FAIL for finding in findings)


def report(findings: Sequence[Finding]) -> str:
    """For a terminal: a line a check, with the repair below it."""
    width = max(len(finding.check) for finding in findings)
    lines = []
    for finding in findings:
        level = "FAIL" if finding.level is Level.FAIL else finding.level.value
        lines.append(f"{level:<5} {finding.check:<{width}}  {finding.says}")
        if finding.repair:
            lines.append(f"{'':<5} {'':<{width}}  → {finding.repair}")
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """The same for programs."""
    listed = [
        {"check": finding.check, "level": finding.level, "says": finding.says, "repair": finding.repair}
        for finding in findings
    ]
    return json.dumps({"ok": not failed(findings), "findings": listed}, indent=2, ensure_ascii=False)
