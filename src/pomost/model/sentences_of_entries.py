"""Sentences and advice for reasons that speak of entries of a shop without a catalogue of its own."""

from pomost.model.reason import Reason, Weight
from pomost.model.sentences import say_as

_SKIP, _WARN, _OUT = Weight.SKIP, Weight.WARN, Weight.WITHDRAW

_PRODUCTS = {
    Reason.ENTRY_UNREADABLE: say_as(
        _SKIP,
        "tej pozycji nie można odczytać z ERP.",
        "this item cannot be read from the ERP.",
        "Otwórz ją w ERP i zapisz ponownie; jeśli to nie pomoże, zgłoś to twórcom Pomostu.",
        "Open it in the ERP and save it again; if that does not help, report it to the makers of Pomost.",
    ),
    Reason.ENTRY_GONE: say_as(
        _OUT,
        "ERP nie udostępnia już tej pozycji w tym sklepie.",
        "the ERP no longer publishes this item to this shop.",
        "Jeśli ma wrócić, zaznacz w ERP, że jest udostępniona w sklepie.",
        "If it should come back, tick in the ERP that the shop may have it.",
    ),
    Reason.GROUP_UNNAMED: say_as(
        _SKIP,
        "grupa nie ma nazwy w języku sklepu ({language}).",
        "the group has no name in the shop's language ({language}).",
        "Wpisz nazwę grupy w ERP.",
        "Enter the group's name in the ERP.",
    ),
    Reason.GROUP_OUT_OF_TREE: say_as(
        _SKIP,
        "grupa „{group}” nie leży pod grupą główną sklepu ({path}).",
        "group “{group}” is not below the shop's root group ({path}).",
        "Przenieś grupę pod grupę główną.",
        "Move the group below the root group.",
    ),
    Reason.GROUP_BELOW_UNSENT: say_as(
        _SKIP,
        "grupa „{group}” leży pod grupą „{above}”, której nie można wysłać ({path}).",
        "group “{group}” is below group “{above}”, which cannot be sent ({path}).",
        "Popraw grupę „{above}” albo przenieś „{group}” wyżej.",
        "Mend group “{above}”, or move “{group}” up.",
    ),
    Reason.GROUP_TOO_DEEP: say_as(
        _SKIP,
        "grupa „{group}” leży głębiej niż {most} poziomów pod grupą główną ({path}); sklep tylu nie przyjmuje.",
        "group “{group}” is more than {most} levels below the root group ({path}); the shop takes no more.",
        "Przenieś grupę wyżej w drzewie grup.",
        "Move the group up the tree of groups.",
    ),
    Reason.GROUP_IN_RING: say_as(
        _SKIP,
        "grupa „{group}” nie ma miejsca w drzewie, bo leży sama w sobie albo pod taką grupą ({path}).",
        "group “{group}” has no place in the tree, for it is inside itself, or below a group that is ({path}).",
        "Przenieś w ERP jedną z tych grup w inne miejsce drzewa.",
        "Move one of these groups to another place of the tree in the ERP.",
    ),
    Reason.GROUP_IN_THE_WAY: say_as(
        _OUT,
        "grupa stoi w sklepie tam, gdzie inne grupy nie mogą się przez nią przesunąć.",
        "the group stands in the shop where other groups cannot move because of it.",
        "Nic nie trzeba robić; jeśli grupy nie można wysłać, jej powód jest na liście błędów.",
        "Nothing to do; if the group cannot be sent, its reason is on the list of errors.",
    ),
    Reason.PRODUCT_UNNAMED: say_as(
        _SKIP,
        "towar nie ma nazwy w języku sklepu ({language}).",
        "the product has no name in the shop's language ({language}).",
        "Wpisz nazwę na karcie towaru.",
        "Enter the name on the product's card.",
    ),
    Reason.DEFAULT_GROUP_MISSING: say_as(
        _SKIP,
        "towar nie ma grupy domyślnej.",
        "the product has no default group.",
        "Wybierz grupę domyślną na karcie towaru, zakładka sklepu.",
        "Choose a default group on the product's card, tab of the shop.",
    ),
    Reason.DEFAULT_GROUP_IS_ROOT: say_as(
        _SKIP,
        "grupa domyślna towaru jest grupą główną sklepu.",
        "the product's default group is the shop's root group.",
        "Wybierz na karcie towaru grupę leżącą pod grupą główną.",
        "Choose a group below the root on the product's card.",
    ),
    Reason.DEFAULT_GROUP_OUTSIDE: say_as(
        _SKIP,
        "grupa domyślna towaru ({group}) nie leży pod grupą główną sklepu albo sama nie może być wysłana.",
        "the product's default group ({group}) is not below the shop's root group, or cannot be sent itself.",
        "Wybierz inną grupę na karcie towaru albo przenieś grupę.",
        "Choose another group on the product's card, or move the group.",
    ),
    Reason.AVAILABILITY_MISSING: say_as(
        _SKIP,
        "towar nie ma statusu dostępności.",
        "the product has no availability status.",
        "Wybierz dostępność na karcie towaru, zakładka sklepu.",
        "Choose the availability on the product's card, tab of the shop.",
    ),
    Reason.AVAILABILITY_UNKNOWN: say_as(
        _SKIP,
        "sklep nie zna statusu dostępności towaru ({status}).",
        "the shop does not know the product's availability status ({status}).",
        "Wybierz inną dostępność albo włącz ten status w panelu sklepu.",
        "Choose another availability, or switch the status on in the shop's panel.",
    ),
    Reason.VARIANT_PARENT_MISSING: say_as(
        _SKIP,
        "towar grupujący tego wariantu (id {parent}) nie jest w sklepie albo sam jest wariantem.",
        "the product this one is a variant of (id {parent}) is not in the shop, or is a variant itself.",
        "Udostępnij towar grupujący albo odłącz od niego wariant.",
        "Publish the product it is a variant of, or detach the variant.",
    ),
    Reason.VARIANT_WITHOUT_ATTRIBUTES: say_as(
        _SKIP,
        "wariant nie ma atrybutu, po którym sklep odróżni go od pozostałych.",
        "the variant has no attribute that tells it from the others.",
        "Zaznacz atrybut grupujący na karcie wariantu i udostępnij go w sklepie.",
        "Tick the grouping attribute on the variant's card, and publish it to the shop.",
    ),
    Reason.VARIANT_ATTRIBUTES_DIFFER: say_as(
        _SKIP,
        "wariant odróżniają inne atrybuty ({own}) niż te, które ma jego towar grupujący ({theirs}).",
        "the variant is told apart by other attributes ({own}) than its product names ({theirs}).",
        "Zaznacz te same atrybuty grupujące na karcie wariantu i na karcie towaru grupującego.",
        "Tick the same grouping attributes on the variant's card and on that of its product.",
    ),
    Reason.PACK_UNIT_UNUSABLE: say_as(
        _WARN,
        "jednostka {unit} ma przelicznik, który nie jest dodatni; nie wysłano jej.",
        "unit {unit} has a ratio that is not above nought; it was not sent.",
        "Popraw przelicznik jednostki na karcie towaru.",
        "Mend the unit's ratio on the product's card.",
    ),
    Reason.ATTRIBUTE_FORMAT: say_as(
        _SKIP,
        "atrybut {attribute} ma format, którego Pomost nie zna.",
        "attribute {attribute} has a format Pomost does not know.",
        "Zmień format atrybutu albo wyłącz go dla sklepu.",
        "Change the attribute's format, or switch it off for the shop.",
    ),
    Reason.ATTRIBUTE_LEFT_OUT: say_as(
        _WARN,
        "wartości atrybutu {attribute} nie wysłano: sklep go nie zna albo jest plikiem.",
        "the value of attribute {attribute} was not sent: the shop does not know it, or it is a file.",
        "Udostępnij definicję atrybutu w sklepie albo usuń wartość z karty.",
        "Publish the attribute's definition to the shop, or take the value off the card.",
    ),
}

