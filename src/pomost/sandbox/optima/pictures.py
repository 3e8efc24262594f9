"""Small real pictures and documents, made on the fly, and what people upload instead of them."""

from functools import cache
from io import BytesIO
from struct import pack
from time import struct_time
from unicodedata import normalize
from zlib import crc32

from PIL import Image, ImageDraw, ImageFont

_SIDE = 120
_MARKER = 2
# Signature, then length, name, thirteen bytes and checksum of the first chunk.
_HEADER = 8 + 4 + 4 + 13 + 4
_EVER = struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))
_STROKES = str.maketrans("łŁ", "lL")
MEBIBYTE = 1 << 20


@cache
def _letters() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=13)


def _card(text: str, background: int) -> Image.Image:
    """A coloured square with the words of the text below each other."""
    image = Image.new("RGB", (_SIDE, _SIDE), f"#{background & 0x7F7F7F:06x}")
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((4, 4, _SIDE - 5, _SIDE - 5), outline="white", width=2)
    # The font that comes with Pillow has no Polish letters.
    plain = normalize("NFKD", text.translate(_STROKES)).encode("ascii", "ignore").decode()
    drawing.multiline_text((12, 10), "\n".join(plain.split()[:6]), fill="white", font=_letters())
    return image


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def jpeg(text: str, background: int = 0) -> bytes:
    return _saved(_card(text, background), "JPEG", quality=70)


def png(text: str, background: int = 0) -> bytes:
    return _saved(_card(text, background), "PNG")


def bitmap(text: str) -> bytes:
    """A picture of a kind no shop wants."""
    return _saved(_card(text, 0x204060), "BMP")


def pdf(text: str) -> bytes:
    """A sheet of one page."""
    return _saved(_card(text, 0x305030), "PDF", creationDate=_EVER, modDate=_EVER)


def padded_png(text: str, size: int) -> bytes:
    """A valid picture of more than so many bytes: what a camera wrote beside the pixels fills it up."""
    return _with_chunk(png(text), b"paDd", bytes(size))


@cache
def _motif(text: str, background: int, kind: str) -> bytes:
    return jpeg(text, background) if kind == "jpg" else png(text, background)


def noted(text: str, background: int, kind: str, note: str) -> bytes:
    """A picture of a motif many products share, each with other bytes: the note is written beside the pixels.

    `kind` is `jpg` or `png`. Drawing is slow and this is not, so companies of any size can have their pictures.
    """
    data = _motif(text, background, kind)
    if kind == "png":
        return _with_chunk(data, b"tEXt", b"Comment\0" + note.encode("latin-1", "replace"))
    comment = note.encode()
    return data[:_MARKER] + b"\xff\xfe" + pack(">H", len(comment) + 2) + comment + data[_MARKER:]


def _with_chunk(data: bytes, kind: bytes, body: bytes) -> bytes:
    """The picture with one more chunk after its header."""
    chunk = pack(">I", len(body)) + kind + body + pack(">I", crc32(kind + body))
    return data[:_HEADER] + chunk + data[_HEADER:]
