"""What the garbage collector has to look through while people wait for an answer."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep_what_stands() -> None:
    """Let the collector pass over all that is there now: called when the start is over, whose code, tables and wordings
    stay to the end. Looking through them takes a tenth of a second in which nothing else runs, and finds nothing."""
    gc.collect()
    gc.freeze()


@contextmanager
def without_collecting() -> Iterator[None]:
    """For work that keeps nearly all it makes until it ends, and soon: the collector would look through it again and
    again, for a tenth of the time that `alongside match` takes, and a draft in a process of its own."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
