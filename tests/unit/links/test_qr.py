"""A link as a QR code."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import segno

from smartupload.service.links import qr


def test_it_is_an_svg_of_that_code_black_on_white_with_room_around_it() -> None:
    link = "https://example.org/f/group/abcdefghijklmnopqrstuv"
    drawn = qr.svg(link)
    root = ET.fromstring(drawn)
    assert root.tag.endswith("svg")
    wide = segno.make(link, error="m", micro=False).symbol_size(border=qr.QUIET)[0]
    assert root.attrib["viewBox"] == f"0 0 {wide} {wide}"
    assert b"#fff" in drawn
    assert b"<script" not in drawn
    assert qr.svg(link + "x") != drawn
