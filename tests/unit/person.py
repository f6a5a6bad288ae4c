"""Somebody who uploads, as the service sees them."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from smartupload.models import Upload
from smartupload.ports import SignedForm, SignedRequest
from smartupload.service.context import Context
from smartupload.service.finishing import complete
from smartupload.service.parts import handover, sign
from smartupload.service.parts.handover import SignedForms
from smartupload.service.parts.part_claims import PartClaim, Terms
from smartupload.service.parts.sign import SignedParts
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import states
from smartupload.service.uploads import create
from tests.fixtures_store import noise, sha256

_keys = itertools.count()


class Person:
    """One owner. Files are made of noise by their seed."""

    def __init__(self, ctx: Context, owner: str = "anna") -> None:
        self.ctx = ctx
        self.owner = owner

    def creates(self, name: str = "a.bin", size: int = 1000, key: str = "", **more: Any) -> UploadView:
        """Begin an upload."""
        return create.create_upload(self.ctx, self.owner, create.NewFile(name, size, **more), key or f"k{next(_keys)}")

    def cut(self, upload: UploadView, seed: int = 0) -> list[bytes]:
        """The file's parts."""
        body = noise(upload.size, seed)
        return [body[at : at + upload.part_size] for at in range(0, upload.size, upload.part_size)]

    def claims(self, bodies: list[bytes]) -> list[PartClaim]:
        """What is said about them."""
        return [PartClaim(number, len(body), sha256(body)) for number, body in enumerate(bodies, start=1)]

    def signs(self, upload: UploadView, claims: list[PartClaim], **terms: Any) -> SignedParts:
        """Ask for signed requests."""
        return sign.sign_parts(self.ctx, self.owner, upload.id, claims, Terms(**terms))

    def sends(self, upload: UploadView, bodies: list[bytes], only: set[int] | None = None, **terms: Any) -> SignedParts:
        """Sign and send all parts, or only some; returns what was signed."""
        claims = [claim for claim in self.claims(bodies) if only is None or claim.number in only]
        signed = self.signs(upload, claims, **terms)
        self.puts(signed, bodies)
        return signed

    def puts(self, signed: SignedParts, bodies: list[bytes], only: set[int] | None = None) -> None:
        """Send what was signed, all of it or only some."""
        for part in signed.parts:
            if not part.confirmed and (only is None or part.number in only):
                request = SignedRequest(part.url, part.headers or {})
                assert self.ctx.store.put(request, bodies[part.number - 1]) == 200  # pyright: ignore[reportAttributeAccessIssue]

    def hands_over(
        self, upload: UploadView, bodies: list[bytes], only: set[int] | None = None, **terms: Any
    ) -> SignedForms:
        """Ask for forms."""
        claims = [claim for claim in self.claims(bodies) if only is None or claim.number in only]
        return handover.hand_over(self.ctx, self.owner, upload.id, claims, Terms(**terms))

    def posts(self, forms: SignedForms, bodies: list[bytes], only: set[int] | None = None) -> None:
        """What the browser does by itself with what it was given, all of it or only some."""
        for part in forms.parts:
            if not part.confirmed and (only is None or part.number in only):
                form = SignedForm(part.url, part.fields or {})
                assert self.ctx.store.post(form, bodies[part.number - 1]) == 201  # pyright: ignore[reportAttributeAccessIssue]

    def completes(self, upload: UploadView) -> UploadView:
        """Finish it."""
        return complete.complete_upload(self.ctx, self.owner, upload.id)

    def uploads(self, name: str = "a.bin", size: int = 1000, seed: int = 0, **more: Any) -> UploadView:
        """All of it."""
        upload = self.creates(name, size, **more)
        self.sends(upload, self.cut(upload, seed))
        return self.completes(upload)


def put_into(ctx: Context, upload_id: str, state: str, **values: Any) -> None:
    """Put a row into a state, by ways that there are, with nobody told; then set these values."""
    with ctx.db.write() as session:
        row = col(Upload.id) == upload_id
        now = session.exec(select(Upload.state).where(row)).one()
        ways: dict[str, list[str]] = {now: []}
        while state not in ways:
            ways = {after: [*ways[before], after] for before, after in states.pairs() if before in ways} | ways
        for step in ways[state]:
            session.exec(update(Upload).where(row).values(state=step))
        if values:
            session.exec(update(Upload).where(row).values(**values))
