"""Which first bytes are the certain sign of which kind of file, and which names such files honestly have.

A table of our own: puremagic was measured, and its confidence is the length of a pattern. It takes an MSI for a .doc and a
spreadsheet for a .docx at 0.8 and 0.4, gives a PDF 0.4 and a Windows program no type at all, and sees pickles in noise.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. What it is called stands in the catalogue under `kind-KEY`; `families` are those whose names it may have.

    `types`: its media type, then the others (globs) that are right for it, too. A container takes the word of whoever
    names what it holds.
    """

    key: str
    types: tuple[str, ...]
    families: tuple[str, ...]


PROGRAM = "program"
WINDOWS = Kind(
    "windows",
    ("application/vnd.microsoft.portable-executable", "application/x-ms*", "application/x-dosexec"),
    (PROGRAM,),
)
INSTALLER = Kind("installer", ("application/x-msi", "application/x-ms*"), (PROGRAM,))
LINUX = Kind("linux", ("application/x-executable", "application/x-elf", "application/x-sharedlib"), (PROGRAM,))
MAC = Kind("mac", ("application/x-mach-binary",), (PROGRAM,))
SCRIPT = Kind("script", ("text/x-script", "text/*", "application/*"), (PROGRAM, "text"))

PDF = Kind("pdf", ("application/pdf", "application/x-pdf"), ("pdf",))
PNG = Kind("png", ("image/png", "image/x-png", "image/apng"), ("image",))
JPEG = Kind("jpeg", ("image/jpeg", "image/jpg", "image/pjpeg"), ("image",))
GIF = Kind("gif", ("image/gif",), ("image",))
WEBP = Kind("webp", ("image/webp",), ("image",))
HEIF = Kind("heif", ("image/heic", "image/heif", "image/hei*-sequence"), ("image",))
AVIF = Kind("avif", ("image/avif",), ("image",))
TIFF = Kind("tiff", ("image/tiff", "image/x-*", "image/dng"), ("image",))
PHOTOSHOP = Kind("photoshop", ("image/vnd.adobe.photoshop", "image/*", "application/*photoshop"), ("image",))

MP4 = Kind("mp4", ("video/mp4", "video/*", "audio/*"), ("media",))
MATROSKA = Kind("matroska", ("video/x-matroska", "video/*", "audio/*"), ("media",))
RIFF = Kind("riff", ("video/x-msvideo", "video/*", "audio/*"), ("media",))
OGG = Kind("ogg", ("audio/ogg", "audio/*", "video/*", "application/ogg"), ("media",))
FLAC = Kind("flac", ("audio/flac", "audio/x-flac"), ("media",))
MP3 = Kind("mp3", ("audio/mpeg", "audio/*"), ("media",))
ASF = Kind("asf", ("video/x-ms-wmv", "video/*", "audio/*", "application/*asf"), ("media",))

ZIP = Kind("zip", ("application/zip", "application/*", "model/*", "image/openraster"), ("archive", "document"))
SEVEN = Kind("seven", ("application/x-7z-compressed",), ("archive",))
RAR = Kind("rar", ("application/vnd.rar", "application/x-rar*"), ("archive",))
GZIP = Kind("gzip", ("application/gzip", "application/x-*", "image/svg+xml*"), ("archive", "text"))
XZ = Kind("xz", ("application/x-xz", "application/x-*"), ("archive",))
BZIP = Kind("bzip", ("application/x-bzip2", "application/x-*"), ("archive",))
ZSTD = Kind("zstd", ("application/zstd", "application/x-*"), ("archive", "text"))

# Of a document's names each is used for each of its formats: RTF, HTML and XML as .doc and .xls, encrypted .docx as OLE.
OLE = Kind("ole", ("application/x-ole-storage", "application/*"), ("document", PROGRAM))
RTF = Kind("rtf", ("application/rtf", "text/*", "application/msword"), ("document", "text"))
HTML = Kind("html", ("text/html", "application/xhtml+xml", "text/*"), ("document", "text"))
XML = Kind(
    "xml",
    ("application/xml", "text/*", "application/*", "model/*", "image/svg+xml"),
    ("document", "text", "drawing"),
)

