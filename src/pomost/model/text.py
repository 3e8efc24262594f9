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


def alike(text: str) -> str:
    """The form in which names are compared for uniqueness: tidy and casefolded."""
    return tidy(text).casefold()


def plural(count: int, one: str, few: str, many: str) -> str:
    """Polish plural: 1 towar, 2-4 towary (not 12-14), otherwise towarów."""
    tens, unit = count // 10 % 10, count % 10
    if count == 1:
        return one
    return few if unit in {2, 3, 4} and tens != 1 else many
