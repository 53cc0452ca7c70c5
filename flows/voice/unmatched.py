"""Who is left over in a draft, as a coordinator reads it: why, what would help, and whom to ask or to look for."""

from collections.abc import Iterator, Mapping, Sequence

from flows.matching.drafting.drafted import Draft
from flows.matching.drafting.recruiting import Wanted
from flows.matching.drafting.remedies import Cause, Remedy, RemedyKind, Unmatched
from flows.people import Person
from flows.voice.answers import slots
from flows.voice.fit import fit
from flows.voice.limits import limit_word
from flows.voice.message import Words
from flows.voice.people import mention
from flows.voice.say import Say, flatten

MOST_REMEDIES = 3
"""For one person."""
MOST_ASKED = 5
"""Mentors whom a coordinator is told to ask for one more place."""
MOST_WANTED = 3
"""Kinds of new mentors."""


def left(
    person: Person,
    one: Unmatched,
    people: Mapping[str, Person],
    languages: Mapping[str, str],
    offices: Mapping[str, str],
    say: Say,
) -> Words:
    """Somebody left over: the cause, and what would help, what they can do themselves first.

    `people` are by participant, `languages` and `offices` map what is stored to names.
    """
    helps = [flatten(_remedy(remedy, people, languages, offices, say)) for remedy in one.remedies[:MOST_REMEDIES]]
    return say(
        "{person}: {cause} {remedies}",
        person=mention(person),
        cause=flatten(_cause(one, say)),
        remedies=" ".join(helps),
    )


def _cause(one: Unmatched, say: Say) -> Words:
    if one.cause is Cause.NO_PERMITTED and one.limits:
        limit, count = one.limits[0]
        return say.many(
            count,
            "no mentor is possible; {limit} stands in the way of {n} mentor.",
            "no mentor is possible; {limit} stands in the way of {n} mentors.",
            limit=limit_word(limit, say),
        )
    wordings: Mapping[Cause, Words] = {
        Cause.NO_PERMITTED: say("no mentor is possible within the limits."),
        Cause.BELOW_MINIMUM: say("nobody fits well enough for this programme."),
        Cause.PLACES: say("those who fit have no place left."),
        Cause.WHOLE: say("somebody who fits has a place, but this draft for the best fit goes without that pair."),
        Cause.OPEN: say("a place is open since the draft changed."),
    }
    return wordings[one.cause]


def _remedy(
    remedy: Remedy, people: Mapping[str, Person], languages: Mapping[str, str], offices: Mapping[str, str], say: Say
) -> Words:
    """What would help, with its numbers."""
    match remedy.kind:
        case RemedyKind.MEET_ONLINE:
            return say.many(
                remedy.opens,
                "It would help if online were fine for them: {n} mentor would then fit.",
                "It would help if online were fine for them: {n} mentors would then fit.",
            )
        case RemedyKind.SPEAK:
            return say.many(
                remedy.opens,
                "It would help if they named {language} too: {n} mentor would then fit.",
                "It would help if they named {language} too: {n} mentors would then fit.",
                language=languages.get(remedy.detail, remedy.detail),
            )
        case RemedyKind.FREE_AT:
            return say.many(
                remedy.opens,
                "It would help if they were free on {time} too: {n} mentor would then fit.",
                "It would help if they were free on {time} too: {n} mentors would then fit.",
                time=slots(say)[remedy.detail],
            )
        case RemedyKind.DRAFT_AGAIN:
            return say("A new draft looks for somebody.")
        case RemedyKind.MORE_PLACES:
            return say(
                "{name} could take one more.", name=people[remedy.detail].name if remedy.detail in people else ""
            )
        case RemedyKind.WIDER_ZONE:
            return say(
                "It would help if two clocks might be {hours} hours apart: {setting}.",
                hours=remedy.detail,
                setting=f"max_zone_gap = {remedy.detail}",
            )
        case RemedyKind.LOWER_MINIMUM:
            return say(
                "A fit of {fit} % would be permitted with {setting}.",
                fit=fit(int(remedy.detail)),
                setting=f"minimum = {remedy.detail}",
            )
        case RemedyKind.MORE_MENTORS if remedy.detail:
            return say("More mentors in {office} would help.", office=offices.get(remedy.detail, remedy.detail))
        case RemedyKind.MORE_MENTORS:
            return say("More mentors would help.")
        case RemedyKind.MORE_MENTEES:
            return say("More mentees would help.")
        case RemedyKind.MORE_ANSWERS:
            return say("It would help if they said more, such as goals or a place to meet.")