FAMILIES: dict[str, str] = {
    "pdf": "pdf",
    "program": "exe dll msi scr",
    "image": "png apng jpg jpeg jpe jfif gif webp heic heics heif hif avif tif tiff bmp ico psd",
    "drawing": "svg",
    "media": "mp4 m4v mov m4a m4b 3gp 3g2 mkv mka webm weba avi wav mp3 flac ogg oga ogv opus wmv wma asf aac aif aiff mpg mpeg",
    "archive": "zip 7z rar gz tgz xz txz bz2 tbz2 zst",
    "document": "doc docx docm dot dotx xls xlsx xlsm xlt xltx ppt pptx pptm pps ppsx dotm potx odt ott ods ots odp otp odg sxw sxc sxi vsdx idml epub rtf pages numbers",
    "text": "txt csv tsv md srt vtt ass ssa sbv ttml dfxp log json xml html htm xhtml xlf xliff sdlxliff mqxliff mxliff tmx tbx ttx resx po yaml yml "
    "py c cpp cs css go java js kt php rb rs sql swift tex",
}
"""From a family to extensions that say so and nothing else. Missing are those with two meanings (`ts`, `com`, `key`, `pot`, `ai`), and
`jar`, which may begin with a script."""


def recognise(head: bytes) -> Kind | None:
    """The kind of file that certainly begins like this, or None."""
    for pattern, kind in _PATTERNS:
        if pattern.match(head):
            return kind if isinstance(kind, Kind) else kind(head)
    return None


_OOXML = "application/vnd.openxmlformats-officedocument"
_MIMETYPE = re.compile(rb"PK\x03\x04.{22}\x08\x00\x00\x00mimetype([a-z]{1,20}/[a-z0-9.+-]{1,100})", re.DOTALL)
_PARTS = {
    b"word": "wordprocessingml.document",
    b"xl": "spreadsheetml.sheet",
    b"ppt": "presentationml.presentation",
}
_PART = re.compile(rb"PK\x03\x04.{26}(word|xl|ppt)/", re.DOTALL)
_ROOTS = {
    b"svg": "image/svg+xml",
    b"xliff": "application/xliff+xml",
    b"tmx": "application/x-tmx+xml",
    b"martif": "application/x-tbx+xml",
    b"tbx": "application/x-tbx+xml",
}
_ROOT = re.compile(rb"<(svg|xliff|tmx|martif|tbx)[\s>]")


def inside(kind: Kind, head: bytes) -> str:
    """What a container says that it holds, where that is among the first bytes: a document in a ZIP archive, a file for translators in XML."""
    if kind is ZIP:
        if found := _MIMETYPE.match(head):
            return found[1].decode()
        part = _PART.search(head)
        return f"{_OOXML}.{_PARTS[part[1]]}" if part else ""
    root = _ROOT.search(head) if kind is XML else None
    return _ROOTS[root[1]] if root else ""


def _windows(head: bytes) -> Kind | None:
    """MZ alone begins many a text: it is a program when the header that it points to is one, or can be one further on."""
    if len(head) < 0x40:
        return None
    (at,) = struct.unpack_from("<I", head, 0x3C)
    reserved = head[0x1C:0x24] + head[0x28:0x3C]
    beyond = len(head) - 4 < at < 1 << 28 and not any(reserved)
    return WINDOWS if head[at : at + 4] == b"PE\0\0" or head[at : at + 2] in (b"NE", b"LE", b"LX") or beyond else None


_INSTALLERS = re.compile(rb"[\x82\x84\x86]\x10\x0c\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46")


