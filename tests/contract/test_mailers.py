"""Every mailer sends the same mail; and what an SMTP server answers decides whether it is tried again."""

from __future__ import annotations

import stat
from collections.abc import Callable, Generator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from smartupload.adapters.eml import EmlFiles
from smartupload.adapters.smtp import Smtp
from smartupload.errors import TryAgain, Undeliverable
from smartupload.ports import Mail, Mailer
from tests.fixtures_mail import PASSWORD, USER, Certificate, Sink, body, certificate, read, sink, smtp_sink

__all__ = ["certificate", "sink"]

SENDER = "Files <files@up.example.org>"
LOGIN = f"{USER}:{quote(PASSWORD, safe='')}"
MAIL = Mail("anna@example.org", "big.mov is ready", "All of it.\n", "<p>All of it.</p>\n")


class Case:
    """A mailer, and the mails that came out at its other end."""

    def __init__(self, mailer: Mailer, arrived: Callable[[], list[EmailMessage]]) -> None:
        self.mailer = mailer
        self.arrived = arrived

    def sends(self, mail: Mail) -> EmailMessage:
        """The one mail that arrives."""
        self.mailer.send(mail)
        (found,) = self.arrived()
        return found


@pytest.fixture(params=["eml", "plain", "starttls", "smtps"])
def case(request: pytest.FixtureRequest, tmp_path: Path, certificate: Certificate) -> Generator[Case]:
    """Each backend."""
    if request.param == "eml":
        folder = tmp_path / "mail"
        yield Case(EmlFiles(folder, SENDER), lambda: [read(path.read_bytes()) for path in sorted(folder.glob("*"))])
        return
    options = {
        "plain": {},
        "starttls": {"tls_context": certificate.server, "require_starttls": True, "auth": True},
        "smtps": {"ssl_context": certificate.server, "auth": True, "auth_require_tls": False},
    }[request.param]
    with smtp_sink(**options) as sink:
        url = {
            "plain": f"smtp://127.0.0.1:{sink.port}",
            "starttls": f"smtp://{LOGIN}@127.0.0.1:{sink.port}?tls=on",
            "smtps": f"smtps://{LOGIN}@127.0.0.1:{sink.port}",
        }[request.param]
        yield Case(Smtp(url, SENDER, tls=certificate.client), lambda: [item.message for item in sink.received])


def test_text_and_html_arrive_as_they_were_written(case: Case) -> None:
    text = "Zwölf Äpfel, 日本語\n.\n" + "long " * 600 + "\n"
    html = "<p>Zwölf Äpfel</p>" + "x" * 5000 + "\n"
    found = case.sends(Mail("anna@example.org", "Zwölf Äpfel " * 9, text, html))
    assert found.get_content_type() == "multipart/alternative"
    assert (body(found, "plain"), body(found, "html")) == (text, html)
    assert found["Subject"] == ("Zwölf Äpfel " * 9).strip()


def test_the_headers_of_a_mail_that_nobody_typed(case: Case) -> None:
    link = "<https://up.example.org/api/notifications/stop?c=" + "0" * 16 + "&s=" + "f" * 90 + ">"
    found = case.sends(
        Mail("anna@bücher.example", "s", "t", "h", {"List-Unsubscribe": link, "Message-ID": "<1@up.example.org>"})
    )
    assert (found["From"], found["To"]) == ("Files <files@up.example.org>", "anna@xn--bcher-kva.example")
    assert found["Auto-Submitted"] == "auto-generated"
    assert (found["List-Unsubscribe"], found["Message-ID"]) == (link, "<1@up.example.org>")
    assert parsedate_to_datetime(found["Date"]).tzinfo is not None
    assert b"List-Unsubscribe: " + link.encode() in found.as_bytes(policy=found.policy.clone(max_line_length=998))


def test_each_mail_has_an_id_of_its_own(case: Case) -> None:
    case.mailer.send(MAIL)
    case.mailer.send(MAIL)
    ids = {found["Message-ID"] for found in case.arrived()}
    assert len(ids) == 2
    assert all(name.endswith("@up.example.org>") for name in ids)


def test_a_name_cannot_become_a_header(case: Case) -> None:
    found = case.sends(Mail("anna@example.org", "a.mov\r\nBcc: eve@example.org\n\nbody", "t", "h"))
    assert found["Bcc"] is None
    assert found["Subject"].split() == ["a.mov", "Bcc:", "eve@example.org", "body"]


