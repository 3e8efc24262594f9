"""Chance that depends on nothing but its arguments: the same on every machine and in every version of Python."""

from zlib import crc32


def draw(key: str, what: str, below: int = 1 << 32) -> int:
    """A number that belongs to the key for good; another for each question asked about it."""
    return crc32(f"{what}:{key}".encode()) % below


def mixed(number: int, seed: int) -> int:
    """A number of 32 bits that looks random; cheap, and the same for a thing whatever its neighbours are."""
    scrambled = (number * 2_654_435_761 + seed * 40_503) & 0xFFFF_FFFF
    return ((scrambled ^ (scrambled >> 15)) * 2_246_822_519) & 0xFFFF_FFFF
