"""Small files go as forms, for which a browser asks the store's leave for none of them; where forms do not get through they are put."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from smartupload_testing.files import Original

from tests.browser.person import Person
from tests.browser.server import Server

Make = Callable[..., Original]
COUNT = 4


def sent(person: Person, server: Server, files: list[Original]) -> Counter[str]:
    """Which requests the store had for these files, until they are there byte for byte."""
    page = person.open()
    server.line.forget()
    person.pick(page, *files)
    for file in files:
        person.wait_state(page, file.name, "ready")
    seen = server.line.requests.copy()
    for file in files:
        person.finished(page, file)
    return seen


def test_small_files_go_without_a_question_of_the_browser(person: Person, server: Server, original: Make) -> None:
    seen = sent(person, server, [original(5000 + at) for at in range(COUNT)])
    assert seen == {"POST": COUNT}
    assert {(post.part, post.status) for post in server.line.posts} == {(1, 201)}


def test_where_forms_do_not_get_through_they_are_put(person: Person, server: Server, original: Make) -> None:
    server.line.rule("POST answer=403")
    seen = sent(person, server, [original(6000 + at) for at in range(COUNT)])
    assert (seen["POST"], seen["PUT"]) == (COUNT, COUNT), seen
