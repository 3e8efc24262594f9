"""Settings files: the template filled in, export and import there and back again, versions kept."""

import re
import tomllib

import pytest

from pomost.app import ERPS, SHOPS, sections_for
from pomost.store.database import close_store
from tests.end_to_end.stage import CARDS, CHANNEL, KEY, ask


def template(home, *words, lang="en"):
    said = ask(home, "settings", "template", *words, lang=lang)
    assert (said.code, said.err) == (0, "")
    return said.out


def bare(text):
    """The template with every commented setting switched on: all of it has to be TOML."""
    return re.sub(r"(?m)^# (\w+ = )", r"\1", text)


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("erp, shop", [(erp, shop) for erp in ERPS for shop in SHOPS])
def test_a_template_is_toml_with_every_setting(tmp_path, erp, shop, lang):
    text = template(tmp_path, "--erp", erp, "--shop", shop, lang=lang)
    tomllib.loads(text)
    whole = tomllib.loads(bare(text))
    assert whole.keys() == sections_for(erp, shop).keys()
    assert (whole["channel"]["erp"], whole["channel"]["shop"]) == (erp, shop)


def test_a_template_speaks_the_users_language(tmp_path):
    assert "# Poziom cen: " in template(tmp_path, lang="pl")
    assert "# Price level: " in template(tmp_path, lang="en")


def filled(text, database, url):
    """What a person types into the template."""
    values = {
        'name = ""': f'name = "{CHANNEL}"',
        'company = ""': 'company = "Hurtownia"',
        'database = ""': f'database = "{database}"',
        'address = ""': f'address = "{url}"',
        '# key = ""': f'key = "{KEY}"',
        '# driver = "mssql-python"': 'driver = "sqlite"',
        '# qualification = "unset"': 'qualification = "all"',
        '# level = ""': 'level = "3"',
        '# status = ""': 'status = "new"',
        '# sfera_operator = ""': 'sfera_operator = "Szef"',
    }
    branch = '[[branches]]\nid = "MAG"\nname = "Magazyn"\nmain_warehouse = "1"\n'
    text = text.partition("[[branches]]")[0] + branch + "\n[erp]" + text.partition("[erp]")[2]
    text = text.replace("# enabled = false", "enabled = true")
    for before, after in values.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_a_filled_in_template_is_a_working_channel(home, small_company, window, tmp_path, lang):
    file = tmp_path / "kanał.toml"
    file.write_text(filled(template(home, lang=lang), small_company, window.url), encoding="utf-8")
    said = ask(home, "settings", "import", file, lang=lang)
    assert said.code == 0, said.text
    assert f"pomost check {CHANNEL}" in said.text
    assert ask(home, "check", CHANNEL).code == 0
    assert ask(home, "run", CHANNEL).code == 0
    assert len(window.active()) == CARDS
    close_store()


def test_export_and_import_there_and_back_change_nothing(settled, tmp_path):
    file = tmp_path / "kanał.toml"
    first = settled.ask("settings", "export", CHANNEL).out
    file.write_text(first, encoding="utf-8")
    assert settled.ask("settings", "import", file).code == 0
    assert settled.ask("settings", "export", CHANNEL).out == first
    assert settled.run().planned == 0
    assert "2" in settled.ask("settings", "history", CHANNEL).out


def test_an_exported_document_is_what_was_saved_without_its_secrets(stage):
    exported = tomllib.loads(stage.ask("settings", "export", CHANNEL).out)
    told = {name: dict(values) if isinstance(values, dict) else values for name, values in stage.document.items()}
    told["erp"].pop("password")
    told["shop"].pop("key")
    assert exported == told


def test_a_channel_imported_elsewhere_needs_its_secrets_again(settled, tmp_path):
    file = tmp_path / "kanał.toml"
    file.write_text(settled.ask("settings", "export", CHANNEL).out, encoding="utf-8")
    elsewhere = tmp_path / "gdzie indziej"
    assert ask(elsewhere, "settings", "import", file).code == 0
    polish, english = ask(elsewhere, "run", CHANNEL, lang="pl"), ask(elsewhere, "run", CHANNEL)
    assert (polish.code, english.code) == (2, 2)
    assert "Brak klucza API" in polish.text
    assert "key is missing" in english.text
    close_store()


def test_where_the_erp_is_does_not_make_every_card_due(settled):
    """Only settings that decisions rest on do."""
    settled.save(shop={"timeout": 20})
    report = settled.run()
    assert report.counts.get("decided", 0) == 0
    settled.save(stock={"basis": "stock"})
    assert settled.run().counts["decided"] == CARDS
