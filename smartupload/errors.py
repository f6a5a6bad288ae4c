"""Every error a person or a program can meet: one line each, with a stable code and a status; what it says stands in the catalogue under `problem-CODE`.

Problem                     what the API answers as application/problem+json
├── (one subclass per code, below)
StoreFault                  what a store adapter raises; never leaves the service
├── MultipartGone           the store knows no such multipart upload
└── StoreRefused            the store did not accept the request, and will not accept it again
ScannerFault                what a scanner raises
├── ScannerUnavailable      it does not answer: try again later
└── NotScannable            it will never take this content
HookFault                   a hook of the app around raised, hung, or gave what cannot be used
ProviderFault               what signs people in refused, or does not answer
└── ProviderUnavailable     it does not answer: try again later
DeliveryFault               what a mailer, pusher or publisher raises
├── TryAgain                not now
├── Undeliverable           never
└── TargetGone              the receiver is no more: forget it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from smartupload.words import Sentence, catalogues, language


class _Sentence:
    """What a class of problems says unless something else is given, in English; read when it is asked for."""

    def __get__(self, _problem: object, kind: type[Problem]) -> str:
        return str(kind.usual())


class Problem(Exception):
    """An answer in the shape of RFC 9457.

    `code` is stable and meant for programs, `detail` tells a person what to do, in English as logs and commands have it; `read` says
    the same in the language at hand. `extra` holds further members of the answer (for example `missing`), `retry_after` seconds go
    out as a Retry-After header, and as a member, since one of many answers in a batch has no headers.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    retry_after: int | None = None
    if TYPE_CHECKING:
        sentence: ClassVar[str]
    else:
        sentence = _Sentence()

    def __init__(self, said: str | Sentence | None = None, *, retry_after: int | None = None, **extra: Any) -> None:
        """`said`: a sentence of the catalogue, unless the usual one of this code; a text of somebody else's (a hook's) stays as it is."""
        self.said = said or self.usual()
        self.detail = str(self.said)
        self.extra = extra
        if retry_after is not None:
            self.retry_after = retry_after
        super().__init__(self.detail)

    @classmethod
    def usual(cls) -> str | Sentence:
        """What it says unless something else is given: `problem-CODE` of the catalogue, or the `sentence` of a subclass that has one."""
        own = next((kind.__dict__["sentence"] for kind in cls.__mro__ if "sentence" in kind.__dict__), None)
        if isinstance(own, str):
            return own
        key = f"problem-{cls.code}"
        return Sentence(key if catalogues().has(key) else f"problem-{Problem.code}")

    def read(self) -> str:
        """What it tells a person, in the language at hand."""
        return self.said.read(language()) if isinstance(self.said, Sentence) else self.said

    def kept(self) -> dict[str, Any]:
        """What of it stands in a row: its code, its English, and the sentence for whoever reads it in another language."""
        sentence = self.said.document() if isinstance(self.said, Sentence) else None
        return {"error_code": self.code, "error_detail": self.detail, "error_sentence": sentence}

    def as_dict(self) -> dict[str, Any]:
        """The members of the problem document."""
        title = self.code.replace("_", " ").capitalize()
        return {
            "type": f"urn:smartupload:error:{self.code}",
            "title": title,
            "status": self.status,
            "code": self.code,
            "detail": self.read(),
            **({} if self.retry_after is None else {"retry_after": self.retry_after}),
            **self.extra,
        }


NOTHING_KEPT: dict[str, Any] = {"error_code": None, "error_detail": None, "error_sentence": None}
"""What stands in a row of which nothing is wrong."""


def _problem(code: str, status: int, retry_after: int | None = None) -> type[Problem]:
    name = "".join(word.capitalize() for word in code.split("_"))
    members = {"code": code, "status": status, "retry_after": retry_after, "__doc__": f"The error `{code}`."}
    return type(name, (Problem,), members)


InternalError = _problem("internal_error", 500)

# What a file can be refused for.
EmptyFile = _problem("empty_file", 422)
FileTooLarge = _problem("file_too_large", 413)
TypeNotAllowed = _problem("type_not_allowed", 415)
TypeMismatch = _problem("type_mismatch", 415)
OwnerQuotaExceeded = _problem("owner_quota_exceeded", 403)
UploadRefused = _problem("upload_refused", 403)
HookUnavailable = _problem("hook_unavailable", 503, 5)
TooManyOpenUploads = _problem("too_many_open_uploads", 429, 5)
SiteFull = _problem("site_full", 507, 60)
DropNotFound = _problem("drop_not_found", 404)
DropClosed = _problem("drop_closed", 410)
DropStale = _problem("drop_stale", 409)
DropFull = _problem("drop_full", 403)
SentAlready = _problem("sent_already", 403)
TooManyDrops = _problem("too_many_drops", 409)
BadName = _problem("bad_name", 422)

