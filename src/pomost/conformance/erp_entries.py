"""What an ERP that keeps an offer for a shop without a catalogue must prove: inherit `EntryErpConformance`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import islice, pairwise

from pomost.conformance.expecting import fails_with_advice, fault_of, passes
from pomost.model.entry import CONTENTS, OF_PRODUCT, Reading
from pomost.model.reason import Finding, Weight
from pomost.model.sentences_of_runs import weight
from pomost.model.subject import Area
from pomost.model.trade import FilesEntry
from pomost.ports.entries import EntryErp
from pomost.ports.fault import Refused, Unavailable

Place = tuple[Area, int]
_NO_SUCH_KEY = 2**31 - 1
_PRINT = 16


@dataclass(frozen=True, slots=True)
class Change:
    """Something done in the ERP; `moves`: entries whose fingerprints change by it, none for what no shop is told.

    Entries that appear or go away by it are named in `moves` too.
    """

    what: str
    do: Callable[[], object]
    moves: frozenset[Place]


class EntryErpConformance:
    """The hooks come first; each test starts from a company of its own."""

    def connect(self) -> EntryErp:
        """A connector over a prepared company."""
        raise NotImplementedError

    def broken(self) -> EntryErp | None:
        """A connector that cannot work: its company is not there. None where there is nothing to connect to."""
        raise NotImplementedError

    def facts(self) -> Mapping[Place, Mapping[str, object]]:
        """Facts of some entries: names of their content's fields and what these must be read as; of each area one."""
        raise NotImplementedError

    def unmeant(self) -> Sequence[Place]:
        """Entries the ERP has and does not mean for the shop."""
        raise NotImplementedError

    def changes(self) -> Sequence[Change]:
        """Changes to try, one after the other: of every area, and some no shop is told of."""
        raise NotImplementedError

    # Scanning

    def test_a_scan_sees_every_meant_entry_once_in_key_order(self) -> None:
        erp = self.connect()
        for area in CONTENTS:
            keys = [key for key, _ in erp.scan_entries(area)]
            assert all(first < second for first, second in pairwise(keys)), area
            assert {key for where, key in self.facts() if where is area} <= set(keys), area
            assert not {key for where, key in self.unmeant() if where is area} & set(keys), area

    def test_two_scans_of_an_unchanged_company_are_equal(self) -> None:
        assert _prints(self.connect()) == _prints(self.connect())

    def test_fingerprints_have_sixteen_bytes(self) -> None:
        assert {len(one) for one in _prints(self.connect()).values()} == {_PRINT}

    def test_a_scan_streams(self) -> None:
        """It hands out entries while it reads, may be left in the middle, and is not in the way of other reading."""
        erp = self.connect()
        for area in CONTENTS:
            scan = erp.scan_entries(area)
            assert iter(scan) is scan, f"{area}: a scan is an iterator, not a list"
            keys = [key for key, _ in islice(scan, 1)]
            assert [one.key for one in erp.entries(area, keys)] == keys
            del scan
        erp.close()

    def test_prices_stock_and_files_are_of_products_that_are_meant(self) -> None:
        erp = self.connect()
        products = {key for key, _ in erp.scan_entries(Area.PRODUCT)}
        for area in OF_PRODUCT:
            assert {key for key, _ in erp.scan_entries(area)} <= products, area
        assert {key for key, _ in erp.scan_entries(Area.PRICES)} == products

    # Reading

    def test_scan_and_entries_agree(self) -> None:
        erp = self.connect()
        read = _readings(erp)
        assert {place: one.print for place, one in read.items()} == _prints(erp)
        assert all(one.meant for one in read.values())

    def test_entries_are_read_as_they_are(self) -> None:
        facts, erp = self.facts(), self.connect()
        assert {area for area, _ in facts} == set(CONTENTS), "one fact of each area at least"
        for (area, key), expected in facts.items():
            (one,) = erp.entries(area, [key])
            assert {name: getattr(one.content, name) for name in expected} == dict(expected), f"{area} {key}"

    def test_a_content_is_of_its_areas_kind_or_there_is_a_reason(self) -> None:
        for (area, key), one in _readings(self.connect()).items():
            assert one.label, f"{area} {key}"
            if one.content is None:
                assert Weight.SKIP in {weight(finding) for finding in one.findings}, f"{area} {key}"
            else:
                assert isinstance(one.content, CONTENTS[area]), f"{area} {key}"

    def test_entries_come_in_key_order_without_those_that_are_gone(self) -> None:
        erp = self.connect()
        for area in CONTENTS:
            keys = [key for key, _ in islice(erp.scan_entries(area), 3)]
            assert [one.key for one in erp.entries(area, [_NO_SUCH_KEY, *reversed(keys)])] == keys, area
            assert list(erp.entries(area, [_NO_SUCH_KEY])) == []
            assert list(erp.entries(area, [])) == []

    def test_what_is_not_meant_is_told_as_such(self) -> None:
        erp = self.connect()
        assert self.unmeant()
        for area, key in self.unmeant():
            assert [one.meant for one in erp.entries(area, [key])] == [False], f"{area} {key}"

    def test_a_full_batch_may_be_asked_for(self) -> None:
        erp = self.connect()
        for area in CONTENTS:
            keys = [key for key, _ in islice(erp.scan_entries(area), 3)]
            absent = [_NO_SUCH_KEY - place for place in range(erp.can.batch - len(keys))]
            assert [one.key for one in erp.entries(area, keys + absent)] == keys, area

    def test_no_amount_is_a_binary_fraction(self) -> None:
        for place, one in _readings(self.connect()).items():
            assert not [leaf for leaf in _leaves(one.content) if isinstance(leaf, float)], place

    def test_an_entry_is_found_by_its_label(self) -> None:
        erp = self.connect()
        for (area, key), one in _readings(erp).items():
            if not one.label.startswith("#"):
                assert key in erp.find_entries(area, one.label), f"{area} {one.label}"
            assert list(erp.find_entries(area, "no entry has such a label")) == []

    # Changing

    def test_a_change_moves_the_right_entries_and_no_others(self) -> None:
        for change in self.changes():
            before = _prints(self.connect())
            change.do()
            after = _prints(self.connect())
            moved = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
            assert moved == change.moves, change.what

    def test_equal_fingerprints_mean_equal_entries(self) -> None:
        for change in self.changes():
            before = _readings(self.connect())
            change.do()
            after = _readings(self.connect())
            for place in before.keys() & after.keys():
                if before[place].print == after[place].print:
                    assert before[place] == after[place], f"{change.what}: {place}"

    def test_the_newest_stamp_never_goes_back(self) -> None:
        last = self.connect().age().newest
        for change in self.changes():
            change.do()
            now = self.connect().age().newest
            assert last is None or now is None or now >= last, change.what
            last = now

    # Files

    def test_every_file_is_to_be_had_or_told_about(self) -> None:
        erp = self.connect()
        links = [
            link
            for (area, _), one in _readings(erp).items()
            if area is Area.FILES and isinstance(one.content, FilesEntry)
            for link in one.content.links
        ]
        assert links
        for link in links:
            data = erp.file(link.file)
            assert isinstance(data, bytes | Finding)
            assert link.version
        assert isinstance(erp.file(_NO_SUCH_KEY), Finding)

    # The connection

    def test_the_connection_check_passes(self) -> None:
        passes(self.connect().check())

    def test_a_broken_connection_is_told_with_advice(self) -> None:
        broken = self.broken()
        if broken is None:
            return
        fails_with_advice(broken.check())
        fault_of(lambda: list(broken.scan_entries(Area.PRODUCT)), Unavailable, Refused)
        fault_of(lambda: list(broken.entries(Area.PRODUCT, [1])), Unavailable, Refused)
        fault_of(lambda: broken.file(1), Unavailable, Refused)

    def test_closing_twice_does_no_harm(self) -> None:
        erp = self.connect()
        passes(erp.check())
        erp.close()
        erp.close()


def _prints(erp: EntryErp) -> dict[Place, bytes]:
    return {(area, key): found for area in CONTENTS for key, found in erp.scan_entries(area)}


def _readings(erp: EntryErp) -> dict[Place, Reading]:
    found: dict[Place, Reading] = {}
    for area in CONTENTS:
        keys = [key for key, _ in erp.scan_entries(area)]
        for start in range(0, len(keys), erp.can.batch):
            found |= {(area, one.key): one for one in erp.entries(area, keys[start : start + erp.can.batch])}
    return found


def _leaves(value: object) -> Iterator[object]:
    if is_dataclass(value):
        for one in fields(value):
            yield from _leaves(getattr(value, one.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _leaves(item)
    else:
        yield value
