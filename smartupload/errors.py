"""Every error a person or a program can meet: one line each, with a stable code, a sentence and a status.

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

from typing import Any, ClassVar


class Problem(Exception):
    """An answer in the shape of RFC 9457.

    `code` is stable and meant for programs, `detail` tells a person what to do, `extra` holds further members of
    the answer (for example `missing`), `retry_after` seconds go out as a Retry-After header, and as a member, since one of
    many answers in a batch has no headers.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    sentence: ClassVar[str] = "Something went wrong on the server. Try again; nothing that was sent is lost."
    retry_after: int | None = None

    def __init__(self, detail: str | None = None, *, retry_after: int | None = None, **extra: Any) -> None:
        self.detail = detail or self.sentence
        self.extra = extra
        if retry_after is not None:
            self.retry_after = retry_after
        super().__init__(self.detail)

    def as_dict(self) -> dict[str, Any]:
        """The members of the problem document."""
        title = self.code.replace("_", " ").capitalize()
        return {
            "type": f"urn:smartupload:error:{self.code}",
            "title": title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **({} if self.retry_after is None else {"retry_after": self.retry_after}),
            **self.extra,
        }


def _problem(code: str, status: int, sentence: str, retry_after: int | None = None) -> type[Problem]:
    name = "".join(word.capitalize() for word in code.split("_"))
    members = {"code": code, "status": status, "sentence": sentence, "retry_after": retry_after, "__doc__": sentence}
    return type(name, (Problem,), members)


InternalError = _problem("internal_error", 500, Problem.sentence)

# What a file can be refused for.
EmptyFile = _problem("empty_file", 422, "This file is empty. Choose a file that has something in it.")
FileTooLarge = _problem("file_too_large", 413, "This file is larger than this site takes. Choose a smaller one.")
TypeNotAllowed = _problem("type_not_allowed", 415, "This kind of file is not taken here. Choose another one.")
TypeMismatch = _problem(
    "type_mismatch",
    415,
    "What is in this file is not what its name says. Give it its right name, or choose another one.",
)
OwnerQuotaExceeded = _problem(
    "owner_quota_exceeded", 403, "Your space here is used up. Delete files you no longer need, then try again."
)
UploadRefused = _problem("upload_refused", 403, "This file is not taken here. Ask whoever runs this site.")
HookUnavailable = _problem(
    "hook_unavailable",
    503,
    "Whether this file is taken cannot be said just now. It goes on by itself as soon as it can be.",
    5,
)
TooManyOpenUploads = _problem(
    "too_many_open_uploads",
    429,
    "So many files of yours are on their way already. This one begins by itself once some of them are done or cancelled.",
    5,
)
SiteFull = _problem(
    "site_full", 507, "This site has no room for this file just now. It goes on by itself as soon as there is some.", 60
)
DropNotFound = _problem("drop_not_found", 404, "There is nothing behind this address. Ask for the link once more.")
DropClosed = _problem(
    "drop_closed",
    410,
    "This link takes no more files. What was begun by it goes on; ask for a new link to send others.",
)
DropStale = _problem(
    "drop_stale",
    409,
    "Whoever is signed in here has changed since this page was opened. Load it anew, and choose the file there.",
)
DropFull = _problem(
    "drop_full",
    403,
    "There is no room for this file here. Tell whoever gave you the link, or ask them for another one.",
)
SentAlready = _problem(
    "sent_already", 403, "This file has arrived, so it is theirs who asked for it. Ask them to delete it."
)
TooManyDrops = _problem(
    "too_many_drops", 409, "You have as many of these links as there may be. Delete one that is over."
)
BadName = _problem("bad_name", 422, "This file has no usable name. Rename it and drop it again.")

# What a request can be wrong in.
InvalidRequest = _problem("invalid_request", 422, "The request is not understood. Reload the page and try again.")
IdempotencyKeyMissing = _problem(
    "idempotency_key_missing", 400, "Send an Idempotency-Key header, so that a repeated request makes no second upload."
)
IdempotencyKeyReused = _problem(
    "idempotency_key_reused", 422, "This Idempotency-Key was used for another file. Use a new key for every file."
)
CrossSite = _problem("cross_site", 403, "This request came from another site and was refused. Open the page itself.")
Unauthorized = _problem("unauthorized", 401, "Send the admin token with it: `Authorization: Bearer` and the token.")
NotSignedIn = _problem("not_signed_in", 401, "Sign in first, then try again. Nothing that was sent is lost.")
SignInFailed = _problem("sign_in_failed", 400, "Signing in did not come to its end. Begin it once more.")
SignInUnavailable = _problem(
    "sign_in_unavailable", 503, "The sign-in cannot be reached just now. Try again in a minute.", 30
)
TokenVoid = _problem(
    "token_void", 401, "This token is unknown, was revoked, or has expired. Make a new one under Account on the site."
)
TokenScope = _problem(
    "token_scope", 403, "This token is not good for that. Make one that is under Account on the site."
)
TooManyTokens = _problem(
    "too_many_tokens", 409, "You have as many tokens as there may be. Revoke one that you no longer need."
)
NotAnAdmin = _problem("not_an_admin", 403, "This is for those who run the site.")
IdentityUnavailable = _problem(
    "identity_unavailable", 503, "Who you are cannot be checked just now. It goes on by itself as soon as it can be.", 5
)
TooManyRequests = _problem(
    "too_many_requests",
    429,
    "Too much was asked from here within a few minutes. It goes on by itself; nothing is lost.",
    10,
)
NotFound = _problem("not_found", 404, "There is nothing at this address. Check it for mistakes.")
MethodNotAllowed = _problem("method_not_allowed", 405, "This address does not take that kind of request.")

