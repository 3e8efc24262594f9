"""The stage with people in it: customers of the company, customers of the shop, and settings that bring them together."""

from pomost.sandbox.subiekt_gt.partners import Partners

LUNA, ZOSIA, HOTEL = "5223145123", "1234563218", "8567346215"
WARSAW, CRACOW, VIP = "1", "2", "3"
"""Ids of the company's customer traits: ODDZIAL_WAW, ODDZIAL_KRK, VIP."""


def people(stage):
    """Customers of the company, who may be changed."""
    return Partners(stage.company.engine)


def inhabit(stage):
    """Three customers that match, one of them in Kraków, and one the ERP has never heard of; nothing was run yet."""
    them = people(stage)
    them.add("LUNA", nip="522-314-51-23", street="Długa", house="7", traits=("ODDZIAL_WAW", "VIP"), group="Gastronomia")
    them.add(
        "ZOSIA", nip=f"PL{ZOSIA}", city="ŁÓDŹ", street="Piotrkowska", house="1", traits=("ODDZIAL_WAW",), group="Sklepy"
    )
    them.add("HOTEL", nip=HOTEL, city="Kraków", street="Rynek", house="3", traits=("ODDZIAL_KRK",))
    them.add("DOSTAWCA", nip="7010000008", city="Gdynia", street="Morska", house="1", shop=False)
    ids = {
        "LUNA": enlist(stage, LUNA, "Warszawa", "Długa", "7"),
        "ZOSIA": enlist(stage, ZOSIA, "Łódź", "Piotrkowska", "1"),
        "HOTEL": enlist(stage, HOTEL, "Kraków", "Rynek", "3"),
        "OBCY": enlist(stage, "9999999999", "Radom", "Cicha", "9"),
    }
    welcome(stage)
    return ids


def enlist(stage, nip, city, street, house, **more):
    """A customer of the shop; its id."""
    place = {"city": city, "street": street, "house_number": house}
    return stage.shop.owner("add_customer", nip=nip, **place, **more)["id"]


def welcome(stage, **customers):
    """Switch customers on, with a trait for each branch and segments of group and trait."""
    branches = [dict(one) for one in stage.document["branches"]]
    for branch, trait in zip(branches, (WARSAW, CRACOW), strict=False):
        branch["customer_trait"] = trait
    chosen = {"enabled": True, "qualification": "all", "level1": "group", "level2": "trait", "segment_traits": [VIP]}
    stage.save(customers={**chosen, **customers}, branches=branches)


def held(stage):
    """What the shop holds of each customer: card, branch's ID, path of segment names."""
    state = stage.shop.state()
    branches = {ident: one["external_id"] for ident, one in state["branches"].items()}
    segments = {one["id"]: one for one in state["segments"].values()}

    def path(segment):
        above = state["segments"].get(segment["parent_key"] or "")
        return (*path(above), segment["name"]) if above else (segment["name"],)

    return {
        ident: (
            one["erp_customer_ref"],
            branches[one["branch_id"]],
            " / ".join(path(segments[one["segment_id"]])) if one["segment_id"] else "",
        )
        for ident, one in state["assignments"].items()
    }
