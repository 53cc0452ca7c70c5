"""RULES.toml: how well a pair fits and what forbids it, with every mistake told by its key."""

import tomllib

from flows.matching.rule_table import RulesError, parse_rules
from flows.matching.rules import Rules
from flows.sheets.remarks import Remark


def read_rules(raw: bytes, file: str) -> tuple[Rules, tuple[Remark, ...]]:
    """The rules, and what is wrong with them; with a mistake in it the file counts for nothing.

    Remarks, about row 0 and a dotted key: E10 not UTF-8, R01 an unknown key, R02 a value that does not fit or a file
    that is no TOML, R03 weights of more than 10,000.
    """
    try:
        return parse_rules(tomllib.loads(raw.decode("utf-8-sig")), Rules()), ()
    except UnicodeDecodeError as bad:
        byte = f"0x{raw[bad.start]:02x}"
        return Rules(), (Remark(file, 0, "", "E10", f"the byte {byte} is not UTF-8: save the file as UTF-8", byte),)
    except RecursionError:
        return Rules(), (Remark(file, 0, "", "R02", "this is no TOML that anybody could read: too many brackets"),)
    except tomllib.TOMLDecodeError as bad:
        return Rules(), (Remark(file, 0, "", "R02", f"this is no TOML: {bad}"),)
    except RulesError as wrong:
        return Rules(), tuple(Remark(file, 0, one.key, one.code, one.message, one.value) for one in wrong.problems)
