"""Writes the package's English where its scripts find it: `python -m scripts.words`, after a change in `locales/en`."""

from pathlib import Path

from reflex_smartupload import catalogues

SCRIPT = Path(catalogues.__file__).parent / "client" / "core" / "words" / "english.js"


def main() -> None:
    SCRIPT.write_text(catalogues.module_of_english(), encoding="utf-8")


if __name__ == "__main__":
    main()
