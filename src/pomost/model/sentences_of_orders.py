"""Sentences and advice for reasons that speak of orders: why they wait, and what became of them."""

from pomost.model.reason import Reason, Sentence, Weight
from pomost.model.sentences import say_as

_CONFIG, _SKIP, _WARN, _INFO = Weight.CONFIGURATION, Weight.SKIP, Weight.WARN, Weight.INFO


_ORDERS = {
    Reason.ORDER_UNREADABLE: say_as(
        _SKIP,
        "sklep opisał zamówienie w sposób, którego nie da się odczytać. Zamówienie czeka.",
        "the shop described the order in a way nobody can read. It waits.",
        "Zgłoś numer zamówienia operatorowi sklepu.",
        "Report the order's number to the shop.",
    ),
    Reason.ORDER_NUMBER_TAKEN: say_as(
        _SKIP,
        "numer tego zamówienia ma w ERP dokument innego płatnika lub innego zamówienia: {documents}. Zamówienie czeka.",
        "a document of another payer or another order carries this order's number in the ERP: {documents}. It waits.",
        "Wskaż, że to jednak ten dokument, albo każ utworzyć nowy (pomost settle-order KANAŁ NUMER).",
        "Say that it is this document after all, or have a new one made (pomost settle-order CHANNEL NUMBER).",
    ),
    Reason.ORDER_DOCUMENT_DIFFERS: say_as(
        _SKIP,
        "dokument ERP z numerem tego zamówienia ({documents}) ma inne towary, kwotę, płatnika lub numer niż "
        "zamówienie. Czeka.",
        "the ERP's document with this order's number ({documents}) has other goods, another total, payer or number "
        "than the order. It waits.",
        "Porównaj je i powiedz, że to ten dokument, albo każ utworzyć nowy (pomost settle-order KANAŁ NUMER).",
        "Compare them, and say that it is this one or have a new one made (pomost settle-order CHANNEL NUMBER).",
    ),
    Reason.ORDER_CUSTOMER_UNKNOWN: say_as(
        _SKIP,
        "kontrahent {name} (NIP {nip}) nie jest rozpoznany w ERP. Zamówienie czeka.",
        "customer {name} (tax number {nip}) is not recognised in the ERP. The order waits.",
        "Sprawdź, dlaczego kontrahent nie jest rozpoznany (pomost errors), i popraw jego kartotekę w ERP.",
        "Find out why the customer is not recognised (pomost errors), and mend the card in the ERP.",
    ),
    Reason.ORDER_CUSTOMER_GONE: say_as(
        _SKIP,
        "kartoteki rozpoznanego kontrahenta (klucz {key}) nie ma już w ERP. Zamówienie czeka.",
        "the recognised customer's card (key {key}) is no longer in the ERP. The order waits.",
        "Przywróć kartotekę albo uruchom synchronizację kontrahentów.",
        "Restore the card, or synchronise customers.",
    ),
    Reason.ORDER_WITHOUT_NIP: say_as(
        _SKIP,
        "zamówienie nie ma NIP kupującego. Zamówienie czeka.",
        "the order has no tax number of its buyer. It waits.",
        "Poproś kupującego o uzupełnienie NIP w sklepie.",
        "Ask the buyer to fill in the tax number in the shop.",
    ),
    Reason.ORDER_NIP_DIFFERS: say_as(
        _SKIP,
        "NIP na zamówieniu ({nip}) należy do kogo innego niż kontrahent w ERP ({held}). Zamówienie czeka.",
        "the order's tax number ({nip}) is not the one of the customer in the ERP ({held}). The order waits.",
        "Ustal z kupującym, na kogo ma być dokument; popraw zamówienie w sklepie albo kartotekę w ERP.",
        "Settle with the buyer whom the document is for; correct the order in the shop or the card in the ERP.",
    ),
    Reason.ORDER_BRANCH_UNKNOWN: say_as(
        _SKIP,
        "oddziału „{branch}” nie ma w ustawieniach kanału. Zamówienie czeka.",
        "branch “{branch}” is not in the channel's settings. The order waits.",
        "Dodaj oddział w zakładce Oddziały i wybierz jego magazyn dla ZK.",
        "Add the branch under Branches and choose its main warehouse.",
    ),
    Reason.ORDER_CURRENCY_UNKNOWN: say_as(
        _SKIP,
        "waluty {currency} nie ma w ERP ({known}). Zamówienie czeka.",
        "the ERP does not have currency {currency} ({known}). The order waits.",
        "Dodaj walutę do słownika walut w ERP.",
        "Add the currency to the ERP's list.",
    ),
    Reason.ORDER_EMPTY: say_as(
        _SKIP,
        "zamówienie nie ma żadnej pozycji. Zamówienie czeka.",
        "the order has no line. It waits.",
        "Sprawdź zamówienie w panelu sklepu.",
        "Look at the order in the shop's panel.",
    ),
    Reason.ORDER_LINE_UNKNOWN: say_as(
        _SKIP,
        "pozycja {line}: w ERP nie ma kartoteki o symbolu „{sku}” ani kodzie {ean} ({name}). Zamówienie czeka.",
        "line {line}: the ERP has no card with symbol “{sku}” or barcode {ean} ({name}). The order waits.",
        "Załóż kartotekę albo wpisz ten kod kreskowy na właściwej; zamówienie wejdzie samo.",
        "Create the card, or put the barcode on the right one; the order then enters by itself.",
    ),
    Reason.ORDER_LINE_AMBIGUOUS: say_as(
        _SKIP,
        "pozycja {line}: „{sku}” / {ean} pasuje do kilku kartotek ({cards}). Zamówienie czeka.",
        "line {line}: “{sku}” / {ean} fits several cards ({cards}). The order waits.",
        "Ustal, który towar zamówiono, i zostaw symbol i kod na jednej kartotece.",
        "Settle which product was ordered, and leave symbol and barcode on one card only.",
    ),
    Reason.ORDER_LINE_BLOCKED: say_as(
        _SKIP,
        "pozycja {line}: kartoteka „{sku}” jest nieaktywna w ERP. Zamówienie czeka.",
        "line {line}: card “{sku}” is inactive in the ERP. The order waits.",
        "Aktywuj kartotekę albo uzgodnij z kupującym inny towar.",
        "Activate the card, or agree on another product with the buyer.",
    ),
    Reason.ORDER_QUANTITY: say_as(
        _SKIP,
        "pozycja {line}: ilość {quantity} nie jest liczbą od 1 do {most}. Zamówienie czeka.",
        "line {line}: quantity {quantity} is not a number from 1 to {most}. The order waits.",
        "Popraw zamówienie w sklepie; jeśli ilość jest prawdziwa, zwiększ orders.most.",
        "Correct the order in the shop; if the quantity is meant, raise orders.most.",
    ),
    Reason.ORDER_PRICE: say_as(
        _SKIP,
        "pozycja {line}: cena, wartość lub kaucja ({price}) jest mniejsza od zera. Zamówienie czeka.",
        "line {line}: its price, total or deposit ({price}) is below zero. The order waits.",
        "Popraw cenę w zamówieniu albo wprowadź zamówienie do ERP ręcznie z numerem oryginału {original}.",
        "Correct the order's price, or enter it in the ERP by hand with original number {original}.",
    ),
    Reason.ORDER_UNIT_UNKNOWN: say_as(
        _SKIP,
        "pozycja {line}: jednostki {unit} nie ma w tabeli jednostek sklepu ({allowed}). Zamówienie czeka.",
        "line {line}: unit {unit} is not in the shop's table of units ({allowed}). The order waits.",
        "Zgłoś zamówienie operatorowi sklepu.",
        "Report the order to the shop.",
    ),
    Reason.ORDER_UNIT_CONFLICT: say_as(
        _SKIP,
        "pozycja {line}: zamówiono w {unit}, a kartoteka „{sku}” jest prowadzona w „{base}”. Zamówienie czeka.",
        "line {line}: ordered in {unit}, while card “{sku}” is kept in “{base}”. The order waits.",
        "Popraw jednostkę podstawową kartoteki albo dopisz ją do słownika jednostek; przelicznika nikt nie zgaduje.",
        "Correct the card's base unit, or enter it in the unit dictionary; nobody guesses a multiplier.",
    ),
    Reason.ORDER_VAT_UNKNOWN: say_as(
        _SKIP,
        "pozycja {line}: stawki VAT „{vat}” nie ma w ERP ({allowed}). Zamówienie czeka.",
        "line {line}: the ERP has no VAT rate “{vat}” ({allowed}). The order waits.",
        "Dodaj stawkę w ERP albo popraw zamówienie w sklepie.",
        "Add the rate in the ERP, or correct the order in the shop.",
    ),
    Reason.ORDER_LINE_UNSOUND: say_as(
        _SKIP,
        "pozycja {line} („{sku}”): zamówiono {wanted}, a na dokumencie wyszłoby {made}. Zamówienie czeka.",
        "line {line} (“{sku}”): ordered was {wanted}, and the document would have {made}. The order waits.",
        "To nasz błąd: zgłoś go z tą treścią. Zamówienie wprowadź do ERP ręcznie.",
        "A mistake of ours: report it with this text. Enter the order in the ERP by hand.",
    ),
    Reason.ORDER_DEPOSIT_CARD: say_as(
        _SKIP,
        "zamówienie zawiera kaucję {amount}, a nie wybrano kartoteki kaucji. Zamówienie czeka.",
        "the order holds a deposit of {amount}, and no card was chosen for deposits. It waits.",
        "W zakładce Zamówienia wybierz kartotekę kaucji (orders.deposit_card).",
        "Choose the deposit's card under Orders (orders.deposit_card).",
    ),
    Reason.ORDER_PERMIT_MISSING: say_as(
        _SKIP,
        "pozycja {line}: kupujący nie ma koncesji {category} ważnej w dniu {day} dla miejsca dostawy. "
        "Zamówienie czeka.",
        "line {line}: the buyer has no permit {category} valid on {day} for the place of delivery. The order waits.",
        "Poproś kupującego o aktualną koncesję; jej adres (ulica numer, miejscowość) musi być adresem dostawy. Po "
        "wpisaniu jej w sklepie zamówienie wejdzie samo.",
        "Ask the buyer for a valid permit; its address (street number, city) must be the delivery's. Once the shop has "
        "it, the order enters by itself.",
    ),
    Reason.ORDER_LEFT_STATUS: say_as(
        _SKIP,
        "zamówienie ma już w sklepie status „{status}”; dokumentu nie utworzono.",
        "the order has the status “{status}” in the shop by now; no document was made.",
        "Nic nie trzeba robić, jeśli status zmieniono celowo.",
        "Nothing to do if the status was changed on purpose.",
    ),
    Reason.ORDER_GONE: say_as(
        _SKIP,
        "zamówienia nie ma już w sklepie; dokumentu nie utworzono.",
        "the order is no longer in the shop; no document was made.",
        "Nic nie trzeba robić, jeśli usunięto je celowo.",
        "Nothing to do if it was removed on purpose.",
    ),
    Reason.ORDER_TOTALS_DIFFER: say_as(
        _WARN,
        "suma {side} zamówienia to {order}, a jego pozycji na dokumencie {lines}.",
        "the order comes to {order} {side}, its lines on the document to {lines}.",
        "Porównaj zamówienie z ZK przed wystawieniem faktury.",
        "Compare order and document before invoicing.",
    ),
    Reason.ORDER_VAT_DIFFERS: say_as(
        _WARN,
        "stawka VAT {vat}: na zamówieniu {order}, na dokumencie ERP {erp}.",
        "VAT rate {vat}: {order} on the order, {erp} on the ERP's document.",
        "Popraw stawkę na kartotece albo porównaj zamówienie z ZK przed wystawieniem faktury. Czy takie zamówienie "
        "czeka, mówi orders.vat_differs.",
        "Correct the card's rate, or compare order and document before invoicing. Whether such an order waits is set "
        "by orders.vat_differs.",
    ),
    Reason.ORDER_EAN_DIFFERS: say_as(
        _WARN,
        "pozycja {line}: kartoteka „{sku}” ma kod {held}, a zamówiono kod {ean}.",
        "line {line}: card “{sku}” has barcode {held}, ordered was {ean}.",
        "Sprawdź, czy symbol nie został nadany innemu towarowi.",
        "Check that the symbol was not given to another product.",
    ),
    Reason.ORDER_REMARKS_CUT: say_as(
        _WARN,
        "uwagi ZK skrócono do {limit} znaków.",
        "the document's remarks were cut to {limit} signs.",
        "Całe uwagi są w sklepie.",
        "The whole remarks are in the shop.",
    ),
    Reason.ORDER_TEXT_REPLACED: say_as(
        _WARN,
        "ERP nie zapisze niektórych znaków uwag; na dokumencie będzie: {text}",
        "the ERP cannot hold some signs of the remarks; the document will say: {text}",
        "Całe uwagi są w sklepie.",
        "The whole remarks are in the shop.",
    ),
    Reason.ORDER_DATE_LEFT_OUT: say_as(
        _WARN,
        "termin dostawy {asked} nie leży między dniem zamówienia ({day}) a {years} latami po nim; pominięto go.",
        "delivery day {asked} is not between the order's day ({day}) and {years} years after it; it was left out.",
        "Uzgodnij termin z kupującym.",
        "Agree on the day with the buyer.",
    ),
    Reason.ORDER_NUMBER_SHORTENED: say_as(
        _INFO,
        "numer {number} nie mieści się w ERP; numer oryginału to {original}, pełny jest w uwagach.",
        "number {number} does not fit the ERP; the original number is {original}, the whole one is in the remarks.",
        "Nic nie trzeba robić.",
        "Nothing to do.",
    ),
    Reason.ORDER_UNIT_ADDITIONAL: say_as(
        _INFO,
        "pozycja {line}: użyto jednostki dodatkowej „{unit}”, żeby wartość pozycji zgadzała się co do grosza.",
        "line {line}: the additional unit “{unit}” was used so that the line's total holds to the grosz.",
        "Nic nie trzeba robić.",
        "Nothing to do.",
    ),
    Reason.ORDER_GROSZ_MOVED: say_as(
        _INFO,
        "pozycja {line}: {moved} z {quantity} {unit} dostało cenę {price} zamiast {usual}, żeby wartość pozycji "
        "wyniosła {total}.",
        "line {line}: {moved} of {quantity} {unit} got the price {price} instead of {usual}, so that the line comes to "
        "{total}.",
        "Nic nie trzeba robić.",
        "Nothing to do.",
    ),
    Reason.ORDER_DOCUMENT_GONE: say_as(
        _WARN,
        "dokumentu {document} nie ma już w ERP i żaden inny tego płatnika nie ma numeru zamówienia.",
        "document {document} is no longer in the ERP, and no other of this payer carries the order's number.",
        "Jeśli usunięto go celowo, nic nie rób: sklep dostanie status etapu „usunięty”. Jeśli zniknęło ich więcej "
        "naraz, sprawdź, czy nie przywrócono kopii bazy, i zatwierdź albo odrzuć plan.",
        "If it was deleted on purpose, do nothing: the shop is told the status of the stage “deleted”. If several "
        "vanished together, see whether a copy of the database was put back, and approve or turn down the plan.",
    ),
    Reason.ORDER_DOUBLE: say_as(
        _WARN,
        "kilka dokumentów ERP ma numer oryginału tego zamówienia: {documents}. Powiązano pierwszy.",
        "several documents of the ERP carry this order's original number: {documents}. The first was linked.",
        "Usuń zbędne dokumenty albo zmień ich numer oryginału.",
        "Remove the needless ones, or change their original number.",
    ),
    Reason.ORDER_ACKNOWLEDGED_OTHERWISE: say_as(
        _WARN,
        "sklep zna dokument {other}, a w ERP powiązano {document}.",
        "the shop knows document {other}, while {document} is linked in the ERP.",
        "Sprawdź, czy w ERP nie ma dwóch dokumentów tego zamówienia, i usuń zbędny.",
        "See whether the ERP has two documents of this order, and remove the needless one.",
    ),
    Reason.ORDER_EDITED_IN_SHOP: say_as(
        _WARN,
        "zamówienie zmieniono w sklepie po utworzeniu dokumentu {document}.",
        "the order was edited in the shop after document {document} was made.",
        "Porównaj zamówienie z dokumentem i popraw dokument w ERP.",
        "Compare the order with the document, and correct the document in the ERP.",
    ),
    Reason.ORDER_CLOSED_IN_SHOP: say_as(
        _WARN,
        "zamówienie ma w sklepie końcowy status „{status}”, a dokument {document} w ERP jest nadal otwarty.",
        "the order has the final status “{status}” in the shop, while document {document} is still open in the ERP.",
        "Jeśli zamówienie anulowano, usuń ZK lub zdejmij rezerwację.",
        "If the order was cancelled, delete the document or release its reservation.",
    ),
}

