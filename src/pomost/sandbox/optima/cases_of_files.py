"""Catalogue of the troublesome cases of pictures and attachments, each with a sentence."""

from functools import cache

from pomost.sandbox.optima import pictures
from pomost.sandbox.optima.cards import File
from pomost.sandbox.optima.cases_of_products import GONE
from pomost.sandbox.optima.company import LANGUAGES

LARGEST = 20 * pictures.MEBIBYTE
"""The largest file the shop takes, in bytes."""
ON_DISK = "pliki"
"""Folder beside the databases for files that are not in them."""
FileCase = tuple[str, tuple[File, ...]]


@cache
def file_cases() -> dict[str, FileCase]:
    """Sentence and files of each case."""
    plain = pictures.jpeg("plik")
    return {
        "picture_too_large": (
            "a sound picture larger than the shop takes",
            (File("duze.png", pictures.padded_png("Duże", LARGEST)),),
        ),
        "picture_size_lies": (
            "the size said beside the bytes is wrong",
            (File("rozmiar.jpg", plain, row={"DAB_Rozmiar": 2 * LARGEST}),),
        ),
        "picture_wrong_type": (
            "a picture of a type the shop does not take",
            (File("zdjecie.bmp", pictures.bitmap("BMP")),),
        ),
        "picture_extension_lies": ("JPEG under the name of a PNG", (File("zdjecie.png", pictures.jpeg("nie png")),)),
        "picture_extension_missing": (
            "a file name without an extension",
            (File("zdjecie", pictures.jpeg("bez nazwy")),),
        ),
        "picture_not_a_picture": (
            "a text under the name of a picture",
            (File("zdjecie.jpg", b"Zdjecie przesle jutro"),),
        ),
        "picture_cut_off": ("a picture cut off in the middle", (File("uciete.jpg", plain[: len(plain) // 2]),)),
        "picture_empty": ("a file of no bytes", (File("puste.jpg", b""),)),
        "picture_without_bytes": ("said to be in the database, which holds nothing", (File("brak.jpg", None),)),
        "picture_link_broken": (
            "the link names bytes that are gone",
            (File("brak.jpg", None, link={"DBL_DabId": GONE}),),
        ),
        "picture_missing_on_disk": (
            "kept on a disk where it is no more",
            (
                File(
                    "brak.jpg",
                    None,
                    link={"DBL_DabId": None, "DBL_WBazie": 0, "DBL_Sciezka": r"\\SERWER\foto\brak.jpg"},
                ),
            ),
        ),
        "picture_not_for_shop": (
            "not meant for the shop",
            (File("wewnetrzne.jpg", pictures.jpeg("Wewnętrzne"), link={"DBL_ESklep": 0}),),
        ),
        "picture_other_language": (
            "a picture for one language",
            (File("en.jpg", pictures.jpeg("English"), link={"DBL_JezykId": LANGUAGES["en"]}),),
        ),
        "picture_same_place": (
            "two pictures on one place",
            (
                File("a.jpg", pictures.jpeg("A"), link={"DBL_Lp": 1}),
                File("b.jpg", pictures.jpeg("B"), link={"DBL_Lp": 1}),
            ),
        ),
        "picture_same_bytes": (
            "the same bytes stored twice",
            (File("raz.jpg", pictures.jpeg("To samo")), File("dwa.jpg", pictures.jpeg("To samo"))),
        ),
        "picture_tags": (
            "texts and an address on the picture",
            (
                File(
                    "opisane.jpg",
                    pictures.jpeg("Opis"),
                    alt='Butelka "0,5 l" <nowa>',
                    link={"DBL_TagTitle": "Nowa butelka", "DBL_TagLink": "https://pod-mostem.example/nowosc"},
                ),
            ),
        ),
        "attachment": (
            "a picture and a sheet in PDF",
            (File("zdjecie.jpg", pictures.jpeg("Zdjęcie")), File("ulotka.pdf", pictures.pdf("Ulotka"))),
        ),
    }
