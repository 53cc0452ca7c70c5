"""Which handler answers which word, button and dialog of a coordinator; all of them pass the gate."""

from collections.abc import Mapping

from handlers.coordinating import (
    asking_why,
    audience,
    blocks,
    broadcasts,
    comparing,
    desk,
    ending,
    gatherings,
    giving,
    helping,
    importing,
    interest,
    locking,
    matches,
    opening,
    overriding,
    people,
    programmes,
    publishing,
    publishing_gatherings,
    reports,
    roles,
    rounds,
    sent,
    served,
)
from handlers.coordinating.by_format import by_format
from handlers.coordinating.desk import gated
from handlers.turn import Handler

ASKS: Mapping[str, Handler] = {
    verb: gated(verb, act)
    for verb, act in {
        "help": helping.help_coordinator,
        "programme new": programmes.new,
        "interest": interest.interest,
        "programme list": programmes.list_all,
        "programme show": programmes.show,
        "programme archive": ending.archive,
        "open": opening.open_it,
        "people": people.people,
        "people import": importing.ask_table,
        "person": people.person,
        "match draft": rounds.draft,
        "match show": by_format("match show", rounds.show, gatherings.show),
        "match lock": by_format("match lock", giving.lock, gatherings.lock, behind=1, people=2),
        "match forbid": by_format("match forbid", locking.forbid, gatherings.refuse("round.no_forbid"), people=2),
        "match hold": by_format("match hold", locking.hold, gatherings.refuse("round.no_hold"), people=1),
        "match swap": by_format("match swap", giving.swap, gatherings.refuse("round.no_swap"), behind=2),
        "match why": by_format("match why", asking_why.why, gatherings.refuse("round.no_why"), behind=1, people=2),
        "match compare": by_format("match compare", comparing.compare, gatherings.refuse("round.no_compare")),
        "match publish": by_format("match publish", publishing.publish, publishing_gatherings.publish),
        "pair": matches.pair,
        "unpair": matches.unpair,
        "block": blocks.block,
        "broadcast": broadcasts.broadcast,
        "outbox": sent.outbox,
        "roles": roles.roles,
        "pulse": reports.pulse,
        "report": reports.report,
        "close": ending.close,
    }.items()
}
"""`/mentor-admin WORD`; every one of them is refused to a stranger before it is looked up."""

UNKNOWN_WORD = gated("help", helping.unknown)

PRESSES: Mapping[str, Handler] = {
    "confirm.drop": gated("help", desk.drop),
    "programme.edit": gated("programme edit", programmes.edit),
    "programme.new": gated("programme new", programmes.new),
    "interest.more": gated("interest", interest.more),
    "interest.choose": gated("interest", interest.choose),
    "interest.people": gated("interest", interest.people),
    "interest.confirm": gated("interest", interest.confirm),
    "interest.close": gated("interest", interest.close),
    "programme.open_to": gated("programme edit", audience.ask),
    "open.choose": gated("open", opening.choose),
    "open.confirm": gated("open", opening.confirm),
    "match.draft": gated("match draft", rounds.draft),
    "match.show": gated("match show", rounds.show),
    "match.more": gated("match show", rounds.more),
    "match.groups": gated("match show", served.show),
    "match.groups.print": gated("match show", served.to_print),
    "match.lock.confirm": gated("match lock", giving.confirm_lock),
    "match.why": gated("match why", asking_why.exactly),
    "match.compare": gated("match compare", comparing.begin),
    "match.aim": gated("match draft", comparing.choose),
    "match.override": gated("match lock", overriding.ask_why),
    "match.swap.confirm": gated("match swap", giving.confirm_swap),
    "gatherings.more": gated("match show", gatherings.more),
    "gatherings.publish.confirm": gated("match publish", publishing_gatherings.confirm),
    "match.publish.confirm": gated("match publish", publishing.confirm),
    "people.import.confirm": gated("people import", importing.confirm),
    "pair.override": gated("pair", matches.ask_why),
    "pair.confirm": gated("pair", matches.confirm_pair),
    "unpair.confirm": gated("unpair", matches.confirm_unpair),
    "block.keep": gated("block", blocks.keep),
    "block.release": gated("block", blocks.release),
    "broadcast.confirm": gated("broadcast", broadcasts.confirm),
    "roles.more": gated("roles", roles.more),
    "outbox.more": gated("outbox", sent.more),
    "outbox.again": gated("outbox", sent.again),
    "outbox.confirm": gated("outbox", sent.confirm),
    "close.confirm": gated("close", ending.confirm_close),
    "report.tables": gated("report", reports.download),
    "report.figure": gated("programme edit", reports.ask_figure),
    "programme.archive.confirm": gated("programme archive", ending.confirm_archive),
}
"""Buttons; each passes the same gate as the word in whose answer it stands."""

SUBMISSIONS: Mapping[str, Handler] = {
    "programme.create": gated("programme new", programmes.create),
    "programme.keep_open_to": gated("programme edit", audience.keep),
    "programme.change": gated("programme edit", programmes.change),
    "report.keep_figure": gated("programme edit", reports.keep_figure),
    "people.table": gated("people import", importing.take_table),
    "pair.overridden": gated("pair", matches.override),
    "match.overridden": gated("match lock", overriding.override),
    "broadcast.write": gated("broadcast", broadcasts.write),
}
"""Dialogs."""
