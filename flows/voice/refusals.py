"""How the bot says that something does not go, and what to do instead."""

from collections.abc import Mapping

from flows.refusal import Refusal
from flows.voice.message import Message, Paragraph
from flows.voice.say import Say, flatten

LONGEST_DETAIL = 400
"""Letters."""
WORDINGS: Mapping[str, str] = {
    "message.old": "This message is from earlier and no longer does anything. Nothing has changed. "
    "/mentor shows where you stand.",
    "relay.many": "{name} has not read your last lines yet. More fits as soon as they have arrived.",
    "relay.out_of_reach": "I cannot reach {name} at the moment, so nothing was sent. It works again once {name} writes "
    "to me.",
    # --- two accounts
    "connect.unknown": "I do not know that code, or its time is over. Nothing has changed. /mentor connect in the "
    "other app gives you a new one.",
    "connect.alone": "I am in this app alone, so there is no other account that you could connect.",
    "connect.often": "Those were a few tries in a row. Wait an hour, then take a new code: /mentor connect in the "
    "other app.",
    "connect.same": "You asked for that code here. Write it to me in the other app. Nothing has changed.",
    "connect.known": "This account is yours already. That code is for one that I do not know yet.",
    "connect.begin_here": "You take part with this account, so begin here: /mentor connect gives you a code, which you "
    "type in the other app. Nothing has changed.",
    "connect.both": "You have taken part with both accounts, and two histories cannot become one. Both go on as they "
    "are, and /mentor shows what is yours here.",
    "connect.coordinates": "This account has a role in running mentoring, and keeps it. An owner can give that role to "
    "your other account and take it from this one. Then it works.",
    # --- choosing
    "wishes.twice": "Somebody stands on your list twice. Nothing was kept.",
    "wishes.pausing": "You pause at the moment, so nobody is asked for you. Come back first, with /mentor resume.",
    "wishes.gone": "Somebody on your list cannot be chosen any more. Nothing was kept.",
    "request.over": "This is over, and nobody waits for your answer any more. Nothing has changed.",
    "request.asked": "You have asked once already. A yes or a no is open to you all the same.",
    "request.answered": "You have answered already. Nothing was sent.",
    "request.not_yours": "That is between two others. Nothing has changed. /mentor shows what is yours.",
    # --- the season
    "match.not_yours": "That belongs to another match. Nothing has changed. /mentor shows yours.",
    "match.over": "This match is over, so nothing changes here any more. What you wrote stays yours.",
    "meeting.over": "That conversation is behind you already. Nothing has changed.",
    "date.unclear": "A day and a time are needed, such as 14 May and 10:00.",
    "date.past": "That moment has passed. A later one fits.",
    "date.far": "That is long after the end of your plan. An earlier day fits.",
    "pulse.closed": "These questions are closed by now. Nothing was counted.",
    # --- what a pair writes
    "letter.empty": "A letter needs a line or two. Nothing was sealed.",
    "letter.long": "That is more than a letter here holds. Nothing was sealed.",
    "letter.when": "A letter needs the day on which it opens. Nothing was sealed.",
    "letter.open": "Your letter is open already and stays as it is. /mentor letter shows it.",
    "writing.revealed": "You have both sent yours, so both stay as they are. /mentor shows where you stand.",
    "writing.mentor_only": "That is for the mentor of this match. Nothing has changed.",
    "writing.mentee_only": "That is for the mentee of this match. Nothing has changed.",
    "ratings.five": "It takes five skills. Nothing was kept.",
    "ratings.long": "A skill takes 40 letters at most. Nothing was kept.",
    "ratings.missing": "Each of the five needs a number. Nothing was sent.",
    "spotlight.full": "Ten strengths are written down here, and that is a lot. Say the next one in your talk.",
    "wins.full": "Your log is full: fifty wins. Tell the next one in your talk.",
    "writing.no_match": "That belongs to a match, and you have none yet. /mentor shows where you stand.",
    # --- joining
    "question.not_yours": "These answers belong to somebody else, so nothing was changed. /mentor join shows yours.",
    "question.gone": "That question is no longer asked, so nothing was changed. /mentor join shows what is open.",
    "question.left": "You have left this programme, so nothing was changed. /mentor join begins again.",
    "cohort.takes_nobody": "This programme takes no new people any more. /mentor join shows what is open now.",
    "standing.nowhere": "That needs a programme that you take part in. /mentor shows where you stand.",
    "avoid.unknown": "I do not know that person here, so nothing has changed. A full name, an address or a mention "
    "works for everybody who has come to me once.",
    "avoid.one": "One person at a time, such as: /mentor avoid Hannah Weiss. Nothing has changed.",
    "avoid.oneself": "That is you, and nobody is matched with themselves. Nothing has changed.",
    # --- coordinating
    "roles.too_little": "Your role here does not reach as far as “{verb}”. An owner of the programme can do it, or can "
    "give you the role.",
    "roles.not_here": "Your role does not hold in that programme. An owner of it can do this, or give you one.",
    "programme.none": "There is no programme that you could do this with. /mentor-admin programme list shows what "
    "there is.",
    "programme.which": "Which programme? Put its name behind the command: {names}.",
    "programme.unknown": "I know no programme called “{name}”. /mentor-admin programme list shows them all.",
    "programme.near": "I know no programme called “{name}”. Did you mean “{near}”?",
    "programme.over": "That programme is archived and stays as it is.",
    "programme.name_taken": "There is a programme called “{name}” already. A year behind the name tells them apart.",
    "cohort.unlawful": "{name} is in the state “{state}”, from which it cannot go to “{to}”. The order is draft, open, "
    "matching, running, closing, archived.",
    "open.nowhere": "I am in no channel yet. Add me to a team, then type this again. Or type in a channel: "
    "@Alongside mentor-admin open {name}.",
    "open.which": "Choose a channel in the list, then press once more. Nothing has been posted.",
    "open.gone": "I am no longer in that channel, so nothing was posted. /mentor-admin open {name} shows where I am.",
    "people.unknown": "I have not met that person yet. They can begin with /mentor join.",
    "message.not_yours": "That button is somebody else's. /mentor shows what is yours.",
    "people.several": "More than one person is called {name}, so I cannot tell whom you mean. A mention or an address "
    "tells them apart. Nothing has changed.",
    "people.nobody": "I have met nobody with the full name “{name}”. A mention or an address works too. Somebody new "
    "can begin with /mentor join.",
    "people.no_address": "I know nobody with the address {address}. Their full name or a mention works too. Somebody "
    "new can begin with /mentor join.",
    "people.several_at": "More than one person has the address {address}, so I cannot tell whom you mean. A full name "
    "or a mention tells them apart. Nothing has changed.",
    "person.which": "About whom? Name one person, or put a mention or an address: /mentor-admin person Mira Okafor.",
    "person.not_joined": "{name} has not joined a programme of yours.",
    "pair.two": "Name two people, for a pair the mentor first: /mentor-admin {verb} Mira Okafor, Ines Duarte. Mentions "
    "and addresses work too.",
    "pair.oneself": "Nobody is matched with themselves. Name two people.",
    "pair.not_joined": "{name} has not joined yet. They can begin with /mentor join.",
    "pair.not_a_mentor": "{name} has not joined as a mentor. They can change that in their answers.",
    "pair.not_a_mentee": "{name} has not joined as a mentee. They can change that in their answers.",
    "pair.apart": "{mentor} and {mentee} are not in the same programme.",
    "pair.not_running": "{name} is not running, so nobody can be introduced in it by hand. Publish a round first.",
    "pair.already": "{mentor} and {mentee} are matched already.",
    "pair.asked": "{mentor} and {mentee} are being asked already. A match begins when both have said yes.",
    "unpair.none": "{one} and {other} have no match that could end.",
    "eligibility.nothing_known": "I know no department, site, level or first day of anybody yet, so a rule would let "
    "nobody in. /mentor-admin people import brings them.",
    "interest.closed": "These questions are closed by now. Nothing was counted.",
    "interest.gone": "I am no longer in that channel, so nothing was posted. /mentor-admin interest shows where I am.",
    "interest.nobody": "I know nobody yet whom I could ask. A channel reaches people who have not come to me.",
    "block.two": "Name two people: /mentor-admin block Mira Okafor, Ines Duarte. Mentions and addresses work too.",
    "block.oneself": "That is one person. Name the two who shall be kept apart.",
    "roles.how": "Like this: /mentor-admin roles, /mentor-admin roles appoint Mira Okafor coordinator, or "
    "/mentor-admin roles dismiss Mira Okafor, each with a programme behind it to hold there only. Roles are viewer, "
    "coordinator and owner. Mentions and addresses work too.",
    "roles.none": "{name} has no such role.",
    "broadcast.long": "That has {length} characters, and {most} are the most. Shorter words are read by more people.",
    "broadcast.nobody": "Nobody takes part in {name} yet, so nobody would read it.",
    "match.two": "Name two people: /mentor-admin {verb} Ines Duarte, Mira Okafor. Mentions and addresses work too.",
    "match.why_names": "One number asks about that pair. For the mentee of pair {one} with the mentor of pair {other}, "
    "write their names: /mentor-admin match why {mentee}, {mentor}.",
    "match.lock_one": "I read pairs {one} and {other}, and one pair is locked at a time: /mentor-admin match lock "
    "{one}, then /mentor-admin match lock {other}. To exchange their mentors: /mentor-admin match swap {one} {other}.",
    "round.lock_one": "I read {one} and {other}, and one number is locked at a time: /mentor-admin match lock {one}, "
    "then /mentor-admin match lock {other}.",
    "match.one": "Name one person: /mentor-admin {verb} Ines Duarte. A mention or an address works too.",
    "match.not_joined": "{name} has not joined {programme}, or is no longer in it.",
    "match.no_sides": "{one} and {other} cannot be a pair here: one has to look for a mentor, and one has to "
    "offer a place.",
    "match.same_pair": "Name two different pairs, such as: /mentor-admin match swap 1 2.",
    "round.none": "{name} has no draft now. /mentor-admin match draft makes one, and nobody hears of it.",
    "draft.over": "{name} has ended meanwhile, so no draft was kept. Nobody heard of it.",
    "draft.published": "A draft of {name} was published while the next one was worked out, so that one was not kept. "
    "/mentor-admin match draft makes a new one.",
    "round.empty": "The draft of {name} has nobody in it, so there is nothing to publish.",
    "outbox.moved_on": "That message has moved on since you saw it, so nothing was sent. /mentor-admin outbox shows "
    "where it stands.",
    "outbox.account": "The account of {name} is closed, so nothing can reach them. Nothing was sent.",
    "outbox.unreachable": "{name} cannot be written to before they write to me again. A word from you helps. Nothing "
    "was sent.",
    "outbox.gone": "Nobody is known here for whom it was. Nothing was sent.",
    "outbox.left": "{name} has left the programme, and is no longer written to. Nothing was sent.",
    "outbox.match_over": "The match that it was about is over, so it would only confuse. Nothing was sent.",
    "outbox.old_week": "That was the message of another week. {name} gets the next one by itself.",
    "outbox.old_answer": "It answered something that they typed or pressed then. They can simply do it again: "
    "/mentor shows them where they stand.",
    "outbox.words_of_broadcast": "Its words are kept for a week and are gone. Write it again: /mentor-admin broadcast.",
    "outbox.words_of_invitation": "Its words are kept for a week and are gone. Post it anew: /mentor-admin open.",
    "outbox.words_gone": "Its words are kept for a week and are gone. /mentor shows its reader where they stand, "
    "and a word from you helps.",
    "open.over": "{name} would be over before it begins. /mentor-admin programme show has the button to change its "
    "dates.",
    "flash.taken": "Somebody else has taken this question already. Thank you for offering.",
    "flash.not_for_you": "This question is not yours to take: you have no place free, or gave it back before.",
    "round.no_gathering": "There is no number “{number}” in this draft. The numbers go from 1 to {most}.",
    "round.no_lock": "An event is drafted as a whole: its sittings hang on each other, so none can be locked.",
    "round.which_one": "Which one? Put its number behind it: /mentor-admin match lock 1. The numbers go from 1 to "
    "{most}.",
    "round.no_swap": "In this format nobody is exchanged by hand. /mentor-admin block keeps two people apart, and "
    "/mentor-admin match lock keeps a number as it is. Then draft again.",
    "round.no_forbid": "In this format /mentor-admin block keeps two people apart, and nobody hears of it. Then draft "
    "again.",
    "round.no_hold": "In this format nobody is held back by hand. Whoever would rather sit out can skip the round in "
    "the message before it, or type /mentor pause.",
    "round.no_why": "In this format the draft itself says what brings people together, and which limits it could not "
    "keep: /mentor-admin match show.",
    "round.no_compare": "In this format there is one way to draft, so there is nothing to compare.",
    "round.no_pair": "There is no pair “{number}” in this draft. The numbers go from 1 to {most}.",
    "round.no_pairs": "There is no pair in this draft yet. /mentor-admin match show says what stands in the way.",
    "round.which": "Which pair? Put its number behind it: /mentor-admin match lock 1. The numbers go from 1 to {most}.",
    "round.replaced": "A newer draft has taken the place of this one. /mentor-admin match show shows it.",
    "round.no_place": "{mentor} has no free place. They can offer more in /mentor settings.",
    "round.not_in_round": "{person} takes no part in this round: pausing, gone, or matched already.",
    "round.limit": "{mentee} and {mentor} cannot be matched. What stands in the way: {limit}.",
    "import.gone": "That table is not kept any more. Give it once more: /mentor-admin people import.",
    "import.changed": "Something has changed since you saw this, so nothing was taken over. Give the table once more "
    "to see what it would change now.",
    "round.forbidden": "{mentee} and {mentor} are kept apart. /mentor-admin match forbid with both names lets that go.",
    "round.held": "{person} is on hold. /mentor-admin match hold with their name lets them go.",
    "round.pinned": "{mentee} is locked with {mentor}. /mentor-admin match lock with both names lets that go first.",
    "confirm.other": "Only the person who was shown this can confirm it. Type the command yourself to see it.",
    "confirm.used": "This was decided already, and the button works only once. Nothing has happened twice.",
    "confirm.expired": "What this showed may have changed since. Type the command again to see how it is now.",
}
"""Refusal key → wording; the refusal's details fill its holes."""


def refused(refusal: Refusal, say: Say) -> Message:
    """One friendly line. Raises KeyError for a key without a wording: a test walks them all."""
    words = say(WORDINGS[refusal.key], **{name: _cut(value) for name, value in refusal.details.items()})
    return Message(summary=flatten(words), blocks=(Paragraph(words),))


def _cut(detail: str) -> str:
    """What somebody typed may be longer than a message; names and lists of a few are not."""
    return detail if len(detail) <= LONGEST_DETAIL else detail[: LONGEST_DETAIL - 1] + "…"
