"""The anonymous pulse at the coordinators' desk: which windows there are, and what the closed ones say."""

from flows.pulses import level, shown, windows
from flows.voice import pulse_desk as voice
from handlers.coordinating.desk import Done, chosen, typed
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def pulse(turn: Turn) -> Done:
    """Windows open and close by themselves; what they say is shown when they have closed, from five answers up."""
    cohort = chosen(turn, "pulse", typed(turn).words, archived=True)
    opened_on = cohort.opened_at.date() if cohort.opened_at else cohort.starts_on
    counts = turn.store.pulses.counts(cohort.id)
    today = turn.now.date()
    told = []
    for window in windows(cohort.id, opened_on=opened_on, starts_on=cohort.starts_on, weeks=cohort.weeks):
        results = []
        for question in turn.content.pulse:
            seen = shown(counts.get((window.name, question.id), {}), window.closes, today)
            if seen is not None:
                results.append(voice.Result(question.wording, level(question, seen), sum(seen.values())))
        told.append(voice.Told(window, tuple(results)))
    return Done(Reply(voice.pulse(cohort.name, told, today, turn.say), Where.PRIVATELY), cohort.id)
