"""Numbers that look drawn by lot and are decided by a seed, because nothing here may throw dice."""

import hashlib

MASK = 2**64 - 1


class Draws:
    """The same seed gives the same numbers, on every machine (SplitMix64: Steele, Lea and Flood, 2014)."""

    def __init__(self, seed: str) -> None:
        self.state = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])

    def below(self, most: int) -> int:
        """The next number from 0 to below `most`."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return (mixed ^ (mixed >> 31)) % most

    def some(self, count: int, *, among: int) -> list[int]:
        """So many different numbers below `among`, in the order drawn."""
        numbers = list(range(among))
        for nth in range(count):
            other = nth + self.below(among - nth)
            numbers[nth], numbers[other] = numbers[other], numbers[nth]
        return numbers[:count]
