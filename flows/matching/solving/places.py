"""How many more mentees each mentor can take, and what each of them costs."""

from dataclasses import dataclass

from flows.matching.solving.candidates import Index, Prices


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The places of some mentors: the next mentee always costs a mentor more than the one before, or as much."""

    free: Index
    load: Index
    """Mentees whom a mentor has by now: the next one costs the step times as many points."""
    step: int

    def cost(self, mentors: Index, nth: Index) -> Prices:
        """Of the nth new mentee, counted from 0, of each of these mentors."""
        return self.step * (self.load[mentors] + nth)

    def following(self, taken: Index) -> Prices:
        """Of the next one, when each mentor has taken so many."""
        return self.step * (self.load + taken)

    def total(self, taken: Index) -> int:
        """Of all together."""
        return int((self.step * (self.load * taken + taken * (taken - 1) // 2)).sum())
