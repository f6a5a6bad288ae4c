"""Writes the package's English where its scripts find it: `python -m scripts.words`, after a change in `locales/en`."""

from pathlib import Path

from reflex_smartupload import catalogues

CLIENT = Path(catalogues.__file__).parent / "client"


def main() -> None:
    for path, text in catalogues.english_modules().items():
        (CLIENT / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