def _ole(head: bytes) -> Kind:
    """An installer has its class in the root entry, which lies among the first bytes or not (MS-CFB 2.2, 2.6)."""
    if len(head) >= 0x34:
        shift, first = struct.unpack_from("<H", head, 0x1E)[0], struct.unpack_from("<I", head, 0x30)[0]
        root = (first + 1) << min(shift, 16)
        if _INSTALLERS.match(head, root + 0x50):
            return INSTALLER
    return OLE


_BRANDS = {
    AVIF: "avif avis",
    HEIF: "heic heix heim heis hevc hevx mif1 msf1",
    MP4: "isom iso2 iso3 iso4 iso5 iso6 mp41 mp42 avc1 dash MSNV NDSC mmp4 f4v qt M4V M4A M4B 3gp4 3gp5 3gp6 3g2a",
}


def _iso(head: bytes) -> Kind | None:
    """Pictures and films share a container (ISO 14496-12): the brand tells them apart, and there are many others."""
    brand = head[8:12].decode("latin-1").strip()
    return next((kind for kind, brands in _BRANDS.items() if brand in brands.split()), None)


def _riff(head: bytes) -> Kind | None:
    return {b"WEBP": WEBP, b"AVI ": RIFF, b"WAVE": RIFF}.get(head[8:12])


_PATTERNS: list[tuple[re.Pattern[bytes], Kind | Callable[[bytes], Kind | None]]] = [
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"MZ", _windows),
        (rb"\x7fELF[\x01\x02][\x01\x02]\x01", LINUX),
        (rb"[\xce\xcf]\xfa\xed\xfe[\x07\x0c\x12]\x00\x00[\x00\x01]", MAC),
        (rb"\xfe\xed\xfa[\xce\xcf][\x00\x01]\x00\x00[\x07\x0c\x12]", MAC),
        # A Java class begins alike; its version, 45 at least, stands where a Mac program counts its architectures.
        (rb"\xca\xfe\xba[\xbe\xbf]\x00\x00\x00[\x01-\x14][\x00\x01]\x00\x00[\x07\x0c\x12]", MAC),
        (rb"#![ \t]*/[\w.+-]+(/[\w.+-]+)+[^\n]{0,200}\n", SCRIPT),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _ole),
        (rb"%PDF-[12]\.\d", PDF),
        (rb"\x89PNG\r\n\x1a\n", PNG),
        (rb"\xff\xd8\xff[\xc0-\xfe]", JPEG),
        (rb"GIF8[79]a", GIF),
        (rb"RIFF", _riff),
        (rb"II\*\x00|MM\x00\*", TIFF),
        (rb"8BPS\x00[\x01\x02]\x00{6}", PHOTOSHOP),
        (rb"\x00\x00[\x00-\x0f].ftyp[\w -]{4}", _iso),
        (rb"\x1aE\xdf\xa3", MATROSKA),
        (rb"OggS\x00[\x00-\x07]", OGG),
        (rb"fLaC\x00\x00\x00\x22", FLAC),
        (rb"ID3[\x02-\x04].[\x00\x10\x20\x40\x80\xa0\xc0\xe0][\x00-\x7f]{4}", MP3),
        (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ASF),
        (rb"PK\x03\x04|PK\x05\x06|PK\x07\x08PK", ZIP),
        (rb"7z\xbc\xaf\x27\x1c", SEVEN),
        (rb"Rar!\x1a\x07[\x00\x01]", RAR),
        (rb"\x1f\x8b\x08[\x00-\x1f]", GZIP),
        (rb"\xfd7zXZ\x00", XZ),
        (rb"BZh[1-9]1AY&SY", BZIP),
        (rb"\x28\xb5\x2f\xfd", ZSTD),
        (rb"\{\\rtf1", RTF),
        (rb"(\xef\xbb\xbf)?\s*<(?i:!doctype\s+html|html)[\s>]", HTML),
        (rb"(\xef\xbb\xbf)?\s*<(\?xml|svg)\s", XML),
    )
]
