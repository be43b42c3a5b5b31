"""What is kept between questions is what would be read again."""

from docproc.store.catalog.tables.queries import RecentValues


def test_only_what_is_not_kept_is_read_and_only_once():
    asked: list[list[int]] = []

    def read(keys):
        asked.append(list(keys))
        return {key: str(key) for key in keys if key >= 0}

    recent: RecentValues[int, str] = RecentValues(8)
    assert recent.get_all([2, 1, 2], read) == {2: "2", 1: "1"}
    assert recent.get_all([1, 3, -1], read) == {1: "1", 3: "3"}
    assert recent.get_all([1], read) == {1: "1"}
    assert asked == [[2, 1], [3, -1]]


def test_what_is_kept_is_bounded():
    recent: RecentValues[int, int] = RecentValues(8)
    for number in range(100):
        recent.get_all([number, number + 1], lambda keys: dict.fromkeys(keys, 0))
        assert len(recent._kept) <= 8
    before = dict(recent._kept)
    recent.get_all(range(1_000, 1_500), lambda keys: dict.fromkeys(keys, 0))
    assert recent._kept == before
