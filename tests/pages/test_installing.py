"""The site as an app that people install: its manifest, and what a page says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import reflex as rx
import reflex_smartupload as su
from reflex_smartupload import installing

ASSETS = Path(__file__).resolve().parents[2] / "assets"


def manifest(plugin: su.SmartuploadPlugin, assets: Path = ASSETS) -> dict[str, object]:
    return json.loads(plugin.app.manifest(assets))


def test_an_app_is_its_name_its_colours_and_its_icons() -> None:
    said = manifest(su.SmartuploadPlugin(name="Desk", description="Drawings.", color="#0a7", background="#fff"))
    assert said["name"] == said["short_name"] == "Desk"
    assert said["description"] == "Drawings."
    assert (said["theme_color"], said["background_color"], said["display"]) == ("#0a7", "#fff", "standalone")
    assert said["id"] == said["start_url"] == said["scope"] == "/"
    assert said["icons"] == [
        {"src": "/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
        {"src": "/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]


def test_other_apps_share_files_with_it_where_its_service_worker_takes_them() -> None:
    target = manifest(su.SmartuploadPlugin(name="Desk"))["share_target"]
    assert isinstance(target, dict)
    assert (target["action"], target["method"], target["enctype"]) == ("/share-target", "POST", "multipart/form-data")
    assert target["params"]["files"] == [{"name": "files", "accept": ["*/*"]}]
    script = (Path(installing.__file__).parent / "sw-share.js").read_text()
    assert 'new URL("share-target", here)' in script
    assert 'getAll("files")' in script


def test_below_a_path_all_of_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = rx.Config(app_name="a", frontend_path="/desk", plugins=[su.SmartuploadPlugin(name="Desk")])
    monkeypatch.setattr(installing, "get_config", lambda: config)
    assert installing.share_target() == "/desk/share-target"
    (tmp_path / "own.svg").write_text("<svg/>")
    said = manifest(su.SmartuploadPlugin(name="Desk", icons=["/own.svg"]), tmp_path)
    assert said["id"] == said["start_url"] == said["scope"] == "/desk/"
    assert said["icons"] == [{"src": "/desk/own.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]


@pytest.mark.parametrize("icon", ["/icon-64.png", "/robots.txt"])
def test_an_icon_that_is_not_there_or_no_picture_is_named(icon: str) -> None:
    with pytest.raises(ValueError, match=icon[1:]):
        manifest(su.SmartuploadPlugin(name="Desk", icons=[icon]))


def test_a_page_says_it_only_where_there_is_an_app(monkeypatch: pytest.MonkeyPatch) -> None:
    def head(plugin: su.SmartuploadPlugin) -> str:
        monkeypatch.setattr(installing, "get_config", lambda: rx.Config(app_name="a", plugins=[plugin]))
        monkeypatch.chdir(ASSETS.parent)
        return "\n".join(map(str, su.install_head()))

    assert head(su.SmartuploadPlugin()) == ""
    assert installing.share_target() == ""
    said = head(su.SmartuploadPlugin(name="Desk", background="#fafafa", dark="#101010"))
    for part in ("/manifest.webmanifest", "/apple-touch-icon.png", '"#fafafa"', '"(prefers-color-scheme: dark)"'):
        assert part in said
    assert not [path for path, _ in su.SmartuploadPlugin().get_static_assets() if path.name == installing.MANIFEST]
