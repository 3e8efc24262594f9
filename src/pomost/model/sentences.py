"""The sentence and the advice behind every reason, Polish and English; `docs/reasons.md` is generated from here."""

from pomost.model.reason import Reason, Sentence, Weight
from pomost.model.text import Text

_SKIP, _OUT, _WARN, _INFO = Weight.SKIP, Weight.WITHDRAW, Weight.WARN, Weight.INFO


def say_as(weight: Weight, pl: str, en: str, do_pl: str, do_en: str) -> Sentence:
    return Sentence(weight, Text(pl, en), Text(do_pl, do_en))


UNITS = {
    Reason.UNIT_BASE_MISSING: say_as(
        _SKIP,
        "brak podstawowej jednostki miary. Towar pominięto.",
        "the card has no base unit. Skipped.",
        "Uzupełnij podstawową jednostkę miary w kartotece towaru.",
        "Fill in the base unit on the card.",
    ),
    Reason.UNIT_TYPE_UNKNOWN: say_as(
        _SKIP,
        "jednostka „{typed}” nie występuje w sklepie (dozwolone: {allowed}){hint}. Towar pominięto.",
        "sales unit “{typed}” is not one of the shop's ({allowed}){hint}. Skipped.",
        "Wpisz w polu własnym symbol albo nazwę jednostki dokładnie tak, jak w tabeli sklepu.",
        "Type the unit's symbol or name in the own field exactly as the shop's table has it.",
    ),
    Reason.UNIT_MULTIPLIER_INVALID: say_as(
        _SKIP,
        "przelicznik „{typed}” nie jest liczbą większą od zera. Towar pominięto.",
        "multiplier “{typed}” is not a number above zero. Skipped.",
        "Wpisz samą liczbę, np. 6, bez nazwy jednostki.",
        "Type the number alone, e.g. 6, without a unit.",
    ),
    Reason.UNIT_NOT_OFFERED: say_as(
        _SKIP,
        "sklep nie ma jednostki {unit} dla tego towaru (są: {packs}). Towar pominięto.",
        "the shop does not offer unit {unit} for this product (it has: {packs}). Skipped.",
        "Wybierz jednostkę, którą sklep ma dla tego towaru, albo poproś operatora sklepu o jej dodanie.",
        "Choose a unit the shop has for this product, or ask the shop to add it.",
    ),
    Reason.UNIT_MULTIPLIER_NOT_OFFERED: say_as(
        _SKIP,
        "brak {unit} x {typed} w sklepie (są: {packs}). Towar pominięto.",
        "the shop has no {unit} x {typed} (it has: {packs}). Skipped.",
        "Popraw przelicznik w polu własnym na jedną z podanych wielkości.",
        "Change the multiplier in the own field to one of the sizes listed.",
    ),
    Reason.UNIT_AMBIGUOUS: say_as(
        _SKIP,
        "{unit} występuje w sklepie w kilku wielkościach ({packs}); podaj przelicznik w polu własnym. Towar pominięto.",
        "the shop has {unit} in several sizes ({packs}); give the multiplier in the own field. Skipped.",
        "Wpisz typ jednostki i przelicznik w polach własnych towaru.",
        "Fill in unit type and multiplier in the card's own fields.",
    ),
    Reason.UNIT_BASE_CONFLICT: say_as(
        _SKIP,
        "jednostka podstawowa {base} jest inną jednostką zbiorczą niż {unit}. Towar pominięto.",
        "base unit {base} is another pack than {unit}. Skipped.",
        "Podaj w polu własnym tę samą jednostkę, w której prowadzona jest kartoteka, albo wyczyść pole.",
        "Put the card's own base unit into the own field, or clear the field.",
    ),
    Reason.UNIT_ASSUMED_PIECE: say_as(
        _WARN,
        "jednostkę „{base}” przyjęto jako sztukę; jeśli to opakowanie zbiorcze, dodaj ją do Słownika jednostek.",
        "unit “{base}” was taken as a piece; if it is a pack, add it to the unit dictionary.",
        "Sprawdź, czy cena w sklepie dotyczy sztuki; opakowania zbiorcze dopisz do Słownika jednostek.",
        "Check that the shop's price is per piece; add packs to the unit dictionary.",
    ),
    Reason.MULTIPLIER_USED_AS_SELECTOR: say_as(
        _INFO,
        "cena i stan dotyczą całego opakowania, przelicznik {typed} tylko wskazuje wielkość.",
        "price and stock are those of the whole pack; multiplier {typed} only selects its size.",
        "Nic nie trzeba robić, jeśli cena w kartotece jest ceną opakowania.",
        "Nothing to do if the card's price is the pack's price.",
    ),
    Reason.UNIT_MULTIPLIER_IGNORED: say_as(
        _WARN,
        "podano przelicznik „{typed}” bez jednostki; przelicznik pominięto.",
        "multiplier “{typed}” without a unit was ignored.",
        "Wpisz także typ jednostki albo wyczyść przelicznik.",
        "Fill in the unit type too, or clear the multiplier.",
    ),
}

