"""What stands between a browser and the store: the file arrives all the same, or its card says what it is, and no bytes go round and round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.line.forward import ForwardLine
from smartupload_testing.wait import wait_for

from tests.browser.person import Person
from tests.browser.server import Server

SIZE = 12 * MIB
Make = Callable[..., Original]


def says(person: Person, page: Page, file: Original, words: str) -> None:
    """Within a minute, with a button, and after no more bytes than 1.3 times the file."""
    card = person.card(page, file.name).first
    expect(card.get_by_role("button", name="Try again", exact=True)).to_be_visible(timeout=60_000)
    expect(card).to_contain_text(re.compile(words))
    received = person.server.line.received
    assert received <= 1.3 * file.size, f"{received / file.size:.2f} times the file"


def goes_on(person: Person, page: Page, file: Original) -> None:
    """What stood in the way is gone, and a person wants it tried: each part goes once more."""
    person.server.line.forget()
    person.server.line.rule()
    person.press(page, file.name, "Try again")
    person.finished(page, file)
    assert person.server.line.received <= file.size


READ = {
    413: "lets no upload of this size through",
    403: "refuses the upload",
    # From somebody who is no proxy of the browser's a page does not hear it.
    407: "keeps them apart",
    502: "answers that it is away",
}


@pytest.mark.parametrize("cors", ["cors", "no-cors"])
def test_somebody_answers_in_the_place_of_the_store(person: Person, server: Server, original: Make, cors: str) -> None:
    page = person.open()
    for status, words in READ.items():
        server.line.forget()
        file = original(SIZE)
        server.line.rule(f"PUT answer={status} {cors}")
        person.pick(page, file)
        says(person, page, file, words if cors == "cors" else "keeps them apart")
        goes_on(person, page, file)
    if cors == "cors":
        said = "a browser's PUT to .* was answered 403 by something that is not the store"
        assert len(re.findall(said, server.log.read_text())) == 1


@pytest.mark.parametrize(
    ("rule", "rate"),
    [
        ("PUT above=1MB cut=1MB", None),
        ("PUT above=1MB cut=0.5s", 2 * MIB),
    ],
    ids=["by size", "by time"],
)
def test_a_line_that_cuts(person: Person, server: Server, original: Make, rule: str, rate: float | None) -> None:
    """It does so to every part; by time as a proxy does after 60 s, on a line on which a part takes as long."""
    file = original(SIZE)
    server.line.rule(rule)
    server.line.shape(rate)
    page = person.open()
    person.pick(page, file)
    says(person, page, file, "cut before a part is through")
    server.line.shape(None)
    goes_on(person, page, file)


def test_a_store_whose_answers_cannot_be_read(person: Person, server: Server, original: Make) -> None:
    """Nobody sees an ETag: the server is asked what has arrived, and nothing goes twice."""
    file = original(SIZE)
    server.line.rule("PUT strip=Access-Control-Expose-Headers")
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    assert server.line.received == file.size


@pytest.fixture
def line() -> Iterator[ForwardLine]:
    made = ForwardLine()
    yield made
    made.close()


def test_a_proxy_of_the_browser_that_wants_a_sign_in(
    people: Callable[..., Person], original: Make, line: ForwardLine
) -> None:
    """A page hears of a 407 only where it comes from a proxy that the browser was set to."""
    file = original(SIZE)
    line.rule("PUT answer=407")
    person = people(flags=line.flags)
    page = person.open()
    person.pick(page, file)
    says(person, page, file, "proxy of this network wants you to sign in")
    assert line.received <= 1.3 * file.size
    line.rule()
    goes_on(person, page, file)


def test_no_websocket_no_stream_and_no_service_worker(
    people: Callable[..., Person], original: Make, line: ForwardLine
) -> None:
    """The pages keep showing, cards go on, and the sentence promises no more than the tab can hold."""
    line.rule("websocket block", "GET path=/api/events hold", "GET path=/sw.js answer=403")
    file = original(SIZE)
    person = people(flags=line.flags)
    page = person.open()
    person.server.line.shape(2 * MIB)
    person.pick(page, file)
    person.wait_state(page, file.name, "uploading")
    leave = person.card(page, file.name).get_by_test_id("leave")
    expect(leave).to_have_attribute("data-leave", re.compile("stay|return"))
    page.get_by_role("link", name="Projects").first.click()
    expect(page).to_have_url(re.compile("/projects"))
    expect(page.get_by_test_id("upload-tray").first).to_be_visible()
    person.finished(page, file)
    page.get_by_role("link", name="Home").first.click()
    person.wait_state(page, file.name, "ready")  # nothing has told of it
    page.get_by_role("link", name="Files").first.click()
    expect(page.get_by_role("status").filter(has_text=re.compile("no websocket.* through"))).to_be_visible()
    assert set(line.rules.hits) == {rule.text for rule in line.rules}, "each of them has happened"


def test_a_browser_that_does_not_let_the_page_into_a_private_network(
    people: Callable[..., Person], server: Server, original: Make
) -> None:
    """To it the page is a public one. It asks its person only of what the page itself asks for; a headless one says no to that by itself."""
    file = original(SIZE)
    person = people(flags=(f"--ip-address-space-overrides=127.0.0.1:{server.port}=public",))
    page = person.open()
    person.pick(page, file)
    says(person, page, file, "allow it to reach devices on the local network")
    assert not server.line.requests, "nothing has left the browser"
    person.answers_question("granted", "local-network", "loopback-network", "local-network-access")
    goes_on(person, page, file)


@pytest.mark.settings(RELAY="on")
@pytest.mark.parametrize("rule", ["PUT answer=407 no-cors", "block"], ids=["PUTs refused", "store blocked"])
def test_through_the_app(person: Person, server: Server, original: Make, rule: str) -> None:
    """Byte for byte, and of what went to the store nothing got there."""
    file = original(SIZE)
    server.line.rule(rule)
    page = person.open()
    person.pick(page, file)
    upload = wait_for(
        lambda: next((one for one in person.uploads(page) if one["state"] == "ready"), None), 60, "the file to be ready"
    )
    assert not server.line.statuses()[200], "the store was reached directly"
    assert server.line.received <= 1.3 * file.size
    if rule != "block":
        wait_for(lambda: "something answers there" in server.log.read_text(), 10, "the operator's line")
    server.line.rule()  # a download goes straight to the store
    assert server.downloaded(upload["share_token"]) == (file.size, file.sha256)


REFUSED = """async ([part, mib]) => {
    const piece = new Blob([new Uint8Array(1024 * 1024)])
    const headers = { "content-type": "application/json", "idempotency-key": "a key of this test" }
    const made = await fetch("/api/uploads", { method: "POST", headers, body: JSON.stringify({ name: "a.bin", size: 100e6 }) })
    const { id, part_size } = await made.json()
    const whole = mib ? new Blob(Array(mib).fill(piece)) : new Blob(Array(100).fill(piece)).slice(0, part_size)
    const began = performance.now()
    const said = await fetch(`/api/uploads/${id}/parts/${part}/relay`, { method: "PUT", body: whole }).then(
        async (answer) => [answer.status, (await answer.json()).code], (error) => [0, String(error)])
    return [...said, performance.now() - began]
}"""


@pytest.mark.settings(RELAY="on")
def test_what_the_app_refuses_of_a_part_is_heard_at_once(people: Callable[..., Person], line: ForwardLine) -> None:
    """On a line on which the body would take half a minute and more: the browser has the answer, and sends no more."""
    page = people(flags=line.flags).open()
    line.shape(MIB / 4)
    for what, part, mib, code in (
        ("too large", 1, 6000, "invalid_request"),
        ("another length", 1, 90, "part_size_mismatch"),
        ("another part", 99, 40, "part_out_of_range"),
        ("not signed", 1, 0, "invalid_request"),
    ):
        status, said, took = page.evaluate(REFUSED, [part, mib])
        assert (status, said) == (422, code), what
        assert took < 10_000, f"{what}: {took} ms"