_TRADE = {
    Reason.PRODUCT_HAS_NO_PRICE: say_as(
        _SKIP,
        "towar nie ma ceny rodzaju {price_type}, który jest w sklepie domyślny; bez niej nic z niego nie wysłano.",
        "the product has no price of type {price_type}, the shop's default one; without it nothing of it was sent.",
        "Wpisz tę cenę na karcie towaru; jeśli brak jej wszystkim, sprawdź domyślny rodzaj ceny w sklepie.",
        "Enter that price on the card; if all of them lack it, check the shop's default price type.",
    ),
    Reason.PRICE_ZERO: say_as(
        _WARN,
        "cena domyślnego rodzaju ({price_type}) wynosi 0.",
        "the price of the default type ({price_type}) is 0.",
        "Wpisz cenę na karcie towaru, jeśli nie ma być za darmo; sklep może nie sprzedawać towarów z ceną 0.",
        "Enter the price on the card unless it is free; the shop may not sell what costs nothing.",
    ),
    Reason.PRICE_LINE_LEFT_OUT: say_as(
        _WARN,
        "ceny rodzaju {price_type} ({currency}) nie wysłano: sklep nie zna tego rodzaju ceny albo waluty.",
        "the price of type {price_type} ({currency}) was not sent: the shop knows no such type or currency.",
        "Włącz walutę w sklepie albo rodzaj ceny w konfiguracji stanowiska.",
        "Enable the currency in the shop, or the price type in the workstation's configuration.",
    ),
    Reason.DISCOUNT_UNUSABLE: say_as(
        _SKIP,
        "rabatu nie można wysłać; błędne: {what}.",
        "the discount cannot be sent; wrong: {what}.",
        "Popraw rabat w ERP (rodzaj, procent od -100 do 100, daty, cena i waluta).",
        "Mend the discount in the ERP (type, percent from -100 to 100, dates, price and currency).",
    ),
    Reason.DISCOUNT_GROUP_GONE: say_as(
        _SKIP,
        "rabat wskazuje grupę towarów, której nie ma w tym sklepie ({group}).",
        "the discount names a group of products this shop does not have ({group}).",
        "Usuń rabat albo wskaż w nim istniejącą grupę.",
        "Remove the discount, or name a group that exists.",
    ),
    Reason.SHOP_GRANTS_PERCENT: say_as(
        _WARN,
        "zanim sklep wycofa rabat, daje {percent} % (dla kogo: {who}; na co: {what}).",
        "until the shop has withdrawn the discount it grants {percent} % (to: {who}; on: {what}).",
        "Popraw rabat w ERP albo go usuń; jeśli wycofanie czeka, zatwierdź je.",
        "Mend the discount in the ERP or delete it; if its withdrawal waits, approve it.",
    ),
    Reason.SHOP_GRANTS_PRICE: say_as(
        _WARN,
        "zanim sklep wycofa rabat, sprzedaje po {price} {basis} (dla kogo: {who}; na co: {what}).",
        "until the shop has withdrawn the discount it sells at {price} {basis} (to: {who}; on: {what}).",
        "Popraw rabat w ERP albo go usuń; jeśli wycofanie czeka, zatwierdź je.",
        "Mend the discount in the ERP or delete it; if its withdrawal waits, approve it.",
    ),
    Reason.SHOP_GRANTS_SET: say_as(
        _WARN,
        "zanim sklep wycofa zestaw promocyjny, sprzedaje go jako „{set}” (towar główny: {product}).",
        "until the shop has withdrawn the promotional set it sells it as “{set}” (main product: {product}).",
        "Popraw zestaw w ERP albo wyłącz go dla sklepu; jeśli wycofanie czeka, zatwierdź je.",
        "Mend the set in the ERP or switch it off for the shop; if its withdrawal waits, approve it.",
    ),
    Reason.PROMOTION_EMPTY: say_as(
        _SKIP,
        "zestaw promocyjny nie ma żadnego składnika.",
        "the promotional set has no parts.",
        "Dodaj składniki zestawu w ERP albo wyłącz go dla sklepu.",
        "Add parts to the set in the ERP, or switch it off for the shop.",
    ),
    Reason.PROMOTION_DATES: say_as(
        _SKIP,
        "zestaw promocyjny kończy się, zanim się zacznie.",
        "the promotional set ends before it begins.",
        "Popraw daty zestawu w ERP.",
        "Mend the set's dates in the ERP.",
    ),
    Reason.PROMOTION_PART_UNPUBLISHED: say_as(
        _WARN,
        "towaru z zestawu (id {product}) nie ma w sklepie; zestaw czeka, aż się pojawi.",
        "a product of the set (id {product}) is not in the shop; the set waits until it is.",
        "Udostępnij ten towar albo zmień zestaw.",
        "Publish the product, or change the set.",
    ),
    Reason.FILE_TYPE: say_as(
        _WARN,
        "sklep nie przyjmuje plików takiego rodzaju: {file}.",
        "the shop takes no files of this kind: {file}.",
        "Zapisz obraz jako JPG, PNG, WEBP lub GIF, a dokument jako PDF.",
        "Save the picture as JPG, PNG, WEBP or GIF, a document as PDF.",
    ),
    Reason.FILE_TOO_LARGE: say_as(
        _WARN,
        "plik {file} jest za duży ({size} B, dozwolone {most} B).",
        "file {file} is too large ({size} B, {most} B allowed).",
        "Zmniejsz plik i dodaj go ponownie.",
        "Make the file smaller and add it again.",
    ),
    Reason.FILES_TOO_MANY: say_as(
        _WARN,
        "towar ma więcej plików, niż sklep przyjmuje ({most}); nie wysłano: {file}.",
        "the product has more files than the shop takes ({most}); not sent: {file}.",
        "Usuń zbędne pliki z karty towaru.",
        "Take files that are not needed off the product's card.",
    ),
    Reason.FILE_UNREADABLE: say_as(
        _WARN,
        "pliku {file} nie można odczytać: {detail}.",
        "file {file} cannot be read: {detail}.",
        "Dodaj plik do karty towaru jeszcze raz; pozostałe pliki wysłano.",
        "Add the file to the card again; the other files were sent.",
    ),
}

