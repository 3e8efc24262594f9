"""What is said of customers, segments and branches, and of settings about them."""

from pomost.model.reason import Reason, Sentence, Weight
from pomost.model.sentences import say_as

_CONFIG, _SKIP, _OUT, _WARN, _INFO = Weight.CONFIGURATION, Weight.SKIP, Weight.WITHDRAW, Weight.WARN, Weight.INFO

CUSTOMERS = {
    Reason.CUSTOMER_NO_NIP: say_as(
        _OUT,
        "kontrahent w sklepie nie ma numeru NIP, więc nie można go rozpoznać.",
        "the shop's customer has no tax number (NIP), so it cannot be recognised.",
        "Poproś kontrahenta albo operatora sklepu o uzupełnienie numeru NIP.",
        "Ask the customer or the shop to fill in the tax number.",
    ),
    Reason.CUSTOMER_NOT_FOUND: say_as(
        _OUT,
        "w ERP nie ma kwalifikującego się kontrahenta o tym NIP, mieście i ulicy ({place}).",
        "the ERP has no qualified customer with this tax number, city and street ({place}).",
        "Zapisz NIP, miasto, ulicę i numer domu w ERP dokładnie tak jak w sklepie; podobne wpisy pokaże pomost "
        "customers KANAŁ --suggestions.",
        "Write tax number, city, street and house number in the ERP exactly as in the shop; pomost customers CHANNEL "
        "--suggestions shows what is near.",
    ),
    Reason.CUSTOMER_AMBIGUOUS: say_as(
        _OUT,
        "tego NIP, miasta, ulicy i numeru domu nie można przypisać jednoznacznie: w sklepie {shop}, w ERP {erp}.",
        "tax number, city, street and house number do not tell who this is: {shop} in the shop, {erp} in the ERP.",
        "Nadaj kontrahentom różne numery domu albo usuń powtórzony wpis.",
        "Give the customers different house numbers, or remove the entry that is there twice.",
    ),
    Reason.HOUSE_NUMBER_DIFFERS: say_as(
        _INFO,
        "numer domu w sklepie „{shop}” różni się od numeru w ERP „{erp}”; jedyny taki kontrahent, więc rozpoznany.",
        "house number “{shop}” in the shop differs from “{erp}” in the ERP; the only such customer, so recognised.",
        "Nic nie trzeba robić, jeśli to ten sam kontrahent; w przeciwnym razie popraw adres.",
        "Nothing to do if it is the same customer; otherwise correct the address.",
    ),
    Reason.NIP_CHECKSUM: say_as(
        _WARN,
        "NIP {nip} ma błędną cyfrę kontrolną; porównano go mimo to.",
        "tax number {nip} has a wrong check digit; it was compared all the same.",
        "Sprawdź numer NIP w sklepie i w ERP.",
        "Check the tax number in the shop and in the ERP.",
    ),
    Reason.CUSTOMER_NOT_QUALIFIED: say_as(
        _OUT,
        "kontrahent {symbol} z ERP nie spełnia warunku kwalifikacji: {condition}.",
        "customer {symbol} of the ERP does not meet the condition: {condition}.",
        "Jeśli ma być obsługiwany w sklepie, nadaj mu wymaganą cechę, grupę, branżę lub znacznik.",
        "If the shop is meant for it, give it the trait, group, industry or flag asked for.",
    ),
    Reason.CUSTOMER_BLOCKED: say_as(
        _OUT,
        "kontrahent {symbol} jest w ERP nieaktywny.",
        "customer {symbol} is inactive in the ERP.",
        "Aktywuj kartotekę kontrahenta, jeśli ma kupować w sklepie.",
        "Activate the customer's card if it is to buy in the shop.",
    ),
    Reason.CUSTOMER_ONE_OFF: say_as(
        _OUT,
        "kontrahent {symbol} jest w ERP jednorazowy.",
        "customer {symbol} is a one-off customer in the ERP.",
        "Załóż mu zwykłą kartotekę, jeśli ma kupować w sklepie.",
        "Give it an ordinary card if it is to buy in the shop.",
    ),
    Reason.CUSTOMER_NO_BRANCH: say_as(
        _SKIP,
        "kontrahent {symbol} nie ma żadnej cechy oddziału; nie przypisano go.",
        "customer {symbol} has no branch trait; it was not assigned.",
        "Nadaj mu w ERP cechę jednego z oddziałów ({traits}).",
        "Give it the trait of one of the branches ({traits}) in the ERP.",
    ),
    Reason.CUSTOMER_BRANCH_CONFLICT: say_as(
        _SKIP,
        "kontrahent {symbol} ma cechy kilku oddziałów: {branches}; nie zmieniono jego przypisania.",
        "customer {symbol} has the traits of several branches: {branches}; its assignment was left as it is.",
        "Zostaw mu w ERP cechę tylko jednego oddziału.",
        "Leave it the trait of one branch only.",
    ),
    Reason.SEGMENT_AMBIGUOUS: say_as(
        _WARN,
        "kontrahent {symbol} ma kilka cech segmentujących: {traits}; segment kończy się poziom wyżej.",
        "customer {symbol} has several segment traits: {traits}; its segment ends one level above.",
        "Zostaw mu jedną z cech wybranych do segmentowania.",
        "Leave it one of the traits chosen for segments.",
    ),
}

