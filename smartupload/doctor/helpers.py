"""The programs that help: the mail server, and the virus scanner with its signatures."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from smartupload.adapters import trust
from smartupload.adapters.clamd import Clamd
from smartupload.adapters.smtp import Smtp
from smartupload.doctor.finding import Finding, note
from smartupload.errors import ScannerUnavailable, TryAgain
from smartupload.settings import Settings

_OLD = timedelta(days=3)
_NO_MAIL = "Nobody is told by mail."


def check_mail(settings: Settings) -> Sequence[Finding]:
    """Whether the mail server lets the app in; nothing is sent."""
    if not settings.smtp_url:
        what = f"Mails become files in {settings.data_dir / 'mail'}."
        return [note("mail", what, "Nobody gets them.", "Set SMARTUPLOAD_SMTP_URL=smtp://user:password@host:587.")]
    try:
        Smtp(settings.smtp_url, settings.sender, trust.of_machine(settings.trusted_file)).check()
    except TryAgain as refused:
        return [Finding("mail", f"The mail server {refused}.", _NO_MAIL, _mended(refused.__cause__))]
    return []


def _mended(cause: BaseException | None) -> str:
    if isinstance(cause, smtplib.SMTPAuthenticationError):
        return "Check user and password in SMARTUPLOAD_SMTP_URL; an @ in a password is written %40."
    if isinstance(cause, smtplib.SMTPNotSupportedError):
        return "It offers no STARTTLS: write smtps://…:465, or add ?tls=off where the line is safe."
    if isinstance(cause, ssl.SSLError):
        return "Its certificate is not trusted here, or the port speaks no TLS: smtp:// is for 587, smtps:// for 465."
    return "Check host and port in SMARTUPLOAD_SMTP_URL, and the firewall."


def check_scanner(settings: Settings) -> Sequence[Finding]:
    """Whether clamd answers, and how old its signatures are."""
    if not settings.scans:
        return []
    try:
        version = Clamd(settings.clamd_url).version()
    except ScannerUnavailable as away:
        why = "Nothing is published unscanned: files wait."
        return [Finding("scanner", f"{away}.", why, "Start clamd, or check SMARTUPLOAD_CLAMD_URL.")]
    dated = re.search(r"/\d+/(\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4})", version)
    if not dated:
        what = f"clamd ({version}) does not say how old its signatures are."
        return [note("scanner", what, "With old ones it finds old viruses only.", "freshclam")]
    age = datetime.now(UTC) - datetime.strptime(dated[1], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    if age > _OLD:
        what = f"clamd's signatures are {age.days} days old."
        return [Finding("scanner", what, "New viruses are not found.", "systemctl enable --now clamav-freshclam")]
    return []
