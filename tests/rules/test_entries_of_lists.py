"""Stock and files of one product as the shop takes them: quantities to the piece, files in their order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.offer import Basis
from pomost.model.reason import Finding, Reason
from pomost.model.trade import TOTAL, FileLink, FileRole, FilesEntry, StockLine, StocksEntry
from pomost.rules.entries import Ruling
from tests.rules.assortment import AROUND, SHOP, ruled

IN_TOTAL = replace(AROUND, shop=replace(SHOP, total_stock=True))


def stocks(*quantities, bases=(Basis.AVAILABLE, Basis.STOCK)):
    return StocksEntry(
        tuple(
            StockLine(place, Decimal(quantity), basis)
            for place, (quantity, basis) in enumerate(zip(quantities, bases, strict=False), 1)
        )
    )


@pytest.mark.parametrize(
    ("told", "apart", "total"),
    [
        ((), (), None),
        (("1.5",), ("1.5",), "1.5"),
        (("0",), ("0",), "0"),
        (("-3",), ("0",), "0"),
        (("-3", "5"), ("0", "5"), "2"),
        (("-3", "2"), ("0", "2"), "0"),
    ],
)
def test_stock_in_each_warehouse_and_in_all_of_them(told, apart, total):
    """A warehouse that owes goods takes them from the others, and nothing goes below nought."""
    whole = () if total is None else (StockLine(TOTAL, Decimal(total), Basis.AVAILABLE),)
    assert ruled(stocks(*told)) == Ruling(stocks(*apart))
    assert ruled(stocks(*told), IN_TOTAL) == Ruling(StocksEntry(whole))


def link(file, **facts):
    return replace(FileLink(file, "v", FileRole.IMAGE, file, f"{file}.png", "image/png", 10), **facts)


@pytest.mark.parametrize(
    ("one", "shop", "told"),
    [
        (link(3), {}, None),
        (link(3, size=100), {}, None),
        (link(3, media_type="image/bmp"), {"file_types": frozenset()}, None),
        (link(3, size=101), {"file_bytes": 0}, None),
        (link(3, media_type="image/bmp"), {}, Finding.of(Reason.FILE_TYPE, file="3.png")),
        (link(3, media_type="", file_name=""), {}, Finding.of(Reason.FILE_TYPE, file=3)),
        (link(3, size=101), {}, Finding.of(Reason.FILE_TOO_LARGE, file="3.png", size=101, most=100)),
        (link(3), {"files_per_owner": 0}, Finding.of(Reason.FILES_TOO_MANY, file="3.png", most=0)),
    ],
)
def test_a_file_the_shop_does_not_take_is_told_by_its_name(one, shop, told):
    around = replace(AROUND, shop=replace(SHOP, **shop))
    held = (replace(one, position=1),) if told is None else ()
    assert ruled(FilesEntry((one,)), around) == Ruling(FilesEntry(held), () if told is None else (told,))


def test_files_of_a_language_the_shop_does_not_speak_take_no_place():
    links = (link(1, language="de"), link(2, language="en"), link(3))
    held = (replace(links[1], position=1), replace(links[2], position=2))
    assert ruled(FilesEntry(links)) == Ruling(FilesEntry(held))


def test_each_language_has_one_main_picture_and_an_attachment_is_none():
    many = replace(AROUND, shop=replace(SHOP, files_per_owner=9))
    links = (
        link(1, main=True, role=FileRole.ATTACHMENT),
        link(2, main=True, language="pl"),
        link(3, main=True, language="pl"),
        link(4, main=True),
        link(5, main=True, language="en"),
        link(6, main=True),
        link(7),
    )
    held = ruled(FilesEntry(links), many).content.links
    assert [(one.file, one.position, one.main) for one in held] == [
        (1, 1, False),
        (2, 2, True),
        (3, 3, False),
        (4, 4, True),
        (5, 5, True),
        (6, 6, False),
        (7, 7, False),
    ]
