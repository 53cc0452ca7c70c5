"""A pack's files, given as text, become one checked value; every fault names file, key and cause."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from gettext import GNUTranslations
from io import BytesIO

import frontmatter
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from yaml import YAMLError

from flows.activities.activity import Activity, Mechanism, parse_activity
from flows.frame import Frame, parse_evidence, parse_frame
from flows.journey import Journey, parse_journey
from flows.pack_fault import PackFault
from flows.pulses import PulseQuestion, parse_pulses
from flows.questionnaire import Question
from flows.questions import parse_questions
from flows.voice.say import ENGLISH, Catalogue, Say


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a coordinator may edit. `catalogues` maps a language tag to its wordings; `questions` are asked
    of whoever joins, in that order."""

    catalogues: Mapping[str, Catalogue]
    activities: Mapping[str, Activity]
    journey: Journey
    questions: tuple[Question, ...]
    pulse: tuple[PulseQuestion, ...]
    frame: Frame

    def say(self, locale: str, zone: str) -> Say:
        """Speak the nearest language that the pack has: the tag, its language, else English."""
        tag = locale.replace("_", "-")
        found = self.catalogues.get(tag) or self.catalogues.get(tag.split("-")[0]) or ENGLISH
        return Say(found, zone)


def parse(files: Mapping[str, str]) -> Content:
    """`files` maps a path inside the pack, such as "locale/de.po", to its text. Raises PackFault."""
    catalogues = {"en": ENGLISH}
    for path, text in sorted(files.items()):
        if path.startswith("locale/") and path.endswith(".po"):
            tag = path.removeprefix("locale/").removesuffix(".po")
            catalogues[tag] = _catalogue(tag, path, text)
    return Content(
        catalogues=catalogues,
        activities=_activities(files),
        journey=parse_journey(_toml(files, "journey.toml")),
        questions=parse_questions(_toml(files, "questionnaire.toml")),
        pulse=parse_pulses(_toml(files, "pulses.toml")),
        frame=_frame(files),
    )


def _activities(files: Mapping[str, str]) -> Mapping[str, Activity]:
    found = {}
    for path, text in sorted(files.items()):
        if path.startswith("activities/"):
            try:
                head, body = frontmatter.parse(text)
            except YAMLError as fault:
                raise PackFault(path, "", f"its head cannot be read: {fault}") from fault
            activity = parse_activity(path, head, body)
            found[activity.id] = activity
    for mechanism in Mechanism:
        if mechanism.value not in found:
            raise PackFault(f"activities/{mechanism.value}.md", "", "is missing from the pack")
    return found


def _frame(files: Mapping[str, str]) -> Frame:
    frame = parse_frame(_toml(files, "programme.toml"))
    return replace(frame, evidence=parse_evidence(_toml(files, "evidence.toml"), frame.purposes))


def _toml(files: Mapping[str, str], file: str) -> Mapping[str, object]:
    if file not in files:
        raise PackFault(file, "", "is missing from the pack")
    try:
        return tomllib.loads(files[file])
    except tomllib.TOMLDecodeError as fault:
        raise PackFault(file, "", str(fault)) from fault


def _catalogue(tag: str, path: str, text: str) -> Catalogue:
    compiled = BytesIO()
    try:
        write_mo(compiled, read_po(BytesIO(text.encode()), locale=tag, abort_invalid=True))
    except (ValueError, PoFileError) as fault:
        raise PackFault(path, "", str(fault)) from fault
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    return Catalogue(tag, translations.gettext, translations.ngettext)
