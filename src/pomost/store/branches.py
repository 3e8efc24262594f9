"""Branches of the settings as they were last compared with the shop: what we said of them, and their warehouses."""

from collections.abc import Iterable

from pomost.model.branch import OurBranch, ShopBranch
from pomost.store.models import KnownBranch


class Branches:
    """One channel's branches, by their ID."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def ours(self) -> dict[str, OurBranch]:
        rows = KnownBranch.objects.filter(channel_id=self._channel)
        return {
            row.branch_id: OurBranch(ShopBranch(row.branch_id, "").with_fields(row.fields), row.warehouse)
            for row in rows
        }

    def remember(self, branches: Iterable[OurBranch]) -> None:
        """Branches that stand as the settings say, or are about to."""
        for one in branches:
            KnownBranch.objects.update_or_create(
                channel_id=self._channel,
                branch_id=one.held.id,
                defaults={"fields": one.held.fields, "warehouse": one.warehouse},
            )
