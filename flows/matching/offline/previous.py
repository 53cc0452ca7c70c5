"""DRAFT.json: what an earlier run wrote, read for the pairs that it proposed."""

import json
from dataclasses import dataclass

from flows.matching.offline.cells import LONGEST_ID
from flows.sheets.remarks import Remark

SCHEMA = "alongside.match/1"


@dataclass(frozen=True, slots=True)
class Proposed:
    """One pair of the earlier draft."""

    mentee: str
    mentor: str
    score: int


def read_previous(raw: bytes, file: str) -> tuple[tuple[Proposed, ...], tuple[Remark, ...]]:
    """The pairs, sorted as they were written. Remarks: E10 not UTF-8, E04 something else than a draft."""
    try:
        draft = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as bad:
        byte = f"0x{raw[bad.start]:02x}"
        return (), (Remark(file, 0, "", "E10", f"the byte {byte} is not UTF-8", byte),)
    except (ValueError, RecursionError):
        return (), (Remark(file, 0, "", "E04", "this is no draft of alongside match: it is not JSON"),)
    if not isinstance(draft, dict) or draft.get("schema") != SCHEMA or not isinstance(draft.get("matches"), list):
        return (), (Remark(file, 0, "", "E04", "this is no draft of alongside match, as --json writes it"),)
    pairs = [_pair(one) for one in draft["matches"]]
    found = tuple(one for one in pairs if one is not None)
    if len(found) != len(pairs) or len({one.mentee for one in found}) != len(found):
        wrong = "a match is not as alongside match writes it: a mentee once, a mentor and a score"
        return (), (Remark(file, 0, "matches", "E04", wrong),)
    return found, ()


def _pair(match: object) -> Proposed | None:
    match match:
        case {"mentee": str(mentee), "mentor": str(mentor), "score": int(score)} if _is_id(mentee) and _is_id(mentor):
            return Proposed(mentee, mentor, score)
        case _:
            return None


def _is_id(text: str) -> bool:
    return 0 < len(text) <= LONGEST_ID and text.isprintable()
