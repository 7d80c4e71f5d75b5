"""Versions of many things: each is what a copy would be, and telling two apart asks only about what was replaced."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from clinic.revised import Revised, Row, keys_replaced, replaced, revised, revised_row


class Thing:
    """Something that is only itself, and says when it is compared."""

    asked = 0

    def __init__(self, number: int) -> None:
        self.number = number

    def __eq__(self, other: object) -> bool:
        Thing.asked += 1
        return isinstance(other, Thing) and other.number == self.number

    __hash__ = None  # type: ignore[assignment] # nobody needs it


KEYS = st.integers(0, 12)
STEPS = st.lists(st.tuples(st.dictionaries(KEYS, st.integers(0, 3), max_size=4), st.sets(KEYS, max_size=3)), max_size=8)


@given(st.dictionaries(KEYS, st.integers(0, 3)), STEPS)
def test_each_version_is_what_a_copy_would_be(
    first: dict[int, int], steps: list[tuple[dict[int, int], set[int]]]
) -> None:
    copy = {key: Thing(number) for key, number in first.items()}
    now: Mapping[int, Thing] = copy
    versions = [(now, dict(copy))]
    for changes, gone in steps:
        came = {key: Thing(number) for key, number in changes.items() if key not in gone}
        now = revised(now, came, gone)
        copy = {key: thing for key, thing in {**copy, **came}.items() if key not in gone}
        versions.append((now, copy))
    for version, told in versions:
        assert list(version.items()) == list(version.items())
        assert dict(version) == told
        assert set(version) == set(version.keys()) == told.keys()
        assert len(version) == len(told)
        assert [version.get(key) for key in range(14)] == [told.get(key) for key in range(14)]
        assert [key in version for key in range(14)] == [key in told for key in range(14)]
    for before, was in versions:
        for after, then in versions:
            unlike = {key for key in {**was, **then} if was.get(key) is not then.get(key)}
            assert sorted(keys_replaced(before, after)) == sorted(unlike)
            assert (before == after) == (was == then)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9), st.data())
def test_each_row_is_what_a_copy_would_be(first: list[int], data: st.DataObject) -> None:
    copy = [Thing(number) for number in first]
    row: Sequence[Thing] = tuple(copy)
    rows = [(row, list(copy))]
    for _ in range(data.draw(st.integers(0, 5))):
        places = data.draw(st.dictionaries(st.integers(0, len(first) - 1), st.integers(0, 3), max_size=3))
        came = {at: Thing(number) for at, number in places.items()}
        row = revised_row(row, came)
        copy = [came.get(at, thing) for at, thing in enumerate(copy)]
        rows.append((row, copy))
    for one, told in rows:
        assert list(one) == told
        assert len(one) == len(told)
        assert [one[at] for at in range(-len(told), len(told))] == told + told
        assert list(one[1:3]) == told[1:3]
    for before, was in rows:
        for after, then in rows:
            pairs = [(old, new) for old, new in zip(was, then, strict=True) if old is not new]
            assert [(id(old), id(new)) for old, new in replaced(before, after)] == [(id(a), id(b)) for a, b in pairs]
            assert (before == after) == (was == then)


def test_rows_of_other_lengths_have_no_pairs() -> None:
    try:
        replaced((1, 2), revised_row((1, 2, 3), {0: 4}))
    except ValueError:
        return
    raise AssertionError("nothing was said")


def test_telling_two_versions_apart_goes_through_neither() -> None:
    pages = {number: Thing(number) for number in range(1000)}
    before = revised(pages, {1: Thing(-1)})
    after = revised(before, {2: Thing(-2)})
    row, other = revised_row(tuple(pages.values()), {1: Thing(-1)}), revised_row(tuple(pages.values()), {})
    assert isinstance(before, Revised)
    assert isinstance(after, Revised)
    assert isinstance(row, Row)
    Thing.asked = 0
    assert keys_replaced(before, after) == [2]
    assert replaced(row, revised_row(row, {5: Thing(-5)}))[0][0].number == 5
    assert all("_whole" not in vars(each) for each in (before, after, row)), "none was made into one mapping for that"
    assert after != before
    assert Thing.asked == 1
    assert other[3] is row[3]


def test_changes_do_not_pile_up() -> None:
    now: Mapping[int, int] = dict.fromkeys(range(500), 0)
    row: Sequence[int] = (0,) * 500
    for number in range(500):
        now, row = revised(now, {number: 1}), revised_row(row, {number: 1})
        for each in (now, row):
            if isinstance(each, Revised | Row):
                assert len(each._changes) <= 100
    assert dict(now) == dict.fromkeys(range(500), 1)
    assert tuple(row) == (1,) * 500
