"""Words for people: one sentence in Polish and English, and the tidying of texts typed by people."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Language = Literal["pl", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; `{name}` places are filled by `fill`."""

    pl: str
    en: str

    def into(self, language: Language) -> str:
        return self.pl if language == "pl" else self.en

    def fill(self, **facts: object) -> "Text":
        """Put facts into the places of both sentences; a missing fact shows as an empty place, never as an error."""
        known = _Facts({name: str(value) for name, value in facts.items()})
        return Text(self.pl.format_map(known), self.en.format_map(known))

    def outline(self) -> "Text":
        """The sentences without facts: every place shows as an ellipsis."""
        return Text(*(re.sub(r"\{\w+\}", "…", sentence) for sentence in (self.pl, self.en)))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@lru_cache(maxsize=4096)  # units, own fields and names of settings: the same few texts for every card
def tidy(text: str) -> str:
    """NFC, outer spaces gone, inner runs of spaces (also hard ones) made one: the only tidying identity may rest on."""
    return " ".join(unicodedata.normalize("NFC", text).split())


_LINE_ENDS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# C0 and C1, marks that turn the direction of writing, and halves of characters.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def cleaned(text: str, *, lines: bool = False) -> str:
    """A text as it may leave: NFC, without control characters and without marks of the direction of writing.

    Ends of lines become spaces, or stay where a text may have `lines`.
    """
    if not text.isprintable():
        text = _OTHER_LINE_ENDS.sub("\n", text) if lines else _one_line(text)
        text = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", text)


def _one_line(text: str) -> str:
    first, *more = _LINE_ENDS.split(text)
    if not more:
        return text
    between = [inner for one in more[:-1] if (inner := one.strip(" "))]
    return " ".join((first.rstrip(" "), *between, more[-1].lstrip(" ")))


def held_by(text: str, code_page: str) -> str:
    """A text as a code page can hold it: letters it lacks lose their accents, signs it lacks show as `?`."""
    return "".join(sign if _holds(code_page, sign) else _nearest(sign, code_page) for sign in text)


def _nearest(sign: str, code_page: str) -> str:
    parts = unicodedata.normalize("NFKD", sign)
    kept = "".join(one for one in parts if _holds(code_page, one))
    silent = all(unicodedata.category(one) in {"Mn", "Me", "Cf"} for one in parts)
    return kept or ("" if silent else "?")


def _holds(code_page: str, sign: str) -> bool:
    try:
        sign.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True


def alike(text: str) -> str:
    """The form in which names are compared for uniqueness: tidy and casefolded."""
    return tidy(text).casefold()


def plural(count: int, one: str, few: str, many: str) -> str:
    """Polish plural: 1 towar, 2-4 towary (not 12-14), otherwise towarów."""
    tens, unit = count // 10 % 10, count % 10
    if count == 1:
        return one
    return few if unit in {2, 3, 4} and tens != 1 else many
