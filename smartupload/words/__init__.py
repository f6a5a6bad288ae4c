"""What the server says to people: sentences by their keys, in the language of whoever reads them."""

from .catalogue import ENGLISH, LANGUAGES, Catalogues, catalogues
from .reading import language, say, speaking
from .sentence import Argument, Sentence, Size

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Argument",
    "Catalogues",
    "Sentence",
    "Size",
    "catalogues",
    "language",
    "say",
    "speaking",
]
