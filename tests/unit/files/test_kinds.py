"""What first bytes show: disguises are found, and no honest file is taken for one."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartupload.adapters.memory import MemoryStore
from smartupload.errors import NotReady, TypeMismatch, TypeNotAllowed
from smartupload.service.context import Context
from smartupload.service.files import kinds, limits
from smartupload.service.uploads import library
from smartupload.settings import load
from tests.unit.person import Person


def zipped(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, f"what is in {name}")
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


def windows_program(at: int = 0x80, mark: bytes = b"PE\0\0") -> bytes:
    head = bytearray(8192)
    head[:4] = b"MZ\x90\0"
    struct.pack_into("<I", head, 0x3C, at)
    head[at : at + 4] = mark
    return bytes(head[: kinds.HEAD])


def compound(class_id: bytes = bytes(16)) -> bytes:
    """An OLE file whose directory is its second sector."""
    head = bytearray(kinds.HEAD)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 0x1E, 9)
    struct.pack_into("<I", head, 0x30, 1)
    head[1024 + 0x50 : 1024 + 0x60] = class_id
    return bytes(head)


INSTALLER = compound(bytes.fromhex("84100c0000000000c000000000000046"))
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"
DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")
ODT = zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text")
HTML = b"\xef\xbb\xbf<!DOCTYPE html>\n<html lang=en><title>Sign in</title>"
XLIFF = b'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2"><file original="a.docx"/></xliff>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1"/>'
ELF = b"\x7fELF\x02\x01\x01" + bytes(57)
MACH_O = b"\xcf\xfa\xed\xfe\x07\0\0\x01" + bytes(24)
UNIVERSAL = b"\xca\xfe\xba\xbe\0\0\0\x02\x01\0\0\x07" + bytes(24)
SCRIPT = b"#!/usr/bin/env python3\nprint('hello')\n"
OFFICE = "application/vnd.openxmlformats-officedocument"

HONEST = [
    ("notes.txt", "text/plain", b"MZ is how this text begins, and it is no program at all. " * 9, ""),
    ("numbers.csv", "text/csv", b"id,name\n1,anna\n2,ben\n", ""),
    ("film.srt", "application/x-subrip", b"1\n00:00:01,000 --> 00:00:03,000\nHello\n", ""),
    ("notes.md", "text/markdown", b"#! not a script\n# A title\n", ""),
    ("utf16.txt", "text/plain", "Grüße".encode("utf-16"), ""),
    ("data.json", "application/json", b'{"a": 1}', ""),
    ("paper.docx", f"{OFFICE}.wordprocessingml.document", DOCX, f"{OFFICE}.wordprocessingml.document"),
    ("table.xlsx", f"{OFFICE}.spreadsheetml.sheet", XLSX, f"{OFFICE}.spreadsheetml.sheet"),
    ("paper.odt", "application/vnd.oasis.opendocument.text", ODT, "application/vnd.oasis.opendocument.text"),
    ("locked.docx", f"{OFFICE}.wordprocessingml.document", compound(), f"{OFFICE}.wordprocessingml.document"),
    ("old.doc", "application/msword", compound(), "application/msword"),
    ("rich.doc", "application/msword", rb"{\rtf1\ansi hello}", "application/msword"),
    ("report.xls", "application/vnd.ms-excel", HTML, "text/html"),
    ("a.zip", "application/zip", zipped("a.txt"), "application/zip"),
    ("a.zip", "application/x-zip-compressed", zipped("a.txt"), "application/x-zip-compressed"),
    ("app.jar", "application/java-archive", SCRIPT + zipped("a"), "application/java-archive"),
    ("a.7z", "application/x-7z-compressed", b"7z\xbc\xaf\x27\x1c\0\x04", "application/x-7z-compressed"),
    ("a.tar.gz", "application/gzip", gzip.compress(tarred()), "application/gzip"),
    ("a.tar", "application/x-tar", tarred(), ""),
    ("page.html", "text/html", HTML, "text/html"),
    ("job.xlf", "application/xliff+xml", XLIFF, "application/xliff+xml"),
    ("memory.tmx", "application/octet-stream", b'\xef\xbb\xbf<?xml version="1.0"?><tmx/>', "application/x-tmx+xml"),
    ("drawing.svg", "image/svg+xml", SVG, "image/svg+xml"),
    ("drawing.svg", "image/svg+xml", XLIFF, "image/svg+xml"),
    ("a.pdf", "application/pdf", PDF, "application/pdf"),
    ("a.ai", "application/postscript", PDF, "application/pdf"),
    ("a.png", "image/png", PNG, "image/png"),
    ("a.jpg", "image/jpeg", JPEG, "image/jpeg"),
    ("saved from a chat.jpg", "image/jpeg", PNG, "image/png"),
    ("a.heic", "image/heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
    ("a.avif", "image/avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "image/avif"),
    ("a.nef", "image/x-nikon-nef", b"MM\0*\0\0\0\x08", "image/x-nikon-nef"),
    ("a.mp4", "video/mp4", b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2", "video/mp4"),
    ("a.mov", "video/quicktime", b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ", "video/quicktime"),
    ("a.m4a", "audio/mp4", b"\0\0\0\x1cftypmp42\0\0\0\0isommp42", "audio/mp4"),
    ("a.cr3", "image/x-canon-cr3", b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", ""),
    ("a.mp3", "audio/mpeg", b"ID3\x04\0\0\0\0\0\x23TSSE", "audio/mpeg"),
    ("bare.mp3", "audio/mpeg", b"\xff\xfb\x90\x64" + bytes(400), ""),
    ("a.wav", "audio/wav", b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
    ("a.webm", "video/webm", b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01", "video/webm"),
    ("a.ts", "video/mp2t", b"G@\0\x10" + bytes(184), ""),
    ("setup.exe", "application/x-msdownload", windows_program(), "application/x-msdownload"),
    ("setup.msi", "application/x-msi", INSTALLER, "application/x-msi"),
    ("other.msi", "", compound(), "application/x-ole-storage"),
    ("tool", "application/octet-stream", ELF, "application/x-executable"),
    ("libtool.so.1", "application/octet-stream", ELF, "application/x-executable"),
    ("firmware.bin", "application/octet-stream", windows_program(), "application/vnd.microsoft.portable-executable"),
    ("Tool.class", "application/java-vm", b"\xca\xfe\xba\xbe\0\0\0\x3d" + bytes(9), ""),
    ("build.sh", "application/x-sh", SCRIPT, "application/x-sh"),
    ("build.txt", "text/plain", SCRIPT, "text/plain"),
    ("nothing", "", b"", ""),
]


@pytest.mark.parametrize(
    ("name", "claimed", "head", "shown"), HONEST, ids=lambda value: value if isinstance(value, str) else ""
)
def test_honest_files_pass(name: str, claimed: str, head: bytes, shown: str) -> None:
    assert kinds.check(load({}), name, claimed, head) == shown


@pytest.mark.parametrize(
    ("name", "claimed", "head", "sentence"),
    [
        ("report.pdf", "application/pdf", windows_program(), "This is a Windows program, though its name ends in .pdf."),
        ("photo.PNG", "image/png", windows_program(mark=b"NE\0\0"), "a Windows program, though its name ends in .png."),
        ("far.jpg", "image/jpeg", windows_program(at=6000), "a Windows program"),
        ("notes.txt", "text/plain", windows_program(), "a Windows program, though its name ends in .txt."),
        ("holiday", "image/jpeg", windows_program(), "a Windows program, though it is sent as image/jpeg."),
        ("holiday", "application/pdf", ELF, "a Linux program, though it is sent as application/pdf."),
        ("a.docx", "", ELF, "a Linux program"),
        ("a.mp4", "video/mp4", MACH_O, "a Mac program"),
        ("a.mp4", "video/mp4", UNIVERSAL, "a Mac program"),
        ("a.zip", "application/zip", SCRIPT, "a script, though its name ends in .zip."),
        ("letter.doc", "application/msword", INSTALLER, "a Windows installer, though its name ends in .doc."),
        ("a.png", "image/png", PDF, "a PDF, though its name ends in .png."),
        ("a.pdf", "application/pdf", HTML, "a web page, though its name ends in .pdf."),
        ("a.pdf", "application/pdf", DOCX, "a ZIP archive"),
        ("a.csv", "text/csv", XLSX, "a ZIP archive, though its name ends in .csv."),
        ("a.jpg", "image/jpeg", XLIFF, "an XML file"),
        ("a.docx", "", PNG, "a PNG picture"),
        ("a.exe", "", PDF, "a PDF, though its name ends in .exe."),
        ("a", "image/png", PDF, "a PDF, though it is sent as image/png."),
    ],
)  # fmt: skip
def test_disguises_are_named(name: str, claimed: str, head: bytes, sentence: str) -> None:
    with pytest.raises(TypeMismatch) as mismatch:
        kinds.check(load({}), name, claimed, head)
    assert sentence in mismatch.value.detail
    assert mismatch.value.detail.endswith("Give it its right name, or choose another file.")


@pytest.mark.parametrize(
    ("allowed", "name", "claimed", "head"),
    [
        ("image/*", "a.png", "image/png", PNG),
        ("image/*", "a.heic", "image/heic", b"\0\0\0\x18ftypheic"),
        ("image/png", "a.png", "image/png", b"nobody knows"),
        ("audio/*", "a.m4a", "audio/mp4", b"\0\0\0\x1cftypmp42"),
        (".docx", "a.docx", "application/octet-stream", DOCX),
        (f"{OFFICE}.wordprocessingml.document", "a.docx", f"{OFFICE}.wordprocessingml.document", DOCX),
        (".sketch", "a.sketch", "application/octet-stream", zipped("document.json")),
        ("text/*", "a.txt", "text/plain", SCRIPT),
        (".exe", "a.exe", "application/x-msdownload", windows_program()),
    ],
)  # fmt: skip
def test_what_is_on_the_list(allowed: str, name: str, claimed: str, head: bytes) -> None:
    settings = load({"SMARTUPLOAD_ALLOWED_TYPES": allowed})
    limits.check_type(settings, name, claimed)
    kinds.check(settings, name, claimed, head)


@pytest.mark.parametrize(
    ("allowed", "name", "claimed", "head", "shown"),
    [
        ("image/png", "a.png", "image/png", JPEG, "image/jpeg"),
        ("image/*", "setup.unheard", "image/png", windows_program(), "portable-executable"),
        ("application/x-report", "a", "application/x-report", PNG, "image/png"),
        ("image/*", "drawing", "image/x-drawing", zipped("a"), "application/zip"),
        ("application/pdf", "a.unheard", "application/pdf", zipped("a"), "application/zip"),
    ],
)  # fmt: skip
def test_what_is_not_on_the_list(allowed: str, name: str, claimed: str, head: bytes, shown: str) -> None:
    settings = load({"SMARTUPLOAD_ALLOWED_TYPES": allowed})
    limits.check_type(settings, name, claimed)
    with pytest.raises((TypeNotAllowed, TypeMismatch), match=shown if "unheard" not in name else "This is a"):
        kinds.check(settings, name, claimed, head)


NAMES = [f"a.{extension}" for extension in "txt csv pdf png jpg docx xls mp4 mp3 zip exe html svg xlf bin".split()] + [
    "a",
    "..",
    ".x",
]
TYPES = ["", "application/octet-stream", "image/png", "application/pdf", "text/plain", "video/mp4"]


@pytest.mark.parametrize("seed", range(300))
def test_noise_passes(seed: int) -> None:
    chance = random.Random(seed)
    for head in (chance.randbytes(kinds.HEAD), chance.randbytes(seed), bytes(seed), b"MZ" + chance.randbytes(300)):
        assert kinds.check(load({}), chance.choice(NAMES), chance.choice(TYPES), head) == ""


SIGNS = [head for *_, head, _ in HONEST] + [INSTALLER, MACH_O, UNIVERSAL]


@given(
    st.sampled_from(NAMES) | st.text(min_size=1),
    st.sampled_from(TYPES) | st.text(),
    st.binary(max_size=200)
    | st.tuples(st.sampled_from(SIGNS), st.integers(0, 80), st.binary()).map(lambda one: one[0][: one[1]] + one[2]),
    st.sampled_from(["", "image/*,.docx", "application/zip"]),
)
def test_whatever_the_bytes_are_it_passes_or_says_why(name: str, claimed: str, head: bytes, allowed: str) -> None:
    with contextlib.suppress(TypeMismatch, TypeNotAllowed):
        assert "/" in (kinds.check(load({"SMARTUPLOAD_ALLOWED_TYPES": allowed}), name, claimed, head) or "/")


def test_a_disguise_is_refused_before_anything_is_opened(ctx: Context, store: MemoryStore, person: Person) -> None:
    with pytest.raises(TypeMismatch):
        person.creates("report.pdf", 5000, type="application/pdf", head=windows_program())
    assert store.calls == []
    assert library.list_uploads(ctx, "anna").uploads == []


@pytest.mark.parametrize("keep", [False, True])
def test_who_lies_at_the_start_is_found_at_the_end(make_context: Callable[..., Context], keep: bool) -> None:
    ctx = make_context(keep_blocked=str(keep))
    person, body = Person(ctx), windows_program()
    upload = person.creates("report.pdf", len(body), type="application/pdf", head=PDF)
    person.sends(upload, [body])
    blocked = person.completes(upload)
    assert blocked.state == "blocked"
    assert blocked.error == {
        "code": "type_mismatch",
        "detail": "This is a Windows program, though its name ends in .pdf. Give it its right name, or choose another file.",
    }
    store = ctx.store
    assert isinstance(store, MemoryStore)
    assert sorted(store.objects) == ([f"uploads/{upload.id}/1"] if keep else [])
    with pytest.raises(NotReady):
        library.download_url(ctx, person.owner, upload.id)