SETTINGS = {
    Reason.CUSTOMER_QUALIFICATION_UNSET: say_as(
        _CONFIG,
        "nie wybrano kwalifikacji kontrahentów.",
        "no qualification was chosen for customers.",
        "W zakładce Kontrahenci wybierz „Wszyscy kontrahenci” (all) albo podaj warunki (conditions).",
        "Under Customers choose all, or give conditions.",
    ),
    Reason.CUSTOMER_QUALIFICATION_EMPTY: say_as(
        _CONFIG,
        "wybrano kwalifikację kontrahentów według warunków, ale nie podano żadnego warunku.",
        "qualification of customers by conditions was chosen, but no condition given.",
        "Dodaj co najmniej jeden warunek albo wybierz „Wszyscy kontrahenci”.",
        "Add at least one condition, or choose all customers.",
    ),
    Reason.CUSTOMER_CONDITION_UNKNOWN: say_as(
        _CONFIG,
        "warunek kwalifikacji kontrahentów wskazuje wartość, której nie ma w ERP: {condition}.",
        "a condition for customers names a value the ERP does not have: {condition}.",
        "Wybierz istniejącą cechę, grupę lub branżę (pomost choices KANAŁ customer-traits, customer-groups...).",
        "Choose a trait, group or industry that exists (pomost choices CHANNEL customer-traits, customer-groups...).",
    ),
    Reason.SEGMENT_LEVEL_GAP: say_as(
        _CONFIG,
        "poziom {level} segmentów jest ustawiony, a poziom {missing} nie.",
        "level {level} of the segments is set and level {missing} is not.",
        "Ustaw poziomy po kolei, od pierwszego.",
        "Set the levels in order, from the first.",
    ),
    Reason.SEGMENT_SOURCE_TWICE: say_as(
        _CONFIG,
        "źródło {source} wybrano na kilku poziomach segmentów.",
        "source {source} was chosen for several levels of the segments.",
        "Każde źródło (group, trait, industry) może tworzyć tylko jeden poziom.",
        "Each source (group, trait, industry) makes one level only.",
    ),
    Reason.SEGMENT_TRAIT_UNKNOWN: say_as(
        _CONFIG,
        "cechy {trait} wybranej do segmentowania nie ma w ERP.",
        "trait {trait} chosen for segments is not in the ERP.",
        "Wybierz istniejące cechy (pomost choices KANAŁ customer-traits).",
        "Choose traits that exist (pomost choices CHANNEL customer-traits).",
    ),
    Reason.SEGMENT_WITHOUT_TRAITS: say_as(
        _WARN,
        "segmenty mają powstawać z cech, ale nie wybrano żadnej cechy.",
        "segments are to be made of traits, but no trait was chosen.",
        "Wybierz cechy, które biorą udział w segmentowaniu, albo usuń ten poziom.",
        "Choose the traits that take part, or take this level away.",
    ),
    Reason.BRANCH_TRAIT_TWICE: say_as(
        _CONFIG,
        "cecha kontrahenta {trait} jest przypisana kilku oddziałom: {branch}.",
        "customer trait {trait} belongs to several branches: {branch}.",
        "Każdy oddział musi mieć własną cechę kontrahenta.",
        "Each branch needs a customer trait of its own.",
    ),
    Reason.BRANCH_TRAIT_UNKNOWN: say_as(
        _CONFIG,
        "cechy kontrahenta {trait} oddziału {branch} nie ma w ERP.",
        "customer trait {trait} of branch {branch} is not in the ERP.",
        "Wybierz istniejącą cechę (pomost choices KANAŁ customer-traits).",
        "Choose a trait that exists (pomost choices CHANNEL customer-traits).",
    ),
    Reason.BRANCH_WITHOUT_TRAIT: say_as(
        _WARN,
        "oddział {branch} nie ma cechy kontrahenta; nikogo nie można do niego przypisać.",
        "branch {branch} has no customer trait; nobody can be assigned to it.",
        "Wybierz „Cechę kontrahenta przypisanego do oddziału” w ustawieniach oddziału.",
        "Choose the trait of the branch's customers in its settings.",
    ),
    Reason.REGION_UNKNOWN: say_as(
        _CONFIG,
        "regionu {region} oddziału {branch} nie ma na liście sklepu.",
        "region {region} of branch {branch} is not on the shop's list.",
        "Wybierz region z listy (pomost choices KANAŁ regions).",
        "Choose a region of the list (pomost choices CHANNEL regions).",
    ),
    Reason.BRANCH_ID_CHANGED: say_as(
        _SKIP,
        "oddziału {branch} nie założono: w sklepie jest już oddział {held} o tej samej nazwie lub tym samym magazynie.",
        "branch {branch} was not created: the shop has branch {held} with the same name or the same warehouse.",
        "ID oddziału jest niezmienne: przywróć ID {held} albo wyłącz tamten oddział w panelu sklepu.",
        "A branch's ID cannot change: bring ID {held} back, or switch that branch off in the shop's panel.",
    ),
}

