"""Whether an ERP's database was put back from a copy: marks that only ever grow have gone back (decision table 8.4)."""

from pomost.ports.erp import ErpAge


def went_back(seen: ErpAge, now: ErpAge) -> tuple[str, str] | None:
    """What is seen now and what was seen before, as texts, where a mark went back; None where none did.

    The newest change also goes back when what changed last is deleted, so deletions noted meanwhile excuse it.
    A mark that is missing on either side says nothing.
    """
    for name, before in sorted(seen.counters.items()):
        held = now.counters.get(name)
        if held is not None and held < before:
            return f"{name} {held}", f"{name} {before}"
    if now.newest is not None and seen.newest is not None and now.newest < seen.newest and not _deleted(seen, now):
        return f"{now.newest:%Y-%m-%d %H:%M:%S}", f"{seen.newest:%Y-%m-%d %H:%M:%S}"
    return None


def _deleted(seen: ErpAge, now: ErpAge) -> bool:
    return now.deletions is not None and seen.deletions is not None and now.deletions > seen.deletions
