"""Whether bytes are what their media type says, told by the bytes themselves."""

import re

import puremagic

_ENDINGS = {
    "image/jpeg": {".jpg", ".jpeg", ".jfif"},
    "image/png": {".png"},
    "image/webp": {".webp"},
    "image/gif": {".gif"},
    "image/bmp": {".bmp"},
    "image/tiff": {".tif", ".tiff"},
    "application/pdf": {".pdf"},
    "application/zip": {".zip"},
    "application/msword": {".doc"},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {".docx"},
    "application/vnd.ms-excel": {".xls"},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {".xlsx"},
}
"""By media type, the endings under which the library knows its signatures."""
_TEXT, _SVG = "text/plain", "image/svg+xml"
_SVG_HEAD = re.compile(rb"(\xef\xbb\xbf)?\s*<(?:svg[\s/>]|.{0,65536}?<svg[\s/>])", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def holds(data: bytes, media_type: str) -> bool:
    """Whether the bytes begin and end as this media type does; a type nobody can tell is never held."""
    if media_type == _TEXT:
        return _is_text(data)
    if media_type == _SVG:  # the library finds no signature behind comments and declarations
        return _SVG_HEAD.match(data) is not None and _is_text(data)
    wanted = _ENDINGS.get(media_type, set())
    try:
        return any(found.extension in wanted for found in puremagic.magic_string(data))
    except (puremagic.PureError, ValueError):
        return False


def _is_text(data: bytes) -> bool:
    """Readable in one of the two alphabets Polish Windows writes, without any control sign."""
    for alphabet in ("utf-8-sig", "cp1250"):
        try:
            return not _CONTROLS.search(data.decode(alphabet))
        except UnicodeDecodeError:
            continue
    return False
