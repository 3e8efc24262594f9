"""Prices worked out from the company's rows by the contract's section 7.2, straight and slow: rows, rules, quote."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SHOP = 1
FIXED, PERCENT = (13, 12, 11), (6, 5, 2, 4, 3, 1, 8, 7)
CENT = Decimal("0.01")
NET = 1


@dataclass(frozen=True)
class Quote:
    net: Decimal
    gross: Decimal
    winner: int | None


def exact(value, places):
    """A decimal of the database, as its column keeps it."""
    return Decimal(f"{value:.{places}f}")


def cents(amount, places=2):
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class Oracle:
    """One shop's prices; `read` is a plain connection with the company under CDN."""

    def __init__(self, read):
        self.read = read

    def row(self, query, *values):
        found = self.read.execute(query, values)
        names = [one[0] for one in found.description]
        row = found.fetchone()
        return None if row is None else dict(zip(names, row, strict=True))

    def quote(self, product, customer, unit, at, base):
        """Price of one unit for a customer's code, or for a guest (None), in the currency PLN."""
        card = self.row(
            "SELECT * FROM CDN.Towary JOIN CDN.TwrESklep ON Twes_TwrID = Twr_TwrId WHERE Twr_Kod = ? AND Twes_ESklepId = ?",
            product,
            SHOP,
        )
        buyer = self.buyer(customer)
        vat = 1 + exact(card["Twr_Stawka"], 2) / 100
        net_side, start = self.start(card, buyer, unit)
        rules = self.rules(card, buyer, at)
        fixed = next((rule for kind in FIXED for rule in rules if rule["Rab_Typ"] == kind), None)
        if fixed and unit == card["Twr_JM"]:
            price = exact(fixed["Rab_Cena"], 4)
            return self.both(price, fixed["Rab_TypCenyNB"] == NET, vat, fixed["Rab_Typ"])
        rule = None
        if not card["Twr_BezRabatu"] and not card["Twes_ESklepBezRabatu"]:
            rule = next((rule for kind in PERCENT for rule in rules if rule["Rab_Typ"] == kind), None)
        if rule is None:
            return self.both(start, net_side, vat, None)
        left = 1 - exact(rule["Rab_Rabat"], 2) / 100
        if base == "gross":
            gross = cents(start * vat) if net_side else start
            return self.both(cents(gross * left), False, vat, rule["Rab_Typ"])
        return self.both(cents(start * left), net_side, vat, rule["Rab_Typ"])

    def both(self, price, net_side, vat, winner):
        net, gross = (price, cents(price * vat)) if net_side else (cents(price / vat), price)
        return Quote(cents(net), cents(gross), winner)

    def buyer(self, code):
        query = (
            "SELECT Knt_KntId, Knt_Upust, Gru_GruID, KES_TypCenyDomyslnej FROM CDN.Kontrahenci"
            " LEFT JOIN CDN.Grupy ON Gru_Typ = 31 AND Gru_Nazwa = Knt_Grupa"
            " LEFT JOIN CDN.KntESklepy ON KES_KntID = Knt_KntId AND KES_eSklepID = ? WHERE Knt_Kod = ?"
        )
        guest = {"Knt_KntId": None, "Knt_Upust": 0, "Gru_GruID": None, "KES_TypCenyDomyslnej": None}
        return guest if code is None else self.row(query, SHOP, code)

    def start(self, card, buyer, unit):
        """Whether the price is net, and the price of one unit before any discount."""
        shop = self.row("SELECT ESS_NrCenyDomyslnej FROM CDN.eSklepStanowiska WHERE ESS_ESSId = ?", SHOP)
        level = buyer["KES_TypCenyDomyslnej"] or shop["ESS_NrCenyDomyslnej"]
        query = "SELECT TwC_Wartosc, TwC_Typ FROM CDN.TwrCeny WHERE TwC_TwrID = ? AND TwC_TwCNumer = ?"
        price = self.row(query, card["Twr_TwrId"], level)
        ratio = Decimal(1)
        if unit != card["Twr_JM"]:
            packs = "SELECT * FROM CDN.TwrJMZ WHERE TwJZ_TwrID = ? AND TwJZ_JM = ? AND TwJZ_eSklepID = ?"
            pack = self.row(packs, card["Twr_TwrId"], unit, SHOP)
            ratio = exact(pack["TwJZ_JMPrzelicznikL"], 2) / exact(pack["TwJZ_JMPrzelicznikM"], 0)
        places = 4 if card["Twr_CenaZCzteremaMiejscami"] else 2
        return price["TwC_Typ"] == NET, cents(exact(price["TwC_Wartosc"], 4) * ratio, places)

    def rules(self, card, buyer, at):
        """Rules for this product and this buyer on this day, the best first within a kind."""
        group = card["Twes_TwGGIDNumer"] or card["Twr_TwGGIDNumer"]
        found = self.read.execute("SELECT * FROM CDN.Rabaty WHERE Rab_Waluta IN ('', 'PLN')")
        names = [one[0] for one in found.description]
        rules = []
        for row in found:
            rule = dict(zip(names, row, strict=True))
            kind, who, what = rule["Rab_Typ"], rule["Rab_PodmiotId"], rule["Rab_TwrId"]
            wanted = {2: buyer["Knt_KntId"], 5: buyer["Knt_KntId"], 6: buyer["Knt_KntId"], 13: buyer["Knt_KntId"]}
            wanted |= dict.fromkeys((1, 3, 4, 12), buyer["Gru_GruID"])
            about = dict.fromkeys((4, 6, 8, 11, 12, 13), card["Twr_TwrId"]) | dict.fromkeys((3, 5, 7), group)
            if kind in wanted and (wanted[kind] is None or who != wanted[kind]):
                continue
            if kind in about and what != about[kind]:
                continue
            if rule["Rab_DataOd"][:10] <= at.isoformat()[:10] <= rule["Rab_DataDo"][:10]:
                rules.append(rule)
        if buyer["Knt_Upust"] and not any(rule["Rab_Typ"] == 2 for rule in rules):
            rules.append({"Rab_Typ": 2, "Rab_Rabat": buyer["Knt_Upust"], "Rab_DataOd": "", "Rab_RabId": 0})
        return sorted(rules, key=lambda rule: (rule["Rab_DataOd"], rule["Rab_RabId"]), reverse=True)

    def bundle(self, code, at):
        """Gross price of a whole set, or None when it is not sold at this hour; per cents alone."""
        query = "SELECT * FROM CDN.ZestawyTwr JOIN CDN.Towary ON Twr_TwrId = ZTw_TwrId WHERE ZTw_Kod = ?"
        whole = self.row(query, code)
        opens, closes = (whole[column][11:19] for column in ("ZTw_GodzinaOd", "ZTw_GodzinaDo"))
        if whole["ZTw_CzyOgraniczacCzas"] and not opens <= f"{at:%H:%M:%S}" < closes:
            return None
        parts = self.read.execute(
            "SELECT Twr_Kod, ZTS_Wartosc, ZTS_Ilosc FROM CDN.ZestawyTwrSkladniki JOIN CDN.Towary ON Twr_TwrId = ZTS_TwrId"
            " WHERE ZTS_ZTwId = ?",
            (whole["ZTw_ZTwId"],),
        ).fetchall()
        total = Decimal(0)
        for product, percent, quantity in [(whole["Twr_Kod"], whole["ZTw_Wartosc"], 1), *parts]:
            card = self.row("SELECT * FROM CDN.Towary WHERE Twr_Kod = ?", product)
            _, start = self.start(card, self.buyer(None), card["Twr_JM"])
            total += cents(start * (1 - exact(percent, 4) / 100)) * exact(quantity, 4)
        return cents(total)
