"""What MkDocs is told while it builds the site: pages from outside of `docs/`, the reference, and scripts that would else come from elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
# MkDocs loads this file by its path.
sys.path[:0] = [str(ROOT)]

from scripts.site import outside, reference  # noqa: E402

DECISIONS = 0.1
"""How much what is found in a decision counts beside what is found elsewhere."""
MERMAID = "assets/javascripts/mermaid.tiny.js"
ASSETS = {
    MERMAID: "node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js",
    "assets/javascripts/iframe-worker.js": "node_modules/iframe-worker/shim/index.js",
    "assets/stylesheets/site.css": "scripts/site/site.css",
    "assets/favicon.svg": "assets/favicon.svg",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for source, page in outside.PAGES.items():
        text = outside.site_links(outside.text_of(source), source, page)
        files.append(File.generated(config, page, content=text))
    for page, text in reference.pages().items():
        files.append(File.generated(config, page, content=text))
    for place, source in ASSETS.items():
        if not (ROOT / source).is_file():
            raise SystemExit(f"docs: {source} is not there; `make docs` sets up what it needs")
        files.append(File.generated(config, place, abs_src_path=str(ROOT / source)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Hooks are a job of their own, whose text is a part of another page."""
    jobs = next(item for item in nav.items if isinstance(item, Section) and item.title == "Jobs")
    at = next(
        at for at, item in enumerate(jobs.children) if isinstance(item, Page) and item.file.src_uri == "events.md"
    )
    hooks = Link("Hooks", "library.html#hooks")
    hooks.parent = jobs
    jobs.children.insert(at + 1, hooks)
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.startswith("decisions/"):
        # Whoever searches wants to know how it is, and only then why.
        page.meta["search"] = {"boost": DECISIONS}
    if page.file.generated_by:
        return markdown
    return outside.site_links(markdown, f"docs/{page.file.src_uri}", page.file.src_uri)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Diagrams are drawn by a script of three megabytes, which only pages with one load."""
    if 'class="mermaid"' not in output:
        return output
    up = "../" * (len(PurePosixPath(page.file.dest_uri).parts) - 1)
    return output.replace("</head>", f'<script src="{up}{MERMAID}"></script></head>', 1)


def on_post_build(config: MkDocsConfig) -> None:
    """The theme's script knows an address from which it would fetch what `on_post_page` has put there."""
    for script in Path(config.site_dir, "assets/javascripts").glob("bundle.*.js"):
        script.write_text(re.sub(r"https://unpkg\.com/[^\"'`]+", "", script.read_text()))
