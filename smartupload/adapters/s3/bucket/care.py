"""What is made of what was found at a bucket and tried there: what the app does without, and what whoever runs it is to mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from smartupload.adapters.s3.answers import log, translated
from smartupload.adapters.s3.bucket.look import Bucket
from smartupload.adapters.s3.bucket.trial import Abilities, Found
from smartupload.ports import Trouble

_OTHER = "Name another store, see docs/stores.md."
_LOOSE = "The store takes other bytes than the signed ones: whoever gets hold of an address can write what they like, and damage is {found}."


class Care:
    """Of one bucket. `trial`: what the store can, found by trying it. `asked`: how objects are to be encrypted, in words."""

    def __init__(self, bucket: Bucket, trial: Callable[[], Abilities], asked: str) -> None:
        self.bucket = bucket
        self.trial = trial
        self._asked = asked
        self.troubles: Sequence[Trouble] = ()
        #: Whether browsers may be given forms, as far as that is known.
        self.hands_over = True
        #: Whether a form is held to its key, its length and its digest; not before that is known.
        self.holds_forms = False

    def look(self, origins: Sequence[str], keep_days: int, least_days: int) -> None:
        """Set what may be set, try the store, and have `troubles` say what is left. Raises StoreUnavailable."""
        found = self.bucket.look(origins, keep_days, least_days)
        if not any(trouble.stops for trouble in found):
            with translated("try"):
                found += self._tried()
        before, self.troubles = self.troubles, found
        for trouble in found:
            if trouble not in before:
                log.warning("the bucket is not as it should be", what=trouble.what, remedy=trouble.remedy)
        if before and not found:
            log.info("the bucket is as it should be now")

    def _tried(self) -> list[Trouble]:
        can = self.trial()
        # One that takes other bytes than the signed ones would take them from whoever got hold of a form.
        hands_over = not any(_not(one) for one in (can.form, can.form_digest, can.copied))
        if self.hands_over and not hands_over:
            said = {"form": can.form.said, "other_bytes": can.form_digest.said, "copy": can.copied.said}
            log.info("nothing is handed over to browsers", **{name: value for name, value in said.items() if value})
        self.hands_over = hands_over
        self.holds_forms = bool(can.form and can.form_held)
        found: list[Trouble] = []
        if _not(can.digest):
            when = "found only when a file is complete" if can.composite else "not found"
            found.append(Trouble("digest", _LOOSE.format(found=when), _OTHER))
        if _not(can.opened):
            what = f"The store cannot be used: it opens no multipart uploads ({can.opened.said})."
            return [*found, Trouble("store", what, _OTHER, stops=True)]
        if _not(can.listed):
            what = f"The store cannot be used: it does not say which parts have arrived ({can.listed.said})."
            found.append(Trouble("store", what, _OTHER, stops=True))
        if _not(can.encrypted):
            what = f"The store cannot be used: it does not encrypt as SMARTUPLOAD_S3_ENCRYPTION asks ({self._asked}: {can.encrypted.said})."
            remedy = "Set SMARTUPLOAD_S3_ENCRYPTION=off, or have the store encrypt."
            found.append(Trouble("encryption", what, remedy, stops=True))
        return found


def _not(found: Found) -> bool:
    return found.works is False
