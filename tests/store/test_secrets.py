"""Secrets: sealed, bound to their company, channel and field, and never stored as they are; on both databases."""

import pytest

from pomost.store import channels
from pomost.store.models import Channel, Secret
from pomost.store.secrets import KeyUnfit, SecretUnreadable, Vault, master_key
from tests.worlds import World

KEY, OTHER = b"k" * 32, b"o" * 32
SECRET = "zażółć-gęślą-jaźń"


@pytest.fixture
def channel(either_store):
    return Channel.objects.get(name=World(company="Firma").name)


@pytest.fixture
def vault():
    return Vault(KEY)


def test_a_secret_opens_where_it_was_kept(channel, vault):
    vault.keep(channel, "shop.key", SECRET)
    assert vault.open(channel, "shop.key") == SECRET
    assert vault.open(channel, "erp.password") is None
    vault.keep(channel, "shop.key", "other")
    assert vault.open(channel, "shop.key") == "other"
    assert Secret.objects.filter(channel=channel).count() == 1


def test_a_secret_is_not_stored_as_it_is(channel, vault):
    vault.keep(channel, "shop.key", SECRET)
    vault.keep(channel, "erp.password", SECRET)
    first, second = (bytes(row.sealed) for row in Secret.objects.filter(channel=channel))
    assert SECRET.encode() not in first
    assert first[1:] != second[1:], "equal secrets do not look equal"


def test_another_master_key_opens_nothing(channel, vault):
    vault.keep(channel, "shop.key", SECRET)
    with pytest.raises(SecretUnreadable):
        Vault(OTHER).open(channel, "shop.key")


@pytest.mark.parametrize("moved", ["field", "channel", "company"])
def test_a_secret_moved_elsewhere_does_not_open(channel, vault, moved):
    vault.keep(channel, "shop.key", SECRET)
    row = Secret.objects.get(channel=channel)
    place, field = channel, "shop.key"
    if moved == "field":
        row.field = field = "erp.password"
    elif moved == "channel":
        row.channel = place = Channel.objects.get(name=World(company="Firma").name)
    else:
        Channel.objects.filter(name=channel.name).update(company="Inna firma")
        place = Channel.objects.get(name=channel.name)
    row.save()
    with pytest.raises(SecretUnreadable):
        vault.open(place, field)


def test_a_seal_that_was_touched_does_not_open(channel, vault):
    vault.keep(channel, "shop.key", SECRET)
    row = Secret.objects.get(channel=channel)
    row.sealed = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    row.save()
    with pytest.raises(SecretUnreadable):
        vault.open(channel, "shop.key")


def test_the_master_key_is_made_once_and_is_nobody_elses(tmp_path, monkeypatch):
    monkeypatch.delenv("POMOST_MASTER_KEY", raising=False)
    first = master_key(tmp_path / "keys")
    assert len(first) == 32
    assert master_key(tmp_path / "keys") == first
    assert (tmp_path / "keys" / "master.key").stat().st_mode & 0o077 == 0
    assert master_key(tmp_path / "others") != first
    monkeypatch.setenv("POMOST_MASTER_KEY", "ab" * 32)
    assert master_key(tmp_path / "keys") == bytes.fromhex("ab" * 32)


def test_renaming_the_company_keeps_the_secret(either_store, vault):
    world = World()
    document = {"channel": {"name": "c", "company": "Firma", "erp": "memory", "shop": "memory"}}
    channels.save(document, {"shop.key": SECRET}, vault, "somebody", world.clock())
    renamed = {"channel": {**document["channel"], "company": "Nowa firma"}}
    saved = channels.save(renamed, {"shop.key": ""}, vault, "somebody", world.clock())
    assert saved.secrets == {"shop.key": SECRET}
    assert saved.number == 2
    assert SECRET not in str([row[3] for row in channels.versions("c")])


def test_a_missing_master_key_is_not_replaced_while_something_is_sealed(tmp_path, monkeypatch):
    monkeypatch.delenv("POMOST_MASTER_KEY", raising=False)
    with pytest.raises(KeyUnfit) as missing:
        master_key(tmp_path / "keys", sealed=True)
    assert (missing.value.place, missing.value.size) == (tmp_path / "keys" / "master.key", 0)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("size", [1, 31, 33])
def test_a_master_key_that_was_cut_is_no_key(tmp_path, monkeypatch, size):
    monkeypatch.delenv("POMOST_MASTER_KEY", raising=False)
    (tmp_path / "master.key").write_bytes(b"k" * size)
    with pytest.raises(KeyUnfit) as cut:
        master_key(tmp_path)
    assert cut.value.size == size
    assert (tmp_path / "master.key").read_bytes() == b"k" * size


@pytest.mark.parametrize("given", ["ab", "ab" * 31, "no hex at all"])
def test_a_key_of_the_environment_that_is_none_is_said(tmp_path, monkeypatch, given):
    monkeypatch.setenv("POMOST_MASTER_KEY", given)
    with pytest.raises(KeyUnfit) as wrong:
        master_key(tmp_path)
    assert wrong.value.place == "POMOST_MASTER_KEY"
    assert given not in str(wrong.value)
