"""Sentences about what an ERP holds of an offer and could not be read or cannot be sent as it stands."""

from pomost.model.reason import Reason, Sentence, Weight
from pomost.model.sentences import say_as

_SKIP, _WARN, _INFO = Weight.SKIP, Weight.WARN, Weight.INFO

_GOODS = {
    Reason.TEXT_LANGUAGE_UNKNOWN: say_as(
        _INFO,
        "pominięto treść w języku nr {language}, którego nie ma w ustawieniach.",
        "what is in language no. {language}, which the settings do not have, was left out.",
        "Dopisz numer języka i jego skrót (np. en) w ustawieniach połączenia.",
        "Add the language's number and its tag (e.g. en) to the connection's settings.",
    ),
    Reason.ATTRIBUTE_VALUE_WRONG: say_as(
        _WARN,
        "wartość „{value}” atrybutu {attribute} nie pasuje do jego formatu ({format}); nie wysłano jej.",
        "value “{value}” of attribute {attribute} does not fit its format ({format}); it was not sent.",
        "Popraw wartość atrybutu w kartotece.",
        "Correct the attribute's value on the card.",
    ),
    Reason.ATTRIBUTE_FILE_MISSING: say_as(
        _WARN,
        "atrybut {attribute} nie ma pliku „{file}”; nie wysłano go.",
        "attribute {attribute} lacks its file “{file}”; it was not sent.",
        "Dodaj plik ponownie albo usuń atrybut z kartoteki.",
        "Add the file again, or take the attribute off the card.",
    ),
    Reason.VAT_KIND_UNKNOWN: say_as(
        _SKIP,
        "nieznany rodzaj stawki VAT ({kind}, kraj {country}). Towar pominięto.",
        "unknown kind of VAT rate ({kind}, country {country}). Skipped.",
        "Wybierz w kartotece stawkę VAT z listy programu.",
        "Choose the VAT rate on the card from the program's list.",
    ),
    Reason.PRICE_SIDE_UNKNOWN: say_as(
        _WARN,
        "cena na poziomie {level} nie jest ani netto, ani brutto ({side}); nie wysłano jej.",
        "the price at level {level} is neither net nor gross ({side}); it was not sent.",
        "Wpisz tę cenę w kartotece ponownie.",
        "Enter this price on the card again.",
    ),
    Reason.GROUP_INSIDE_ITSELF: say_as(
        _WARN,
        "grupa {group} jest też podgrupą własnej podgrupy {inside}; to drugie miejsce pominięto.",
        "group {group} is also a subgroup of its own subgroup {inside}; that second place was left out.",
        "Usuń grupę z jej własnej podgrupy.",
        "Take the group out of its own subgroup.",
    ),
    Reason.GROUP_TWICE: say_as(
        _INFO,
        "grupa {group} jest w drzewie w dwóch miejscach; drugie (w {other}) pominięto.",
        "group {group} stands in two places of the tree; the second one (in {other}) was left out.",
        "Nic nie trzeba robić, jeśli w sklepie wystarczy jedno miejsce.",
        "Nothing to do if one place in the shop is enough.",
    ),
}