_REST = {
    Reason.COMPANY_WITHOUT_NUMBER: say_as(
        _WARN,
        "kontrahent jest firmą, a nie ma NIP-u ani numeru zagranicznego; wysłano go jako osobę.",
        "the customer is a company and has no tax number, at home or abroad; it was sent as a person.",
        "Wpisz numer na karcie kontrahenta.",
        "Enter the number on the customer's card.",
    ),
    Reason.CUSTOMER_PRICE_TYPE: say_as(
        _WARN,
        "rodzaju ceny kontrahenta ({price_type}) nie ma w sklepie; obowiązuje domyślny.",
        "the customer's price type ({price_type}) is not in the shop; the default one counts.",
        "Wybierz kontrahentowi inny rodzaj ceny dla tego sklepu.",
        "Choose another price type for the customer in this shop.",
    ),
    Reason.VALUE_HANDED_ON: say_as(
        Weight.INFO,
        "pozycja oddaje swój kod albo konto innej i do końca tej synchronizacji ma wartość tymczasową.",
        "the item hands its code or account on to another one, and holds something else until this run is through.",
        "Nic nie trzeba robić; jeśli synchronizację przerwano, następna ją dokończy.",
        "Nothing to do; if the run was broken off, the next one goes on from there.",
    ),
    Reason.SHOP_FILLED_BEFORE: say_as(
        Weight.CONFIGURATION,
        "sklep jest już wypełniony ({areas}), a Pomost nic o tym nie wie: zainstalowano go na nowo albo sklep wypełnił "
        "ktoś inny. Nie wiadomo, co w sklepie jest zbędne, więc niczego nie wysłano.",
        "the shop is filled already ({areas}), and Pomost knows nothing of it: it was installed anew, or somebody else "
        "filled the shop. Nobody can tell what in it is to go, so nothing was sent.",
        "Wykonaj raz pełną synchronizację oferty (pomost run KANAŁ --full albo „Wymuś pełną synchronizację oferty” "
        "w panelu): sklep wycofa to, czego nie ma w ERP.",
        "Make one full run of the offer (pomost run CHANNEL --full, or “Force a full run of the offer” in the panel): "
        "the shop withdraws what the ERP lacks.",
    ),
    Reason.SHOP_WENT_BACK: say_as(
        _WARN,
        "sklep i dane Pomostu nie zgadzają się co do ostatniej synchronizacji ({area}): jedno z nich przywrócono "
        "z kopii albo sklep wyczyszczono. Ten obszar wysłano od nowa.",
        "the shop and Pomost's data disagree about the last run ({area}): one of them was put back from a copy, or the "
        "shop was emptied. This area was sent anew.",
        "Wykonaj jeszcze pełną synchronizację oferty: sklep wycofa to, czego nie ma w ERP (najpierw pokaże, ile).",
        "Make a forced full run of the offer too: the shop then drops what the ERP does not have, and tells first how "
        "much that is.",
    ),
    Reason.ROOT_GROUP_DIFFERS: say_as(
        _WARN,
        "grupą główną sklepu jest grupa {shop}, a w ERP wskazano {erp}: grup i towarów nie można teraz wysłać, a to, "
        "co znikłoby ze sprzedaży, czeka na zatwierdzenie.",
        "the shop's root group is {shop} and the ERP names {erp}: groups and products cannot be sent now, and what "
        "would vanish from sale waits for approval.",
        "Wskaż tę samą grupę główną w konfiguracji sklepu w ERP i w panelu sklepu.",
        "Choose the same root group in the shop's configuration in the ERP and in the shop's panel.",
    ),
    Reason.ERP_WENT_BACK: say_as(
        _WARN,
        "baza ERP wygląda na przywróconą z kopii: teraz {now}, a widziano już {before}.",
        "the ERP's database looks restored from a copy: it says {now} now, and {before} was seen before.",
        "Sprawdź, czy to właściwa baza, i zatwierdź plan (pomost approve); do tego czasu nic nie jest wysyłane.",
        "Check that it is the right database and approve the plan (pomost approve); until then nothing is sent.",
    ),
    Reason.ENTRIES_NEED_ERP: say_as(
        Weight.CONFIGURATION,
        "ten sklep nie ma własnego katalogu, a wybrany ERP nie prowadzi dla niego oferty.",
        "this shop has no catalogue of its own, and the chosen ERP keeps no offer for it.",
        "Połącz sklep z ERP, które prowadzi dla niego ofertę.",
        "Join the shop with an ERP that keeps an offer for it.",
    ),
}

SENTENCES = {**_PRODUCTS, **_TRADE, **_REST}
