"""Items of the offer read back: what was sent, and what the shop adds of its own."""

from typing import Any

from pomost.sandbox.esklep.records import Kept
from pomost.sandbox.esklep.shapes import plain


def state_of(kept: Kept[Any]) -> str:
    return "published" if kept.live else "withdrawn"


def shown(kept: Kept[Any]) -> dict[str, Any]:
    """Panel-made content has no key of the ERP."""
    document = plain(kept.item)
    if kept.origin == "panel" and "erp_id" in document:
        document["erp_id"] = None
    return {
        **document,
        "shop_id": kept.shop_id,
        "state": state_of(kept),
        "origin": kept.origin,
        "updated_at": kept.updated_at,
    }
