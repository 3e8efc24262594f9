"""Settings files as editors of Windows make them, and symbols as people type them."""

import pytest

from tests.end_to_end.stage import CHANNEL


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1250"])
def test_a_file_windows_wrote_is_read(selling, tmp_path, encoding, ends):
    text = selling.ask("settings", "export", CHANNEL).out.replace('"hurt"', '"inny"')
    assert "Główny" in text
    file = tmp_path / "channel.toml"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    file.write_bytes(mark + text.replace("\n", ends).encode(encoding))
    said = selling.ask("settings", "import", file)
    assert said.code == 0, said.text
    assert selling.pomost.export_settings("inny")["branches"] == selling.pomost.export_settings(CHANNEL)["branches"]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00\x00\x00", b"x = ", b"\x81\x83"])
def test_a_file_that_is_none_is_told_in_words(selling, tmp_path, data):
    file = tmp_path / "channel.toml"
    file.write_bytes(data)
    said = selling.ask("settings", "import", file)
    assert said.code == 2
    assert "channel.toml" in said.text.replace(" ", "")


def test_a_symbol_with_a_space_at_its_end_is_explained(selling):
    """As in SQL Server, whose `=` takes no notice of it; the shop is told the symbol without it."""
    selling.company.set_symbol("S01", "S01 ")
    selling.run()
    assert selling.ask("explain", "product", CHANNEL, "S01").code == 0
    placed = selling.place((1, 2), number="SPACE/1")
    selling.run()
    assert selling.order(placed["id"])["acknowledgement"] is not None
