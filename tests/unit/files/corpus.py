"""Small files as programs really write them: name, what browsers say their type is, bytes, and what each must be taken for."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sqlite3
import struct
import tarfile
import wave
import zipfile
import zlib
from dataclasses import dataclass

OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Sample:
    name: str
    said: tuple[str, ...]
    """By browsers, each on some system."""
    head: bytes
    taken_for: str


def archive(members: dict[str, bytes], mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        if mimetype:
            file.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def ooxml(folder: str, part: str) -> bytes:
    types = f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{folder}/{part}.xml" ContentType="x"/></Types>'
    return archive(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": b"<Relationships/>",
            f"{folder}/{part}.xml": b"<document/>" * 40,
            "docProps/core.xml": b"<coreProperties/>",
        }
    )


def opendocument(kind: str) -> bytes:
    return archive({"content.xml": b"<office:document-content/>", "META-INF/manifest.xml": b"<manifest/>"}, kind)


def compound(stream: str) -> bytes:
    """An OLE file (MS-CFB): a header, a table of sectors, a directory with one stream."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 0x2C, 1, 1)
    struct.pack_into("<I", header, 0x4C, 0)
    directory = bytearray(512)
    for at, name in enumerate(("Root Entry", stream)):
        text = name.encode("utf-16-le")
        directory[128 * at : 128 * at + len(text)] = text
        struct.pack_into("<HB", directory, 128 * at + 0x40, len(text) + 2, 5 if at == 0 else 2)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    return bytes(header) + table + bytes(directory) + bytes(1024)


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    return (
        b"\xff\xd8\xff\xe1"
        + struct.pack(">H", 22)
        + b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
        + b"\xff\xdb\0\x43\0"
        + bytes(64)
        + b"\xff\xd9"
    )


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def ftyp(brand: bytes, *others: bytes) -> bytes:
    """An ISO base media file with its first boxes."""
    return (
        box(b"ftyp", brand + struct.pack(">I", 0) + b"".join((brand, *others)))
        + box(b"free", b"")
        + box(b"mdat", bytes(64))
    )


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(320))
    return out.getvalue()


def mp3(tagged: bool) -> bytes:
    frame = b"\xff\xfb\x90\x64" + bytes(413)
    return (b"ID3\x04\0\0\0\0\0\x15TIT2\0\0\0\x0b\0\0\x03A melody ." if tagged else b"") + frame * 3


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        entry = tarfile.TarInfo("a.txt")
        entry.size = 5
        file.addfile(entry, io.BytesIO(b"hello"))
    return out.getvalue()


def database() -> bytes:
    with sqlite3.connect(":memory:") as made:
        made.execute("create table words (word text)")
        return made.serialize()


def font() -> bytes:
    return struct.pack(">IHHHH", 0x00010000, 1, 16, 0, 0) + b"head" + struct.pack(">III", 0, 28, 54) + bytes(54)


def stl() -> bytes:
    return b"made by a CAD".ljust(80, b" ") + struct.pack("<I", 1) + struct.pack("<12fH", *range(12), 0)


def pdf() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def xml(root: str, attributes: str = "", body: str = "", encoding: str = "utf-8") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<{root}{" " * bool(attributes)}{attributes}>{body}</{root}>\n'.encode(
        encoding
    )


XLIFF = xml(
    "xliff",
    'version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"',
    '<file original="a.docx" source-language="en"/>',
)
ZIP = archive({"a.txt": b"hello", "folder/b.txt": b"there"})
STEP = b"ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION(('a part'),'2;1');\nENDSEC;\nEND-ISO-10303-21;\n"
HEIC = ftyp(b"heic", b"mif1", b"MiHB", b"heic")

