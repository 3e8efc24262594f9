"""Files of an exchange: which bytes the shop lacks, handing them over, and lists of links with their digests."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pomost.model.change import Change, Put
from pomost.model.reason import Finding
from pomost.model.text import Text
from pomost.model.trade import FileLink, FilesEntry
from pomost.runs.channel import Channel
from pomost.runs.entry_desk import erp_of, shop_of
from pomost.runs.session import Session
from pomost.store.database import one_transaction

_STEP = Text("Pliki", "Files")
_AT_ONCE = 16 * 1024 * 1024  # bytes in memory before the shop is asked which of them it lacks


@dataclass(slots=True)
class _Case:
    """A batch of lists on its way. `digests`: of files that were read or remembered; `odd`: why others were not."""

    channel: Channel
    session: Session
    anew: bool
    digests: dict[int, str] = field(default_factory=dict)
    odd: dict[int, Finding] = field(default_factory=dict)


def hand_over(
    channel: Channel, session: Session, changes: Sequence[Change | None], *, anew: bool
) -> tuple[list[Change | None], dict[int, tuple[Finding, ...]]]:
    """The lists as they can be sent, once the shop has all their bytes; and by place what each has to do without.

    None for a list of which nothing is left to send.

    Bytes whose digest is remembered are read only where the shop lacks them; `anew`: all of them are read and the
    shop looks at its own copies. A list without some of its files is sent all the
    same, and decided again in the next run. Memory: `_AT_ONCE` and one file more.
    """
    links = {link.file: link for one in changes if isinstance(one, Put) for link in one.after.links}
    case = _Case(channel, session, anew)
    held = {} if anew else channel.entries.digests(links)
    case.digests = {file: digest for file, (version, digest) in held.items() if links[file].version == version}
    fresh = [link for file, link in links.items() if file not in case.digests]
    shop = shop_of(channel)
    remembered = sorted(set(case.digests.values()))
    lacking = set(shop.missing_files(remembered, verify=False)) if remembered else set()
    # Every file with lacking bytes, also where two have the same: one of them may turn out not to be readable.
    wanted = [link for link in links.values() if case.digests.get(link.file) in lacking]
    _give(case, [*fresh, *wanted])
    resolved = [_resolved(case, change) for change in changes]
    return [change for change, _ in resolved], {place: odd for place, (_, odd) in enumerate(resolved) if odd}


def _give(case: _Case, links: Sequence[FileLink]) -> None:
    """Read files, and hand over the bytes the shop lacks."""
    read: list[tuple[FileLink, str, bytes]] = []
    size = 0
    for place, link in enumerate(links):
        case.session.tell(_STEP, place, len(links))
        data = erp_of(case.channel).file(link.file)
        if isinstance(data, Finding):
            case.digests.pop(link.file, None)
            case.odd[link.file] = data
            continue
        read.append((link, hashlib.sha256(data).hexdigest(), data))
        size += len(data)
        if size > _AT_ONCE:
            _upload(case, read)
            read, size = [], 0
    _upload(case, read)


def _upload(case: _Case, read: Sequence[tuple[FileLink, str, bytes]]) -> None:
    if not read:
        return
    shop = shop_of(case.channel)
    missing = set(shop.missing_files(sorted({digest for _, digest, _ in read}), verify=case.anew))
    for link, digest, data in read:
        refused = shop.put_file(digest, data, link.media_type) if digest in missing else None
        if refused is not None:
            case.digests.pop(link.file, None)
            case.odd[link.file] = refused
            continue
        missing.discard(digest)
        case.digests[link.file] = digest
    with one_transaction(lasting=False):
        case.session.confirm()
        for link, digest, _ in read:
            if link.file not in case.odd:
                case.channel.entries.note_digest(link.file, link.version, digest)


def _resolved(case: _Case, change: Change | None) -> tuple[Change | None, tuple[Finding, ...]]:
    """A list with its digests. One that goes without a file has no fingerprint, so that it is decided again."""
    if not isinstance(change, Put) or not isinstance(change.after, FilesEntry):
        return change, ()
    links = change.after.links
    found = tuple(replace(link, sha256=case.digests[link.file]) for link in links if link.file in case.digests)
    odd = tuple(case.odd[link.file] for link in links if link.file in case.odd)
    sent = FilesEntry(found)
    if odd and not change.again and change.before == sent.bare:
        return None, odd  # the shop holds the list as far as it can be had
    return replace(change, after=sent, print=b"" if odd else change.print), odd