# What a request can be wrong in.
InvalidRequest = _problem("invalid_request", 422)
IdempotencyKeyMissing = _problem("idempotency_key_missing", 400)
IdempotencyKeyReused = _problem("idempotency_key_reused", 422)
CrossSite = _problem("cross_site", 403)
Unauthorized = _problem("unauthorized", 401)
NotSignedIn = _problem("not_signed_in", 401)
SignInFailed = _problem("sign_in_failed", 400)
SignInUnavailable = _problem("sign_in_unavailable", 503, 30)
TokenVoid = _problem("token_void", 401)
TokenScope = _problem("token_scope", 403)
TooManyTokens = _problem("too_many_tokens", 409)
NotAnAdmin = _problem("not_an_admin", 403)
IdentityUnavailable = _problem("identity_unavailable", 503, 5)
TooManyRequests = _problem("too_many_requests", 429, 10)
NotFound = _problem("not_found", 404)
MethodNotAllowed = _problem("method_not_allowed", 405)

# What an upload can be in the wrong state for.
UploadNotFound = _problem("upload_not_found", 404)
UploadPaused = _problem("upload_paused", 409)
UploadNotOpen = _problem("upload_not_open", 409)
PartsMissing = _problem("parts_missing", 409)
PartOutOfRange = _problem("part_out_of_range", 422)
PartSizeMismatch = _problem("part_size_mismatch", 422)
ChecksumMismatch = _problem("checksum_mismatch", 409)
OtherVersion = _problem("other_version", 409)
HandoverUnavailable = _problem("handover_unavailable", 409)

# What can be found out after the last byte.
VirusFound = _problem("virus_found", 422)
NotScanned = _problem("not_scanned", 422)
FileLost = _problem("file_lost", 410)

# What a file, or a group of files, behind a link can be.
GroupNotFound = _problem("group_not_found", 404)
FileNotFound = _problem("file_not_found", 404)
NotReady = _problem("not_ready", 409)
LinkRevoked = _problem("link_revoked", 410)
LinkExpired = _problem("link_expired", 410)
LinkUsedUp = _problem("link_used_up", 410)
LINK_CLOSED = (LinkRevoked, LinkExpired, LinkUsedUp)
NoPreview = _problem("no_preview", 404)

# What telling people can fail for.
BadAddress = _problem("bad_address", 422)
TooManyMails = _problem("too_many_mails", 429, 3600)
MailUnavailable = _problem("mail_unavailable", 503, 60)
LinkVoid = _problem("link_void", 410)

# What pushing to a browser can fail for.
PushUnavailable = _problem("push_unavailable", 404)
PushNotAllowed = _problem("push_not_allowed", 422)

StoreUnavailable = _problem("store_unavailable", 503, 5)


class StoreShut(StoreUnavailable):
    """The store answers and refuses this site, which whoever runs it can mend."""

    code = "store_shut"
    retry_after = 30


class StoreFull(StoreUnavailable):
    """There is no room in the store."""

    code, status = "store_full", 507
    retry_after = 60


class StoreFault(Exception):
    """A store adapter could not do what was asked."""


class MultipartGone(StoreFault):
    """The store knows no such multipart upload: completed, aborted or lost."""


class StoreRefused(StoreFault):
    """The store refused for good: `code` is its own error code (for example InvalidPart), `part` the number it names."""

    def __init__(self, code: str, message: str = "", part: int | None = None) -> None:
        self.code = code
        self.part = part
        super().__init__(f"{code}: {message}" if message else code)


class ScannerFault(Exception):
    """A scanner could not do what was asked."""


class ScannerUnavailable(ScannerFault):
    """It does not answer, or is busy."""


class NotScannable(ScannerFault):
    """It will never take this content; the message says why."""


class HookFault(Exception):
    """A hook of the app around raised, did not answer in time, or gave what cannot be used; the message says which and what, for operators."""


class ProviderFault(Exception):
    """What signs people in has refused, or said what cannot be believed; the message says what, for operators."""


class ProviderUnavailable(ProviderFault):
    """It does not answer."""


class DeliveryFault(Exception):
    """Something could not be delivered; the message says why, for operators."""


class TryAgain(DeliveryFault):
    """Not now. `after`: seconds that the receiver asked for, None when it did not say."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        self.after = after
        super().__init__(reason)


class Undeliverable(DeliveryFault):
    """The receiver refused for good."""


class TargetGone(Undeliverable):
    """The receiver is no more."""