_TRADE = {
    Reason.DISCOUNT_ENDED: say_as(
        Weight.WITHDRAW,
        "rabat skończył się {until}.",
        "the discount ended on {until}.",
        "Nic nie trzeba robić; jeśli ma trwać dalej, zmień w ERP jego datę końca.",
        "Nothing to do; if it should go on, change its last day in the ERP.",
    ),
    Reason.PROMOTION_ENDED: say_as(
        Weight.WITHDRAW,
        "zestaw promocyjny skończył się {until}.",
        "the promotional set ended on {until}.",
        "Nic nie trzeba robić; jeśli ma trwać dalej, zmień w ERP jego datę końca.",
        "Nothing to do; if it should go on, change its last day in the ERP.",
    ),
    Reason.DISCOUNT_TYPE_UNKNOWN: say_as(
        _SKIP,
        "nieznany rodzaj rabatu ({type}); sklep go nie otrzyma.",
        "unknown kind of discount ({type}); the shop is not told of it.",
        "Zgłoś numer rodzaju; jeśli rabat jest zbędny, usuń go.",
        "Report the number of the kind; delete the discount if it is not needed.",
    ),
    Reason.DISCOUNT_PRODUCT_GONE: say_as(
        _SKIP,
        "rabat dotyczy towaru, którego nie ma (id {id}); sklep go nie otrzyma.",
        "the discount is for a product that is not there (id {id}); the shop is not told of it.",
        "Usuń ten rabat albo wskaż w nim istniejący towar.",
        "Delete this discount, or choose an existing product for it.",
    ),
    Reason.DISCOUNT_CUSTOMER_GONE: say_as(
        _SKIP,
        "rabat dotyczy kontrahenta, którego nie ma (id {id}); sklep go nie otrzyma.",
        "the discount is for a customer who is not there (id {id}); the shop is not told of it.",
        "Usuń ten rabat.",
        "Delete this discount.",
    ),
    Reason.DISCOUNT_CUSTOMER_GROUP_GONE: say_as(
        _SKIP,
        "rabat dotyczy grupy kontrahentów, której nie ma (id {id}); sklep go nie otrzyma.",
        "the discount is for a group of customers that is not there (id {id}); the shop is not told of it.",
        "Usuń ten rabat.",
        "Delete this discount.",
    ),
    Reason.PROMOTION_MAIN_GONE: say_as(
        _SKIP,
        "zestaw nie ma towaru głównego; sklep go nie otrzyma.",
        "the set has no main product; the shop is not told of it.",
        "Wskaż towar główny zestawu albo usuń zestaw.",
        "Choose the set's main product, or delete the set.",
    ),
    Reason.PROMOTION_PART_GONE: say_as(
        _SKIP,
        "zestaw zawiera usunięty towar; sklep go nie otrzyma.",
        "the set holds a product that was deleted; the shop is not told of it.",
        "Usuń z zestawu składnik bez towaru.",
        "Take the part without a product out of the set.",
    ),
    Reason.PROMOTION_REDUCTION_UNKNOWN: say_as(
        _SKIP,
        "nieznany rodzaj rabatu w zestawie ({kind}). Zestaw pominięto.",
        "unknown kind of reduction in the set ({kind}). Skipped.",
        "Wpisz rabat w zestawie ponownie; jeśli to nie pomoże, zgłoś numer rodzaju.",
        "Enter the set's reduction again; if that does not help, report the number of the kind.",
    ),
    Reason.CUSTOMER_GROUP_UNKNOWN: say_as(
        _WARN,
        "grupy „{group}” nie ma w słowniku grup kontrahentów; rabaty grup kontrahenta nie obejmą.",
        "group “{group}” is not in the list of customer groups; discounts of groups do not reach the customer.",
        "Wybierz kontrahentowi grupę z listy.",
        "Choose a group of the list for the customer.",
    ),
}

_FILES = {
    Reason.FILE_GONE: say_as(
        _WARN,
        "pliku {file} nie ma w bazie (id {id}); pozostałe pliki towaru wysłano.",
        "file {file} is not in the database (id {id}); the product's other files were sent.",
        "Dodaj plik do towaru ponownie albo usuń go z listy.",
        "Add the file to the product again, or take it off the list.",
    ),
    Reason.FILE_EMPTY: say_as(
        _WARN,
        "plik {file} jest pusty; nie wysłano go.",
        "file {file} is empty; it was not sent.",
        "Dodaj plik do towaru ponownie.",
        "Add the file to the product again.",
    ),
    Reason.FILE_NOT_ON_DISK: say_as(
        _WARN,
        "pliku {file} nie ma na dysku albo nie da się go odczytać ({path}); pozostałe pliki towaru wysłano.",
        "file {file} is not on the disk or cannot be read ({path}); the product's other files were sent.",
        "Przywróć plik, sprawdź dostęp tego komputera do dysku albo zapisz plik w bazie.",
        "Put the file back, check that this computer reaches the disk, or store the file in the database.",
    ),
    Reason.FILE_NOT_ALLOWED: say_as(
        _WARN,
        "pliku {file} nie wysłano: {path} nie leży w żadnym z podanych folderów albo jego treść nie jest tym, co mówi "
        "nazwa.",
        "file {file} was not sent: {path} is in none of the named folders, or holds something else than its name says.",
        "Wpisz folder w zakładce Połączenie (Foldery z plikami) albo zapisz plik w bazie ERP; plik o innej treści, "
        "niż mówi nazwa, zapisz we właściwym formacie.",
        "Name the folder under Connection (Folders of files), or store the file in the ERP's database; a file that is "
        "not what its name says has to be saved in the right format.",
    ),
    Reason.FILE_TOO_LARGE_TO_READ: say_as(
        _WARN,
        "plik {file} jest zbyt duży ({size} B); nie wysłano go.",
        "file {file} is too large ({size} B); it was not sent.",
        "Zmniejsz plik.",
        "Make the file smaller.",
    ),
}

OF_SOURCES: dict[Reason, Sentence] = {**_GOODS, **_TRADE, **_FILES}
