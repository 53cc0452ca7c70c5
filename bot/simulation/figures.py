"""What a simulation shows: how much people heard, and whether the promises held."""

from collections import defaultdict
from collections.abc import Sequence

from bot.simulation.season import Record

GROUPS = ("mentees", "mentors of 1", "mentors of 2", "mentors of 3", "mentors of 4", "mentors of 5")


def report(record: Record) -> str:
    """Counts, the promises, and proactive messages per person and active week."""
    lines = [
        f"{record.messages} messages, {record.proactive} of them proactive, {record.acts} acts by people, "
        f"in {record.seconds:.1f} s",
        f"sent twice: {record.doubled}   outside working hours: {record.out_of_hours}",
        "",
        f"{'proactive messages a person and active week':46}{'weeks':>8}{'median':>8}{'p95':>6}{'worst':>7}",
    ]
    by_group = groups(record)
    for name in GROUPS:
        counts = by_group.get(name)
        if counts:
            lines.append(f"{name:46}{len(counts):8}{_at(counts, 0.5):8}{_at(counts, 0.95):6}{counts[-1]:7}")
    everybody = sorted(count for counts in by_group.values() for count in counts)
    lines.append(f"{'everybody':46}{len(everybody):8}{_at(everybody, 0.5):8}{_at(everybody, 0.95):6}{everybody[-1]:7}")
    return "\n".join(lines)


def groups(record: Record) -> dict[str, list[int]]:
    """Group → sorted counts, one for each person and week in which they had a match."""
    found: dict[str, list[int]] = defaultdict(list)
    for person, weeks in record.active.items():
        mentees = record.mentees[person]
        name = f"mentors of {mentees}" if mentees else "mentees"
        found[name].extend(record.per_week[person, week] for week in weeks)
    return {name: sorted(counts) for name, counts in found.items()}


def _at(counts: Sequence[int], share: float) -> int:
    return counts[min(len(counts) - 1, int(len(counts) * share))]