@pytest.mark.parametrize(
    ("to", "headers"),
    [
        ("anna@example.org\r\nBcc: eve@example.org", {}),
        ("anna@example.org, eve@example.org", {}),
        ("Eve <eve@example.org>", {}),
        ("nobody", {}),
        ("", {}),
        ("anna@example.org", {"List-Unsubscribe": "<x>\r\nBcc: eve@example.org"}),
        ("anna@example.org", {"X\r\nBcc: eve@example.org\r\nY": "z"}),
        ("anna@example.org", {"Bcc": "eve@example.org"}),
    ],
)
def test_what_could_reach_somebody_else_is_not_sent(case: Case, to: str, headers: dict[str, str]) -> None:
    with pytest.raises(Undeliverable):
        case.mailer.send(Mail(to, "s", "t", "h", headers))
    assert case.arrived() == []


class TestFiles:
    def test_names_can_be_read_and_sort_by_time(self, tmp_path: Path) -> None:
        mailer = EmlFiles(tmp_path / "mail", SENDER)
        for name in ("b.mov is ready", "a.mov / .. is ready", "../" * 90):
            mailer.send(Mail("anna@example.org", name, name, "h"))
        files = sorted((tmp_path / "mail").iterdir())
        assert [read(path.read_bytes())["Subject"][:3] for path in files] == ["b.m", "a.m", "../"]
        assert "b.mov-is-ready" in files[0].name
        assert {path.suffix for path in files} == {".eml"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "mail").write_text("a file")
        with pytest.raises(TryAgain):
            EmlFiles(tmp_path / "mail", SENDER).send(MAIL)


class TestAnswers:
    @pytest.mark.parametrize("stage", ["RCPT", "DATA"])
    @pytest.mark.parametrize(
        ("answer", "fault"),
        [("451 4.7.1 greylisted", TryAgain), ("550 5.1.1 no such user", Undeliverable), ("530 log in", TryAgain)],
    )
    def test_later_or_never(self, sink: Sink, stage: str, answer: str, fault: type[Exception]) -> None:
        sink.says[stage] = answer
        mailer = Smtp(f"smtp://127.0.0.1:{sink.port}", SENDER)
        with pytest.raises(fault, match=answer[:3]):
            mailer.send(MAIL)
        sink.says.clear()
        mailer.send(MAIL)
        assert [item.recipients for item in sink.received] == [["anna@example.org"]]

    def test_nobody_is_there(self) -> None:
        with smtp_sink() as gone:
            port = gone.port
        with pytest.raises(TryAgain):
            Smtp(f"smtp://127.0.0.1:{port}", SENDER).send(MAIL)

    @pytest.mark.parametrize("login", ["", "anna:wrong@"])
    def test_a_wrong_password_is_for_the_operator_to_mend(self, certificate: Certificate, login: str) -> None:
        with smtp_sink(ssl_context=certificate.server, auth=True, auth_require_tls=False) as sink:
            with pytest.raises(TryAgain):
                Smtp(f"smtps://{login}127.0.0.1:{sink.port}", SENDER, tls=certificate.client).send(MAIL)
            assert sink.received == []

    @pytest.mark.parametrize("url", ["smtp://127.0.0.1:{}?tls=on", "smtp://0.0.0.0:{}"])
    def test_nothing_goes_in_the_clear_over_a_net(self, sink: Sink, url: str) -> None:
        with pytest.raises(TryAgain):
            Smtp(url.format(sink.port), SENDER).send(MAIL)
        assert sink.received == []
        Smtp(f"smtp://0.0.0.0:{sink.port}?tls=off", SENDER).send(MAIL)
        assert len(sink.received) == 1

    @pytest.mark.parametrize("scheme", ["smtps://127.0.0.1:{}", "smtp://127.0.0.1:{}?tls=on"])
    def test_nor_to_a_server_that_anybody_could_be(self, certificate: Certificate, scheme: str) -> None:
        option = "ssl_context" if scheme.startswith("smtps") else "tls_context"
        with smtp_sink(**{option: certificate.server}) as sink:
            with pytest.raises(TryAgain, match="certificate"):
                Smtp(scheme.format(sink.port), SENDER).send(MAIL)
            assert sink.received == []