CARDS = {
    Reason.EAN_MISSING: say_as(
        _OUT,
        "brak podstawowego kodu kreskowego, towar nie jest brany pod uwagę.",
        "the card has no primary barcode and is not considered.",
        "Wpisz podstawowy kod kreskowy w kartotece towaru.",
        "Fill in the primary barcode on the card.",
    ),
    Reason.EAN_CHECKSUM: say_as(
        _WARN,
        "kod {ean} ma błędną cyfrę kontrolną; porównano go dosłownie.",
        "barcode {ean} has a wrong check digit; it was compared literally.",
        "Porównaj kod w kartotece z kodem na opakowaniu.",
        "Compare the code on the card with the one on the pack.",
    ),
    Reason.EAN_NOT_IN_SHOP: say_as(
        _OUT,
        "kodu {ean} nie ma w katalogu sklepu. Towar pominięto.",
        "barcode {ean} is not in the shop's catalogue. Skipped.",
        "Sprawdź kod; jeśli jest dobry, poproś operatora sklepu o dodanie towaru do katalogu.",
        "Check the code; if it is right, ask the shop to list the product.",
    ),
    Reason.EAN_IN_SHOP: say_as(
        _OUT,
        "kod {ean} jest kodem wewnętrznym (zaczyna się od 02 albo 20–29): w każdym sklepie oznacza co innego. "
        "Towar pominięto.",
        "barcode {ean} is an in-store code (it begins with 02 or 20–29): in every store it means something else. "
        "Skipped.",
        "Wpisz kod producenta; jeśli sklep i ERP używają tych samych kodów wewnętrznych, włącz ich dopasowywanie "
        "w zakładce Towary.",
        "Enter the maker's code; where shop and ERP share their in-store codes, switch matching them on under Goods.",
    ),
    Reason.EAN_DUPLICATE_ERP: say_as(
        _SKIP,
        "kod {ean} ma {cards} kwalifikowanych kartotek. Pominięto wszystkie.",
        "barcode {ean} stands on {cards} qualified cards. All were skipped.",
        "Zostaw kod na jednej kartotece albo odznacz pozostałe z kwalifikacji.",
        "Leave the code on one card, or take the others out of the qualification.",
    ),
    Reason.EAN_DUPLICATE_SHOP: say_as(
        _SKIP,
        "kod {ean} mają w katalogu sklepu {products} towary. Towar pominięto.",
        "barcode {ean} stands on {products} products of the shop. Skipped.",
        "Zgłoś podwójny kod operatorowi sklepu.",
        "Report the double code to the shop.",
    ),
    Reason.CONDITION_NOT_MET: say_as(
        _OUT,
        "towar nie spełnia warunku kwalifikacji: {condition}.",
        "the card does not meet the condition: {condition}.",
        "Jeśli towar ma być w sklepie, nadaj mu wymaganą cechę, grupę lub znacznik.",
        "If the product belongs in the shop, give the card the trait, group or flag asked for.",
    ),
    Reason.CARD_INACTIVE: say_as(
        _OUT,
        "kartoteka jest zablokowana lub usunięta w ERP.",
        "the card is blocked or deleted in the ERP.",
        "Aktywuj kartotekę, jeśli towar ma być sprzedawany.",
        "Activate the card if the product is to be sold.",
    ),
    Reason.CARD_KIND: say_as(
        _OUT,
        "rodzaj kartoteki ({kind}) nie jest wystawiany.",
        "cards of this kind ({kind}) are not offered.",
        "Zaznacz ten rodzaj kartotek w ustawieniach towarów, jeśli ma być wystawiany.",
        "Tick this kind in the goods settings if it is to be offered.",
    ),
    Reason.CARD_GONE: say_as(
        _OUT,
        "kartoteki nie ma już w ERP.",
        "the card is no longer in the ERP.",
        "Nic nie trzeba robić, jeśli usunięto ją celowo.",
        "Nothing to do if it was deleted on purpose.",
    ),
    Reason.EAN_MOVED: say_as(
        _OUT,
        "kod kreskowy kartoteki wskazuje teraz inny towar sklepu.",
        "the card's barcode now points at another product of the shop.",
        "Nic nie trzeba robić, jeśli kod zmieniono celowo.",
        "Nothing to do if the code was changed on purpose.",
    ),
    Reason.PRICE_MISSING: say_as(
        _SKIP,
        "brak ceny na poziomie „{level}”. Oferty nie wystawiono ani nie zmieniono.",
        "no price at level “{level}”. The offer was neither published nor amended.",
        "Uzupełnij cenę na wybranym poziomie albo wybierz inny poziom w ustawieniach.",
        "Fill in the price at this level, or choose another level in the settings.",
    ),
    Reason.PRICE_NEGATIVE: say_as(
        _SKIP,
        "cena na poziomie „{level}” jest ujemna ({price}). Ceny nie wysłano.",
        "the price at level “{level}” is below nought ({price}). It was not sent.",
        "Popraw cenę na karcie towaru.",
        "Mend the price on the card.",
    ),
    Reason.PRICE_CURRENCY: say_as(
        _SKIP,
        "cena na poziomie „{level}” jest w walucie {currency}, a oferta w {wanted}. Ceny nie wysłano.",
        "the price at level “{level}” is in {currency}, the offer in {wanted}. It was not sent.",
        "Zmień walutę ceny w kartotece albo wybierz inny poziom cen.",
        "Change the currency on the card, or choose another price level.",
    ),
    Reason.VAT_UNKNOWN: say_as(
        _SKIP,
        "stawki VAT „{vat}” nie ma na liście sklepu ({allowed}). Towar pominięto.",
        "VAT rate “{vat}” is not on the shop's list ({allowed}). Skipped.",
        "Popraw stawkę VAT sprzedaży w kartotece towaru.",
        "Correct the card's sales VAT rate.",
    ),
    Reason.SYMBOL_UNUSABLE: say_as(
        _SKIP,
        "symbol „{symbol}” nie mieści się w sklepie (od 1 do {limit} znaków). Towar pominięto.",
        "symbol “{symbol}” does not fit the shop (1 to {limit} characters). Skipped.",
        "Nadaj kartotece krótszy symbol.",
        "Give the card a shorter symbol.",
    ),
    Reason.MIN_QUANTITY_INVALID: say_as(
        _WARN,
        "minimalna ilość „{typed}” nie jest liczbą całkowitą od 1; nie wysłano jej.",
        "minimum quantity “{typed}” is not a whole number from 1; it was not sent.",
        "Wpisz liczbę całkowitą jednostek sprzedaży albo wyczyść pole.",
        "Type a whole number of sales units, or clear the field.",
    ),
    Reason.STOCK_FRACTION: say_as(
        _WARN,
        "stan {quantity} w oddziale {branch} zaokrąglono w dół do liczby całkowitej.",
        "stock {quantity} in branch {branch} was rounded down to a whole number.",
        "Nic nie trzeba robić, jeśli towar sprzedaje się na wagę lub metry.",
        "Nothing to do if the product is sold by weight or length.",
    ),
    Reason.STOCK_FRACTION_STRICT: say_as(
        _SKIP,
        "stan {quantity} w oddziale {branch} nie jest liczbą całkowitą; stanu tego towaru nie wysłano.",
        "stock {quantity} in branch {branch} is not a whole number; the stock was not sent.",
        "Popraw stan w ERP albo wyłącz ścisłe sprawdzanie w zakładce Stany.",
        "Correct the stock in the ERP, or turn strict checking off under Stock.",
    ),
    Reason.STOCK_STANDS_STILL: say_as(
        _WARN,
        "stan liczony w jednostce „{base}” nic nie znaczy w jednostce oferty ({unit}); sklep pokazuje ostatni wysłany.",
        "stock counted in “{base}” has no meaning in the offer's unit ({unit}); the shop shows the last one sent.",
        "Popraw jednostki kartoteki; do tego czasu pilnuj stanu w panelu sklepu.",
        "Mend the card's units; until then watch the stock in the shop's panel.",
    ),
    Reason.SET_INCOMPLETE: say_as(
        _WARN,
        "komplet nie ma składników albo ma składnik o ilości 0, zablokowany lub usunięty{parts}; przyjęto stan 0.",
        "the set has no components, or one with quantity 0, blocked or deleted{parts}; its stock was taken as 0.",
        "Uzupełnij skład kompletu w ERP.",
        "Complete the set's composition in the ERP.",
    ),
    Reason.TEXT_BROKEN: say_as(
        _WARN,
        "tekst „{text}” zawiera uszkodzone znaki.",
        "the text “{text}” holds broken characters.",
        "Popraw wpis w kartotece towaru.",
        "Correct the entry on the card.",
    ),
}
