"""A file of one part: sent with one PUT, and nothing of it left behind when that PUT comes once more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import PartsMissing
from smartupload.models import Upload
from smartupload.ports import SignedForm, SignedRequest
from smartupload.service.context import Context
from smartupload.service.housekeeping import expire, late_parts, reconcile
from smartupload.service.parts.sign import SHORT, SignedParts
from smartupload.service.records import rows
from smartupload.service.uploads import cancel
from tests.fixtures_store import noise
from tests.unit.files.test_kinds import PDF, windows_program
from tests.unit.person import Person

HOUR = 3600


@pytest.fixture
def clock(ctx: Context) -> ManualClock:
    assert isinstance(ctx.clock, ManualClock)
    return ctx.clock


def again(store: MemoryStore, signed: SignedParts, body: bytes) -> int:
    """The same PUT once more, as a browser does that has not heard the answer."""
    (part,) = signed.parts
    return store.put(SignedRequest(part.url, part.headers or {}), body)


def row(ctx: Context, upload_id: str) -> Upload:
    found = rows.find(ctx, upload_id)
    assert found is not None
    return found


@pytest.mark.parametrize(("lists", "looks"), [(True, ["list_parts"]), (False, ["list_parts", "head"])])
def test_the_store_is_asked_for_nothing_that_nobody_needs(
    make_context: Callable[..., Context], lists: bool, looks: list[str]
) -> None:
    """What has said its digest when it was looked for is not asked for it again."""
    ctx = make_context(MemoryStore(lists_digests=lists))
    person, store = Person(ctx), ctx.store
    assert isinstance(store, MemoryStore)
    upload = person.creates()
    person.sends(upload, person.cut(upload))
    assert store.calls == []
    done = person.completes(upload)
    assert (done.state, done.checksum is not None) == ("ready", True)
    assert store.calls == [*looks, "read"]
    assert store.objects.keys() == {row(ctx, upload.id).key}


@pytest.mark.parametrize("lists", [True, False])
def test_its_checksum_is_that_of_one_part(make_context: Callable[..., Context], lists: bool) -> None:
    one, other = (make_context(MemoryStore(lists_digests=lists, single_put=single)) for single in (True, False))
    assert Person(one).uploads().checksum == Person(other, "berta").uploads().checksum


def form_of(ctx: Context, size: int) -> SignedForm | None:
    person = Person(ctx)
    upload = person.creates(size=size)
    (part, *_) = person.signs(upload, person.claims(person.cut(upload))).parts
    return part.form


def test_a_short_one_may_come_as_a_form(ctx: Context, store: MemoryStore) -> None:
    assert form_of(ctx, 1000) is None
    store.takes_single_forms = True
    assert form_of(ctx, SHORT) is not None
    assert form_of(ctx, SHORT + 1) is None
    assert form_of(ctx, 20 * 2**20) is None
    store.single_put = False
    assert form_of(ctx, 1000) is None


def test_what_a_form_brings_after_it_was_cancelled_is_swept(
    ctx: Context, store: MemoryStore, person: Person, clock: ManualClock
) -> None:
    store.takes_single_forms = True
    upload = person.creates()
    bodies = person.cut(upload)
    (part,) = person.signs(upload, person.claims(bodies)).parts
    cancel.cancel_upload(ctx, person.owner, upload.id)
    assert part.form is not None
    assert store.post(part.form, bodies[0][:-1]) == 400
    assert store.post(part.form, bodies[0]) == 201
    clock.move(3 * HOUR)
    assert late_parts.sweep_puts(ctx) == 1
    assert store.objects == {}


def test_signed_again_it_is_there(store: MemoryStore, person: Person) -> None:
    upload = person.creates()
    person.sends(upload, person.cut(upload))
    assert [part.confirmed for part in person.signs(upload, person.claims(person.cut(upload))).parts] == [True]


def test_lost_by_the_store_it_is_missing_and_sent_again(store: MemoryStore, person: Person) -> None:
    upload = person.creates()
    person.sends(upload, person.cut(upload))
    store.objects.clear()
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra["missing"] == [1]
    person.sends(upload, person.cut(upload))
    assert person.completes(upload).state == "ready"


def test_another_version_has_a_key_of_its_own(
    ctx: Context, store: MemoryStore, person: Person, clock: ManualClock
) -> None:
    """The PUT of the version before comes late: the file is the new one, and the old one goes."""
    upload = person.creates()
    old, new = [noise(1000, 1)], [noise(1000, 2)]
    first = person.sends(upload, old, version="one")
    person.sends(upload, new, version="two", replace=True)
    assert person.completes(upload).state == "ready"
    key = row(ctx, upload.id).key
    assert store.objects.keys() == {key}
    assert again(store, first, old[0]) == 200
    assert store.objects[key][0] == new[0]
    clock.move(3 * HOUR)
    assert late_parts.sweep_puts(ctx) == 1
    assert store.objects.keys() == {key}
    assert late_parts.sweep_puts(ctx) == 0


def test_sent_again_once_it_is_ready_it_is_the_same(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates()
    (body,) = person.cut(upload)
    signed = person.sends(upload, [body])
    person.completes(upload)
    before = dict(store.objects)
    assert again(store, signed, body) == 200
    assert store.objects == before


@pytest.mark.parametrize("end", ["cancelled", "expired", "blocked"])
def test_sent_again_after_its_end_it_goes(make_context: Callable[..., Context], end: str) -> None:
    ctx = make_context(abandon_after_days="1")
    person, store, clock = Person(ctx), ctx.store, ctx.clock
    assert isinstance(store, MemoryStore)
    assert isinstance(clock, ManualClock)
    body = windows_program()
    upload = person.creates("a.pdf", len(body), type="application/pdf", head=PDF)
    signed = person.sends(upload, [body])
    if end == "cancelled":
        cancel.cancel_upload(ctx, "anna", upload.id)
    elif end == "blocked":
        person.completes(upload)
    else:
        store.objects.clear()
        clock.move(2 * 24 * HOUR)
        expire.expire(ctx)
    assert row(ctx, upload.id).state == end
    assert store.objects == {}
    assert again(store, signed, body) == 200
    if end != "expired":
        late_parts.sweep_puts(ctx)
        assert store.objects != {}, "it could still come once more"
        clock.move(3 * HOUR)
    late_parts.sweep_puts(ctx)
    assert store.objects == {}
    assert row(ctx, upload.id).signed_at is None


def test_while_the_store_is_away_it_is_looked_at_again(
    ctx: Context, store: MemoryStore, person: Person, clock: ManualClock
) -> None:
    upload = person.creates()
    signed = person.sends(upload, person.cut(upload))
    cancel.cancel_upload(ctx, "anna", upload.id)
    again(store, signed, person.cut(upload)[0])
    clock.move(3 * HOUR)
    store.away = True
    late_parts.sweep_puts(ctx)
    store.away = False
    assert store.objects != {}
    late_parts.sweep_puts(ctx)
    assert store.objects == {}


def test_its_browser_is_gone_and_the_server_finishes_it(
    ctx: Context, store: MemoryStore, person: Person, clock: ManualClock
) -> None:
    upload = person.creates()
    person.sends(upload, person.cut(upload))
    clock.move(20)
    reconcile.reconcile(ctx)
    clock.move(20)
    reconcile.reconcile(ctx)
    assert row(ctx, upload.id).state == "ready"


def test_handed_over_it_is_one_object_as_well(ctx: Context, store: MemoryStore, person: Person) -> None:
    upload = person.creates()
    bodies = person.cut(upload)
    person.posts(person.hands_over(upload, bodies), bodies)
    assert person.completes(upload).state == "ready"
    assert store.objects.keys() == {row(ctx, upload.id).key}