# What an upload can be in the wrong state for.
UploadNotFound = _problem("upload_not_found", 404, "This upload does not exist, or it belongs to somebody else.")
UploadPaused = _problem("upload_paused", 409, "This upload is paused. Press Resume to go on.")
UploadNotOpen = _problem("upload_not_open", 409, "This upload takes no more parts. Drop the file again to start anew.")
PartsMissing = _problem("parts_missing", 409, "Some parts have not arrived yet. They have to be sent (again).")
PartOutOfRange = _problem("part_out_of_range", 422, "This upload has no part with that number.")
PartSizeMismatch = _problem(
    "part_size_mismatch", 422, "A part has the wrong size. The file may have changed on the disk."
)
ChecksumMismatch = _problem(
    "checksum_mismatch", 409, "What arrived is not what was sent. Drop the file again, nothing wrong was kept."
)
OtherVersion = _problem(
    "other_version",
    409,
    "Another version of this file is on its way already. Choose the file again to send this one instead.",
)
HandoverUnavailable = _problem(
    "handover_unavailable", 409, "This storage takes no forms. Send the parts with signed requests instead."
)

# What can be found out after the last byte.
VirusFound = _problem("virus_found", 422, "A virus was found in this file. Nobody can open it; check your computer.")
NotScanned = _problem(
    "not_scanned", 422, "This file cannot be checked for viruses, so nobody can open it. Ask whoever runs this site."
)
FileLost = _problem("file_lost", 410, "The storage lost this file after it had arrived. Drop the file again.")

# What a file behind a link can be.
FileNotFound = _problem("file_not_found", 404, "There is no file behind this link. Ask for a new one.")
NotReady = _problem("not_ready", 409, "This file is still on its way. Its page shows when it is there.")
LinkRevoked = _problem("link_revoked", 410, "This file is not shared any more. Ask the person who sent you the link.")
LinkExpired = _problem(
    "link_expired", 410, "This link was good for a certain time, and that is over. Ask the sender for a new one."
)
LinkUsedUp = _problem(
    "link_used_up", 410, "This file was downloaded as often as its sender allowed. Ask the sender for a new link."
)
LINK_CLOSED = (LinkRevoked, LinkExpired, LinkUsedUp)
NoPreview = _problem("no_preview", 404, "This file cannot be shown here. Download it instead.")

# What telling people can fail for.
BadAddress = _problem("bad_address", 422, "This is no mail address. Write it like anna@example.org.")
TooManyMails = _problem(
    "too_many_mails", 429, "Several mails went there already. Look for one of them, or try again in an hour.", 3600
)
MailUnavailable = _problem(
    "mail_unavailable", 503, "The mail cannot be sent just now. Nothing was changed; try again in a minute.", 60
)
LinkVoid = _problem(
    "link_void", 410, "This link is no longer good. Take the one in the newest mail, or open Notifications here."
)

# What pushing to a browser can fail for.
PushUnavailable = _problem("push_unavailable", 404, "This site sends no pushes. Give a mail address instead.")
PushNotAllowed = _problem(
    "push_not_allowed", 422, "This site does not send to your browser's push service. Give a mail address instead."
)

StoreUnavailable = _problem(
    "store_unavailable", 503, "The storage does not answer just now. It goes on by itself as soon as it is back.", 5
)


class StoreShut(StoreUnavailable):
    """The store answers and refuses this site, which whoever runs it can mend."""

    code = "store_shut"
    sentence = "The storage of this site does not let it in just now. Nothing is lost, and it goes on by itself; tell whoever runs this site if it stays so."
    retry_after = 30


class StoreFull(StoreUnavailable):
    """There is no room in the store."""

    code, status = "store_full", 507
    sentence = "The storage of this site is full. Nothing is lost, and it goes on by itself once there is room; tell whoever runs this site."
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
