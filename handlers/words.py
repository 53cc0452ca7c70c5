"""The command words, once: for the router, the help and the docs."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Word:
    """`verb` is one or two words, `usage` what may follow it, `says` what it does, in English for the catalogue. A
    person is a mention, a full name or an address."""

    verb: str
    usage: str
    says: str


MENTOR: tuple[Word, ...] = (
    Word("help", "", "What you can do here"),
    Word("join", "[PROGRAMME]", "Join a mentoring programme"),
    Word("status", "", "Where you stand, and what comes next"),
    Word("pause", "[until DATE]", "Take a break, such as: pause until 2 April"),
    Word("resume", "", "Come back from a break"),
    Word("leave", "", "Leave a programme, after one question"),
    Word("settings", "", "When and how we write to you"),
    Word("avoid", "[PERSON]", "Never be paired with somebody, and nobody is told"),
    Word("connect", "[CODE]", "Use your account in another app too"),
    Word("letter", "", "Write your letter, or read it"),
    Word("spotlight", "", "Note a strength you saw, or read yours"),
)
ADMIN: tuple[Word, ...] = (
    Word("help", "", "What you can do as a coordinator"),
    Word("programme new", "[NAME]", "Describe a new programme"),
    Word("interest", "[#channel]", "Ask whether people would like mentoring, without names"),
    Word("programme list", "", "All programmes"),
    Word("programme show", "[NAME]", "One programme, and what is missing"),
    Word("programme archive", "[NAME]", "Put a programme away"),
    Word("open", "[NAME] [#channel]", "Open a programme and post the invitation"),
    Word("people", "[PROGRAMME]", "Who has joined, in numbers and by name"),
    Word("people import", "", "Tell who leads whom and where people work, as a table"),
    Word("person", "PERSON", "Where one person stands"),
    Word("match draft", "[PROGRAMME]", "Make a draft; nobody hears of it"),
    Word("match show", "[PROGRAMME]", "The draft: pairs with reasons, and who is left"),
    Word("match lock", "NUMBER | MENTEE, MENTOR", "Keep a pair, or make one; once more lets it go"),
    Word("match forbid", "PERSON, PERSON", "Never make these two a pair; once more lets it go"),
    Word("match hold", "PERSON", "Give somebody nobody for now; once more lets them go"),
    Word("match swap", "NUMBER NUMBER", "What it costs to exchange two mentors, then do it"),
    Word("match why", "NUMBER | MENTEE, MENTOR", "Why a pair, or why not and what it would cost"),
    Word("match compare", "[PROGRAMME]", "Two ways to draft, side by side; nothing changes"),
    Word("match publish", "[PROGRAMME]", "Show what would be sent, then send it"),
    Word("pair", "MENTOR, MENTEE", "Match two people by hand"),
    Word("unpair", "PERSON, PERSON", "End a match"),
    Word("block", "[PERSON, PERSON]", "Keep two people apart; once more lets it go"),
    Word("broadcast", "TEXT", "A word to everybody who takes part"),
    Word("outbox", "", "What was sent, and what did not arrive"),
    Word("roles", "[appoint | dismiss] PERSON", "Who runs mentoring here"),
    Word("pulse", "[PROGRAMME]", "The anonymous questions: when, and what they say"),
    Word("report", "[PROGRAMME]", "What a programme came to, with tables to download"),
    Word("close", "[PROGRAMME]", "End a programme and its matches"),
)

OPEN = "word.open"
"""The action of a button that asks the same as a word that was typed; args are "command" and "words"."""


def split(line: str, verbs: Sequence[str]) -> tuple[str, str]:
    """The verb that the line begins with (the longest that fits) and the rest; ("", line) when none does."""
    words = line.split()
    for length in (2, 1):
        verb = " ".join(words[:length]).casefold()
        if len(words) >= length and verb in verbs:
            return verb, line.strip().split(maxsplit=length)[length] if len(words) > length else ""
    return "", line


def command_in(text: str) -> str:
    """What stands behind "mentor" in a typed message, or the message itself when it begins with a word that everybody
    may use; "" when it can be no command."""
    first, _, rest = text.strip().partition(" ")
    if first.casefold().lstrip("/") == "mentor":
        return rest.strip()
    verb, _ = split(text, [word.verb for word in MENTOR])
    return text.strip() if verb else ""


def nearest(line: str, verbs: Sequence[str]) -> str:
    """The verb that was most likely meant; "" when nothing is near."""
    words = line.casefold().split()
    for length in (2, 1):
        begun = [verb for verb in verbs if len(words) == 1 and verb.startswith(f"{words[0]} ")]
        found = begun or get_close_matches(" ".join(words[:length]), verbs, n=1, cutoff=0.6)
        if found:
            return found[0]
    return ""


def misspelt(text: str) -> str:
    """The verb that a single word, typed as a message, was most likely meant for; "" when it is rather no command. It
    has to be nearer than behind a command, for most words that people write are none."""
    found = get_close_matches(text.casefold(), [word.verb for word in MENTOR], n=1, cutoff=0.7)
    return found[0] if found else ""


def nearest_name(typed: str, names: Sequence[str]) -> str:
    """The name that was most likely meant, all in one case; "" when nothing is near."""
    found = get_close_matches(typed.casefold(), names, n=1, cutoff=0.6)
    return found[0] if found else ""