SAMPLES = [
    # Archives, as each system calls them.
    Sample("a.zip", ("application/zip", "application/x-zip-compressed", "application/x-zip", "multipart/x-zip", ""), ZIP, "application/zip"),
    Sample("a.ZIP", (UNKNOWN,), ZIP, "application/zip"),
    Sample("backup", ("",), ZIP, "application/zip"),
    Sample("a.rar", ("application/vnd.rar", "application/x-rar-compressed", "application/x-compressed", ""), b"Rar!\x1a\x07\x01\0\x33\x92\xb5\xe5", "application/vnd.rar"),
    Sample("a.7z", ("application/x-7z-compressed", "application/x-compressed", ""), b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(24), "application/x-7z-compressed"),
    Sample("a.tar.gz", ("application/gzip", "application/x-gzip", "application/x-compressed-tar", ""), gzip.compress(tar()), "application/gzip"),
    Sample("a.tar", ("application/x-tar", ""), tar(), "application/x-tar"),
    Sample("a.tar.xz", ("application/x-xz", ""), lzma.compress(tar()), "application/x-xz"),
    Sample("a.bz2", ("application/x-bzip", "application/x-bzip2", ""), bz2.compress(b"hello"), "application/x-bzip2"),
    # Tables and texts.
    Sample("a.csv", ("text/csv", "application/vnd.ms-excel", "application/csv", "text/plain", ""), "id;Größe\n1;2\n".encode("cp1252"), "text/csv"),
    Sample("a.tsv", ("text/tab-separated-values", ""), b"id\tname\n", "text/tab-separated-values"),
    Sample("a.txt", ("text/plain", ""), "Grüße".encode("utf-16"), "text/plain"),
    Sample("README.md", ("text/markdown", "", UNKNOWN), b"# A title\n", "text/markdown"),
    Sample("a.json", ("application/json", "text/json", ""), b'{"a": 1}', "application/json"),
    Sample("a.yaml", ("application/x-yaml", "application/yaml", "text/yaml", ""), b"a: 1\n", "application/yaml"),
    Sample("a.xml", ("text/xml", "application/xml", ""), xml("words"), "application/xml"),
    # Source code.
    Sample("a.py", ("text/x-python", "text/plain", "application/x-python", ""), b"import this\n", "text/x-python"),
    Sample("tool.py", ("text/x-python", ""), b"#!/usr/bin/env python3\nimport this\n", "text/x-python"),
    Sample("a.sh", ("application/x-sh", "text/x-sh", ""), b"#!/bin/sh\necho hello\n", "application/x-sh"),
    Sample("a.js", ("text/javascript", "application/javascript", "application/x-javascript"), b"export const a = 1;\n", "text/javascript"),
    Sample("a.ts", ("video/mp2t", "text/vnd.trolltech.linguist", ""), b"export type A = 1;\n", "video/mp2t"),
    Sample("a.c", ("text/x-csrc", "text/plain", ""), b"int main(void) { return 0; }\n", "text/x-c"),
    Sample("a.java", ("text/x-java", "text/plain", ""), b"class A {}\n", "text/x-java"),
    Sample("a.sql", ("application/sql", "application/x-sql", "text/plain", ""), b"select 1;\n", "application/sql"),
    Sample("a.php", ("application/x-php", "application/x-httpd-php", ""), b"<?php echo 1;\n", "application/x-httpd-php"),
    Sample("a.ipynb", ("application/x-ipynb+json", ""), b'{"cells": [], "nbformat": 4}', "application/x-ipynb+json"),
    # Office, three generations.
    Sample("a.doc", ("application/msword", ""), compound("WordDocument"), "application/msword"),
    Sample("a.xls", ("application/vnd.ms-excel", "application/x-msexcel", ""), compound("Workbook"), "application/vnd.ms-excel"),
    Sample("a.ppt", ("application/vnd.ms-powerpoint", ""), compound("PowerPoint Document"), "application/vnd.ms-powerpoint"),
    Sample("old.doc", ("application/msword",), rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}} hello}", "application/msword"),
    Sample("a.rtf", ("application/rtf", "text/rtf", "application/msword", ""), rb"{\rtf1\ansi hello}", "application/rtf"),
    Sample("word2003.xml", ("text/xml", ""), xml("w:wordDocument", 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'), "application/xml"),
    Sample("a.docx", (f"{OOXML}.wordprocessingml.document", "application/zip", "application/x-zip-compressed", ""), ooxml("word", "document"), f"{OOXML}.wordprocessingml.document"),
    Sample("a.xlsx", (f"{OOXML}.spreadsheetml.sheet", "application/vnd.ms-excel", ""), ooxml("xl", "workbook"), f"{OOXML}.spreadsheetml.sheet"),
    Sample("a.pptx", (f"{OOXML}.presentationml.presentation", ""), ooxml("ppt", "presentation"), f"{OOXML}.presentationml.presentation"),
    Sample("a.docm", ("application/vnd.ms-word.document.macroEnabled.12", ""), ooxml("word", "document"), "application/vnd.ms-word.document.macroenabled.12"),
    Sample("a.dotx", (f"{OOXML}.wordprocessingml.template", ""), ooxml("word", "document"), f"{OOXML}.wordprocessingml.template"),
    Sample("letter", ("",), ooxml("word", "document"), f"{OOXML}.wordprocessingml.document"),
    Sample("locked.docx", (f"{OOXML}.wordprocessingml.document",), compound("EncryptedPackage"), f"{OOXML}.wordprocessingml.document"),
    Sample("a.odt", (f"{ODF}.text", "application/x-vnd.oasis.opendocument.text", ""), opendocument(f"{ODF}.text"), f"{ODF}.text"),
    Sample("a.ods", (f"{ODF}.spreadsheet", ""), opendocument(f"{ODF}.spreadsheet"), f"{ODF}.spreadsheet"),
    Sample("a.odp", (f"{ODF}.presentation", ""), opendocument(f"{ODF}.presentation"), f"{ODF}.presentation"),
    Sample("table", ("",), opendocument(f"{ODF}.spreadsheet"), f"{ODF}.spreadsheet"),
    Sample("a.fodt", (f"{ODF}.text-flat-xml", "text/xml", ""), xml("office:document", 'office:mimetype="x"'), f"{ODF}.text-flat-xml"),
    Sample("a.sxw", ("application/vnd.sun.xml.writer", ""), opendocument("application/vnd.sun.xml.writer"), "application/vnd.sun.xml.writer"),
    Sample("a.epub", ("application/epub+zip", ""), opendocument("application/epub+zip"), "application/epub+zip"),
    Sample("a.pages", ("application/vnd.apple.pages", "application/x-iwork-pages-sffpages", ""), archive({"Index/Document.iwa": b"x"}), "application/vnd.apple.pages"),
    Sample("a.pdf", ("application/pdf", "application/x-pdf", ""), pdf(), "application/pdf"),
    # Pictures.
    Sample("a.jpg", ("image/jpeg", "image/jpg", "image/pjpeg", ""), jpeg(), "image/jpeg"),
    Sample("photo", ("", UNKNOWN), jpeg(), "image/jpeg"),
    Sample("image.jpeg_large", ("",), jpeg(), "image/jpeg"),
    Sample("a.png", ("image/png", "image/x-png", ""), png(), "image/png"),
    Sample("IMG_0001.HEIC", ("image/heic", "image/heif", ""), HEIC, "image/heic"),
    Sample("IMG_0002.heif", ("image/heif", "image/heic", ""), ftyp(b"mif1", b"heic"), "image/heif"),
    Sample("IMG_0003", ("",), HEIC, "image/heic"),
    Sample("a.gif", ("image/gif", ""), b"GIF89a\x01\0\x01\0\0\0\0;", "image/gif"),
    Sample("a.webp", ("image/webp", ""), b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0", "image/webp"),
    Sample("a.bmp", ("image/bmp", "image/x-ms-bmp", ""), b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0" + bytes(44), "image/bmp"),
    Sample("a.svg", ("image/svg+xml", ""), b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
    Sample("drawing", ("",), xml("svg", 'xmlns="http://www.w3.org/2000/svg"'), "image/svg+xml"),
    # CAD.
    Sample("a.dwg", ("image/vnd.dwg", "application/acad", "application/x-dwg", ""), b"AC1032\0\0\0\0\0\0\0" + bytes(100), "image/vnd.dwg"),
    Sample("a.dxf", ("image/vnd.dxf", "application/dxf", ""), b"  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\nEOF\n", "image/vnd.dxf"),
    Sample("a.step", ("model/step", "application/step", ""), STEP, "model/step"),
    Sample("a.ifc", ("application/x-step", ""), STEP, "application/x-ifc"),
    Sample("a.stl", ("model/stl", "application/vnd.ms-pki.stl", "application/sla", ""), stl(), "model/stl"),
    Sample("a.obj", ("model/obj", "application/x-tgif", ""), b"v 0 0 0\nf 1 1 1\n", "model/obj"),
    Sample("a.3mf", ("model/3mf", "application/vnd.ms-package.3dmanufacturing-3dmodel+xml", ""), archive({"3D/3dmodel.model": b"<model/>"}), "model/3mf"),
    # Subtitles, sound, films.
    Sample("a.srt", ("application/x-subrip", "text/plain", ""), b"1\n00:00:01,000 --> 00:00:03,000\nHello\n", "application/x-subrip"),
    Sample("a.vtt", ("text/vtt", ""), b"WEBVTT\n\n00:01.000 --> 00:03.000\nHello\n", "text/vtt"),
    Sample("a.ass", ("text/x-ssa", ""), b"[Script Info]\nScriptType: v4.00+\n", "text/x-ssa"),
    Sample("a.ttml", ("application/ttml+xml", "text/xml", ""), xml("tt", 'xmlns="http://www.w3.org/ns/ttml"'), "application/ttml+xml"),
    Sample("a.mp3", ("audio/mpeg", "audio/mp3", "audio/x-mp3", "audio/mpeg3", ""), mp3(tagged=True), "audio/mpeg"),
    Sample("bare.mp3", ("audio/mp3", ""), mp3(tagged=False), "audio/mpeg"),
    Sample("a.wav", ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", ""), sound(), "audio/wav"),
    Sample("a.m4a", ("audio/x-m4a", "audio/mp4", ""), ftyp(b"M4A ", b"mp42"), "audio/mp4"),
    Sample("a.mov", ("video/quicktime", ""), ftyp(b"qt  "), "video/quicktime"),
    Sample("a.mp4", ("video/mp4", ""), ftyp(b"isom", b"mp41"), "video/mp4"),
    # What translators send.
    Sample("a.xlf", ("application/xliff+xml", "application/x-xliff+xml", "text/xml", ""), XLIFF, "application/xliff+xml"),
    Sample("a.xliff", ("", UNKNOWN), XLIFF, "application/xliff+xml"),
    Sample("a.docx.sdlxliff", ("", "text/xml", UNKNOWN), XLIFF, "application/x-sdlxliff+xml"),
    Sample("a.mqxliff", ("",), XLIFF, "application/x-mqxliff+xml"),
    Sample("job", ("",), XLIFF, "application/xliff+xml"),
    Sample("a.tmx", ("", "application/x-tmx", "text/xml"), xml("tmx", 'version="1.4"', "<header/><body/>"), "application/x-tmx+xml"),
    Sample("wide.tmx", ("",), xml("tmx", 'version="1.4"', encoding="utf-16"), "application/x-tmx+xml"),
    Sample("a.tbx", ("", "text/xml"), xml("martif", 'type="TBX" xml:lang="en"'), "application/x-tbx+xml"),
    Sample("a.doc.ttx", ("", "text/xml"), xml("TRADOStag", 'Version="2.0"', encoding="utf-16"), "application/x-ttx+xml"),
    Sample("de.po", ("text/x-gettext-translation", "application/x-gettext", ""), b'msgid ""\nmsgstr ""\n"Language: de\\n"\n', "text/x-gettext-translation"),
    Sample("a.pot", ("application/vnd.ms-powerpoint", "text/x-gettext-translation-template", ""), b'msgid "a"\nmsgstr ""\n', "text/x-gettext-translation-template"),
    Sample("a.idml", ("", "application/zip", "application/vnd.adobe.indesign-idml-package"), opendocument("application/vnd.adobe.indesign-idml-package"), "application/vnd.adobe.indesign-idml-package"),
    Sample("a.properties", ("", "text/plain"), b"hello=Hallo\n", "text/x-java-properties"),
    Sample("a.resx", ("", "text/xml"), xml("root"), "application/x-resx+xml"),
    # Others.
    Sample("a.ttf", ("font/ttf", "application/x-font-ttf", ""), font(), "font/ttf"),
    Sample("a.sqlite", ("application/vnd.sqlite3", "application/x-sqlite3", ""), database(), "application/vnd.sqlite3"),
    Sample("a.eml", ("message/rfc822", ""), b"From: a@example.org\r\nSubject: Hello\r\n\r\nHello\r\n", "message/rfc822"),
]  # fmt: skip