CHANGES = {
    Reason.BRANCH_TAKEN: say_as(
        _SKIP,
        "sklep ma już oddział o tym ID lub tej nazwie ({branch}).",
        "the shop already has a branch with this ID or name ({branch}).",
        "Zmień nazwę oddziału w ustawieniach albo w panelu sklepu.",
        "Change the branch's name in the settings or in the shop's panel.",
    ),
    Reason.BRANCH_CHANGED: say_as(
        _SKIP,
        "ktoś zmienił oddział w sklepie w trakcie synchronizacji ({fields}).",
        "somebody changed the branch in the shop during the run ({fields}).",
        "Nic nie trzeba robić: następna synchronizacja porówna go od nowa.",
        "Nothing to do: the next run compares it anew.",
    ),
    Reason.CUSTOMER_LINKED_ELSEWHERE: say_as(
        _SKIP,
        "sklep łączy już tego kontrahenta z inną kartoteką ERP ({held}).",
        "the shop already links this customer with another card of the ERP ({held}).",
        "Usuń powiązanie w panelu sklepu albo uruchom pomost run KANAŁ --only customers --full, aby je zastąpić.",
        "Remove the link in the shop's panel, or run pomost run CHANNEL --only customers --full to replace it.",
    ),
    Reason.CUSTOMER_GONE: say_as(
        _SKIP,
        "sklep nie zna już tego kontrahenta.",
        "the shop does not know this customer any more.",
        "Nic nie trzeba robić.",
        "Nothing to do.",
    ),
    Reason.SEGMENT_NOT_IN_SHOP: say_as(
        _SKIP,
        "sklep nie ma segmentu {segment}.",
        "the shop has no segment {segment}.",
        "Nic nie trzeba robić: następna synchronizacja założy go od nowa.",
        "Nothing to do: the next run makes it anew.",
    ),
    Reason.SEGMENT_IN_USE: say_as(
        _INFO,
        "segmentu {segment} nie usunięto, bo ktoś go jeszcze używa.",
        "segment {segment} was not removed, for somebody is still in it.",
        "Nic nie trzeba robić.",
        "Nothing to do.",
    ),
}

SENTENCES: dict[Reason, Sentence] = {**CUSTOMERS, **SETTINGS, **CHANGES}
