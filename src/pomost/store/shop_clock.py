"""What is remembered of the shop's clock: the latest moment of it that stock was confirmed as of."""

from datetime import datetime

from django.db.models import Q

from pomost.store.models import Channel


class ShopClock:
    """One channel's shop, told by the shop's own time; every machine that works on the channel sees the same."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def as_of(self) -> datetime | None:
        """The latest moment stock was confirmed as of, None where none was."""
        return Channel.objects.values_list("stock_as_of", flat=True).get(name=self._channel)

    def confirmed(self, as_of: datetime) -> None:
        """It only ever grows."""
        earlier = Q(stock_as_of=None) | Q(stock_as_of__lt=as_of)
        Channel.objects.filter(earlier, name=self._channel).update(stock_as_of=as_of)

    def back_told(self) -> bool:
        """Whether a person was told that the clock went back; no more once it was seen to be right again."""
        return Channel.objects.values_list("clock_back_told", flat=True).get(name=self._channel)

    def tell_back(self, *, told: bool) -> None:
        Channel.objects.filter(name=self._channel).update(clock_back_told=told)
