"""How far what our key wrote to the shop is recorded here, and whether this store was found older than the shop."""

from dataclasses import dataclass
from enum import StrEnum

from pomost.store import sql
from pomost.store.models import Channel

_MOVE = "UPDATE store_channel SET offers_until = %s WHERE name = %s"
_MOVE_BOTH = "UPDATE store_channel SET offers_until = %s, stocks_until = %s WHERE name = %s"


class Standing(StrEnum):
    """How far what a channel knows may be believed."""

    SOUND = "sound"
    WENT_BACK = "went back"  # put back from a copy: everything is yet to be doubted, and the shelf to be read
    ASKED = "asked"  # doubted and read; withdrawals wait until a person has approved a plan made since


@dataclass(frozen=True, slots=True)
class Watermark:
    """The shop's own time up to which everything our key wrote is recorded, of offers and of stock apart.

    `account`: whose offers they are, as the shop calls it. Blank: nothing was noted yet.
    """

    account: str
    offers: str
    stocks: str


class Watermarks:
    """One channel's."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def now(self) -> Watermark:
        names = ("shop_account", "offers_until", "stocks_until")
        return Watermark(*Channel.objects.values_list(*names).get(name=self._channel))

    def begin(self, account: str, until: str) -> None:
        """The first look at an account: what was written before is not asked about."""
        rows = Channel.objects.filter(name=self._channel)
        rows.update(shop_account=account, offers_until=until, stocks_until=until)

    def move(self, until: str, *, stocks: bool) -> None:
        """All our key wrote until then is recorded; with `stocks` of stock too."""
        if stocks:
            sql.run(_MOVE_BOTH, (until, until, self._channel))
        else:
            sql.run(_MOVE, (until, self._channel))

    def standing(self) -> Standing:
        return Standing(Channel.objects.values_list("standing", flat=True).get(name=self._channel))

    def stand(self, standing: Standing) -> None:
        Channel.objects.filter(name=self._channel).update(standing=standing.value)


def doubt_all_channels() -> None:
    """The whole store was put back from a copy: every channel's next run acts on it."""
    Channel.objects.update(standing=Standing.WENT_BACK.value)