def shortage(
    draft: Draft, people: Mapping[str, Person], languages: Mapping[str, str], offices: Mapping[str, str], say: Say
) -> Iterator[Words]:
    """What they lack all together: the proof that nobody more can be matched, whom to ask, whom to look for."""
    proof = draft.proof.shortage
    # Of the draft as it was found: once somebody was moved by hand it may speak of others.
    # For whom nobody is possible, there is nothing to compete for: that was said with their name.
    if proof is not None and proof.mentors and proof.short == len(draft.unmatched):
        nobody = {one.person for one in draft.unmatched if one.cause is Cause.NO_PERMITTED}
        yield say(
            "{mentees} compete for {places} of {mentors}, whatever the pairs.",
            mentees=flatten(say.many(len({*proof.mentees} - nobody), "{n} person", "{n} people")),
            places=flatten(say.many(proof.places, "{n} place", "{n} places")),
            mentors=flatten(say.many(len(proof.mentors), "{n} mentor", "{n} mentors")),
        )
    asked = _to_ask(draft.unmatched, people)
    if asked:
        names = say.listing(asked)
        yield say("One place more matches one person more. You could ask {names}.", names=names)
    yield from (_wanted(one, languages, offices, say) for one in draft.wanted[:MOST_WANTED])


def _to_ask(unmatched: Sequence[Unmatched], people: Mapping[str, Person]) -> list[str]:
    mentors = dict.fromkeys(
        remedy.detail for one in unmatched for remedy in one.remedies if remedy.kind is RemedyKind.MORE_PLACES
    )
    return [people[mentor].name for mentor in mentors if mentor in people][:MOST_ASKED]


def _wanted(one: Wanted, languages: Mapping[str, str], offices: Mapping[str, str], say: Say) -> Words:
    helps = flatten(say.many(one.helps, "{n} person", "{n} people"))
    language = languages.get(one.languages[0], one.languages[0]) if one.languages else ""
    office = offices.get(one.office, one.office) if one.office else ""
    if one.helps == 1:
        return _wanted_by_one(language, office, say)
    match bool(language), bool(office):
        case True, True:
            return say.many(
                one.mentors,
                "{n} new mentor who speaks {language} and can meet in {office}, with two places and hours "
                "that suit, would help {helps}.",
                "{n} new mentors who speak {language} and can meet in {office}, with two places each and "
                "hours that suit, would help {helps}.",
                language=language,
                office=office,
                helps=helps,
            )
        case True, False:
            return say.many(
                one.mentors,
                "{n} new mentor who speaks {language}, with two places and hours that suit, would help {helps}.",
                "{n} new mentors who speak {language}, with two places each and hours that suit, would help {helps}.",
                language=language,
                helps=helps,
            )
        case False, True:
            return say.many(
                one.mentors,
                "{n} new mentor who can meet in {office}, with two places and hours that suit, would help {helps}.",
                "{n} new mentors who can meet in {office}, with two places each and hours that suit, "
                "would help {helps}.",
                office=office,
                helps=helps,
            )
        case _:
            return say.many(
                one.mentors,
                "{n} new mentor with two places, at hours that suit, would help {helps}.",
                "{n} new mentors with two places each, at hours that suit, would help {helps}.",
                helps=helps,
            )


def _wanted_by_one(language: str, office: str, say: Say) -> Words:
    """A second place would help nobody more."""
    match bool(language), bool(office):
        case True, True:
            return say(
                "1 new mentor who speaks {language} and can meet in {office}, with hours that suit, would help "
                "1 person.",
                language=language,
                office=office,
            )
        case True, False:
            return say(
                "1 new mentor who speaks {language}, with hours that suit, would help 1 person.", language=language
            )
        case False, True:
            return say(
                "1 new mentor who can meet in {office}, with hours that suit, would help 1 person.", office=office
            )
        case _:
            return say("1 new mentor with hours that suit would help 1 person.")
