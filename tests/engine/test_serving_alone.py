"""One SQLite file, one process."""

from tests.engine.fleet import Fleet


async def test_a_second_process_on_the_file_is_refused_and_the_first_goes_on(alone: Fleet) -> None:
    first = await alone.start()
    second, said = alone.begin()
    said.close()

    assert await second.ended(seconds=20) == 1

    assert "is in use by another process" in second.log.read_text(encoding="utf-8")
    assert first.alive