_SETTINGS = {
    Reason.ORDERS_IMPOSSIBLE: say_as(
        _CONFIG,
        "zamówienia są włączone, ale druga strona ich nie przyjmuje: {why}.",
        "orders are switched on, but cannot be carried: {why}.",
        "Uzupełnij ustawienia połączenia z ERP (pomost check) albo wyłącz zamówienia.",
        "Complete the settings of the ERP's connection (pomost check), or switch orders off.",
    ),
    Reason.ORDERS_WITHOUT_CUSTOMERS: say_as(
        _WARN,
        "zamówienia są synchronizowane, a kontrahenci nie: zamówienia nierozpoznanych kontrahentów będą czekać.",
        "orders are synchronised and customers are not: orders of customers nobody recognised will wait.",
        "Włącz synchronizację kontrahentów (zakładka Kontrahenci).",
        "Switch customer synchronisation on (tab Kontrahenci).",
    ),
    Reason.ORDER_STATUS_UNSET: say_as(
        _CONFIG,
        "nie wybrano statusu, z którym zamówienia mają trafiać do ERP.",
        "no status was chosen with which orders enter the ERP.",
        "Wybierz „Synchronizuj zamówienia ze statusem” (pomost choices KANAŁ order-statuses).",
        "Choose “Synchronise orders with status” (pomost choices CHANNEL order-statuses).",
    ),
    Reason.ORDER_STATUS_UNKNOWN: say_as(
        _CONFIG,
        "sklep nie ma statusu „{status}” ({known}).",
        "the shop has no status “{status}” ({known}).",
        "Wybierz status z listy sklepu (pomost choices KANAŁ order-statuses).",
        "Choose a status of the shop's list (pomost choices CHANNEL order-statuses).",
    ),
    Reason.ORDER_CATEGORY_UNKNOWN: say_as(
        _CONFIG,
        "kategorii „{category}” nie ma w ERP.",
        "the ERP has no category “{category}”.",
        "Wybierz kategorię z listy (pomost choices KANAŁ categories) albo zostaw puste.",
        "Choose a category of the list (pomost choices CHANNEL categories), or leave it blank.",
    ),
    Reason.ORDER_LEVEL_UNKNOWN: say_as(
        _CONFIG,
        "poziomu cen dokumentu „{level}” nie ma w ERP.",
        "the ERP has no price level “{level}” for documents.",
        "Wybierz poziom z listy (pomost choices KANAŁ price-levels) albo zostaw puste.",
        "Choose a level of the list (pomost choices CHANNEL price-levels), or leave it blank.",
    ),
    Reason.ORDER_DEPOSIT_CARD_UNKNOWN: say_as(
        _CONFIG,
        "kartoteki kaucji o symbolu „{symbol}” nie ma w ERP albo jest nieaktywna.",
        "the ERP has no active card “{symbol}” for deposits.",
        "Wpisz symbol istniejącej kartoteki (orders.deposit_card).",
        "Give the symbol of a card that exists (orders.deposit_card).",
    ),
    Reason.ORDER_DEPOSIT_CARD_TAXED: say_as(
        _CONFIG,
        "kartoteka kaucji „{symbol}” ma stawkę VAT „{vat}”, a kaucja jest poza VAT.",
        "the deposit's card “{symbol}” has the VAT rate “{vat}”, and a deposit is outside VAT.",
        "Ustaw na kartotece stawkę np lub oo; stawka 0 wymaga orders.deposit_zero_rate.",
        "Give the card the rate np or oo; rate 0 needs orders.deposit_zero_rate.",
    ),
    Reason.ORDER_MARK_TAKEN: say_as(
        _CONFIG,
        "oznaczenie sklepu „{mark}” nie odróżnia zamówień od kanału {other} („{theirs}”) tego samego podmiotu.",
        "mark “{mark}” does not tell this shop's orders from those of channel {other} (“{theirs}”) of the same "
        "company.",
        "Nadaj obu kanałom różne oznaczenia; żadne nie może być początkiem drugiego.",
        "Give both channels different marks; neither may be the beginning of the other.",
    ),
    Reason.ORDER_MARK_UNUSABLE: say_as(
        _CONFIG,
        "oznaczenie sklepu „{mark}” nie nadaje się: do {limit} liter, cyfr i znaków - / . _ bez polskich liter.",
        "mark “{mark}” cannot be used: up to {limit} plain letters, digits and - / . _ are.",
        "Wybierz krótkie oznaczenie, np. MS-.",
        "Choose a short mark, e.g. MS-.",
    ),
    Reason.STATUSES_IMPOSSIBLE: say_as(
        _CONFIG,
        "odsyłanie statusów jest włączone, ale nie jest możliwe: {why}.",
        "statuses are to be sent back, but cannot be: {why}.",
        "Uzupełnij ustawienia połączenia (pomost check) albo wyłącz odsyłanie statusów.",
        "Complete the connection's settings (pomost check), or switch statuses off.",
    ),
    Reason.STATUSES_UNSET: say_as(
        _CONFIG,
        "odsyłanie statusów jest włączone, ale żaden etap nie ma statusu.",
        "statuses are to be sent back, but no stage has one.",
        "W części Statusy przypisz etapom ZK statusy sklepu (orders.statuses).",
        "Under Statuses give stages of the document statuses of the shop (orders.statuses).",
    ),
    Reason.STATUS_UNKNOWN: say_as(
        _CONFIG,
        "etap „{stage}” ma status „{status}”, którego sklep nie ma ({known}).",
        "stage “{stage}” has status “{status}”, which the shop does not have ({known}).",
        "Wybierz status z listy sklepu (pomost choices KANAŁ order-statuses).",
        "Choose a status of the shop's list (pomost choices CHANNEL order-statuses).",
    ),
    Reason.STATUS_UNREACHABLE: say_as(
        _WARN,
        "ze statusu „{status}” sklep nie pozwala przejść do „{target}” (etap „{stage}”).",
        "the shop allows no way from status “{status}” to “{target}” (stage “{stage}”).",
        "Wybierz dla tego etapu status, do którego sklep pozwala przejść.",
        "Choose a status for this stage that the shop lets an order go to.",
    ),
    Reason.STAGE_UNMAPPED: say_as(
        _WARN,
        "etap „realised” ma status, a etapy {stages} nie mają: zamówienie z takim dokumentem nie dostanie statusu.",
        "stage “realised” has a status, and stages {stages} have none: an order with such a document gets no status.",
        "Przypisz statusy także tym etapom.",
        "Give these stages statuses too.",
    ),
}

SENTENCES: dict[Reason, Sentence] = {**_ORDERS, **_SETTINGS}
