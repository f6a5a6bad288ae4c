"""What a store can, found by trying it on objects of its own that are deleted again, at the address that browsers use."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import BotoCoreError, ClientError

from smartupload.adapters.s3.answers import AWAY, code_of, status_of
from smartupload.adapters.s3.clean_tag import TAGS
from smartupload.adapters.s3.signer import Signer

Send = Callable[[str, str, Mapping[str, str], bytes], AWSResponse]
"""Method, address, headers, body."""

_SECONDS = 300
_SIZE = 64
_BESIDE = "-beside"


@dataclass(frozen=True, slots=True)
class Found:
    """Whether it can, None where that is not known; and what the store said instead."""

    works: bool | None
    said: str = ""

    def __bool__(self) -> bool:
        return bool(self.works)


WORKS = Found(True)
UNKNOWN = Found(None)


@dataclass(slots=True)
class Abilities:
    """What was found. `encrypted`: objects are encrypted as asked. `digest` and `length`: other bytes than the signed ones are refused.

    `form_held`: a form is refused with other bytes, another length or another key.
    """

    encrypted: Found = UNKNOWN
    opened: Found = UNKNOWN
    put: Found = UNKNOWN
    digest: Found = UNKNOWN
    length: Found = UNKNOWN
    listed: Found = UNKNOWN
    form: Found = UNKNOWN
    form_digest: Found = UNKNOWN
    form_held: Found = UNKNOWN
    copied: Found = UNKNOWN
    composite: Found = UNKNOWN
    tagged: Found = UNKNOWN


class Trial:
    """One bucket. `client`: boto3's for S3. `public` and `signer`: those of the address that browsers use.

    `encrypted` and `encrypting`: what goes with every object, see encryption. `send` sends what is signed; unless given over the connections of `public`.
    """

    def __init__(
        self,
        client: Any,
        bucket: str,
        public: Any,
        signer: Signer,
        encrypted: Mapping[str, str],
        encrypting: Mapping[str, str],
        send: Send | None = None,
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._signer = signer
        self._encrypted = dict(encrypted)
        self._encrypting = dict(encrypting)
        self._send = send or _sender(public)
        self._body = secrets.token_bytes(_SIZE)
        self._digest = base64.b64encode(hashlib.sha256(self._body).digest()).decode()

    def __call__(self) -> Abilities:
        """Try everything. What it writes is deleted again. Raises what boto3 raises where the store is away."""
        found = Abilities()
        name = secrets.token_hex(8)
        key, part_object = f"uploads/question-{name}", f"handover/question-{name}"
        multipart_id = self._open(found, key)
        try:
            self._form(found, part_object)
            if multipart_id:
                self._parts(found, key, multipart_id)
                self._copy(found, key, multipart_id, part_object)
                self._whole(found, key, multipart_id)
            self._tag(found, part_object)
        finally:
            with contextlib.suppress(ClientError, BotoCoreError):
                if multipart_id:
                    self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=multipart_id)
            for made in (key, part_object, part_object + _BESIDE):
                with contextlib.suppress(ClientError, BotoCoreError):
                    self._client.delete_object(Bucket=self._bucket, Key=made)
        return found

    def _open(self, found: Abilities, key: str) -> str:
        asked = {"Bucket": self._bucket, "Key": key, "ChecksumAlgorithm": "SHA256", "ChecksumType": "COMPOSITE"}

        def plain() -> Any:
            return self._client.create_multipart_upload(**asked)

        def encrypted() -> Any:
            return self._client.create_multipart_upload(**asked, **self._encrypted)

        try:
            found.encrypted, answer = self._asked(encrypted)
        except ClientError as error:
            if not self._encrypted or code_of(error) != "InternalError":
                raise
            # SeaweedFS without a key for encryption says no more than this. So the same is asked without it, and with it once more.
            found.opened, answer = self._asked(plain)
            found.encrypted = self._fails_still(encrypted)
            return str(answer.get("UploadId", ""))
        found.opened = found.encrypted
        if not found.opened and self._encrypted:
            found.opened, answer = self._asked(plain)
        return str(answer.get("UploadId", ""))

    def _fails_still(self, encrypted: Callable[[], Mapping[str, Any]]) -> Found:
        """What the store says to the second call that asks for encryption, after one without went through."""
        try:
            can, answer = self._asked(encrypted)
        except ClientError as error:
            if code_of(error) != "InternalError":
                raise
            return Found(False, "InternalError")
        if can:
            with contextlib.suppress(ClientError, BotoCoreError):
                self._client.abort_multipart_upload(
                    Bucket=answer["Bucket"], Key=answer["Key"], UploadId=answer["UploadId"]
                )
        return can

    def _parts(self, found: Abilities, key: str, multipart_id: str) -> None:
        query = {"partNumber": "1", "uploadId": multipart_id}
        headers = {"x-amz-checksum-sha256": self._digest}
        signed = headers | {"content-length": str(_SIZE)}
        address = self._signer.address("PUT", key, query, signed, _SECONDS)

        def put(body: bytes) -> AWSResponse | None:
            return self._sent("PUT", address, headers, body)

        found.put = _taken(put(self._body))
        found.digest = _refused(put(bytes(_SIZE)))
        found.length = _refused(put(self._body[:-1]))
        if found.put:  # so that the right bytes are the last ones, also where others were taken
            put(self._body)
        found.listed, answer = self._asked(
            lambda: self._client.list_parts(Bucket=self._bucket, Key=key, UploadId=multipart_id)
        )
        if found.listed and found.put and not answer.get("Parts"):
            found.listed = Found(False, "a part that was sent is not in the list")

    def _form(self, found: Abilities, key: str) -> None:
        fields = {"x-amz-checksum-sha256": self._digest, "success_action_status": "201"} | self._encrypting
        url, signed = self._signer.form(key, fields, [["content-length-range", _SIZE, _SIZE]], _SECONDS)
        found.form = _taken(self._post(url, signed, self._body))
        if found.form:
            found.form_digest = _refused(self._post(url, signed, bytes(_SIZE)))
            beside = _refused(self._post(url, {**signed, "key": key + _BESIDE}, self._body))
            shorter = _refused(self._post(url, signed, self._body[:-1]))
            found.form_held = next((one for one in (found.form_digest, beside, shorter) if not one), WORKS)
            return
        with contextlib.suppress(ClientError, BotoCoreError):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=self._body, **self._encrypted)

    def _sent(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> AWSResponse | None:
        """None where the address that browsers use cannot be reached from here."""
        with contextlib.suppress(BotoCoreError):
            return self._send(method, url, headers, body)
        return None

    def _post(self, url: str, fields: Mapping[str, str], body: bytes) -> AWSResponse | None:
        mark = secrets.token_hex(16)
        lines = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        last = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\n'
        sent = "".join([*lines, last]).encode() + body + f"\r\n--{mark}--\r\n".encode()
        return self._sent("POST", url, {"content-type": f"multipart/form-data; boundary={mark}"}, sent)

    def _copy(self, found: Abilities, key: str, multipart_id: str, source: str) -> None:
        asked = {"Bucket": self._bucket, "Key": key, "UploadId": multipart_id, "PartNumber": 2}
        found.copied, _ = self._asked(
            lambda: self._client.upload_part_copy(**asked, CopySource={"Bucket": self._bucket, "Key": source})
        )

    def _whole(self, found: Abilities, key: str, multipart_id: str) -> None:
        if not found.listed or not found.put:
            return
        listed = self._client.list_parts(Bucket=self._bucket, Key=key, UploadId=multipart_id)["Parts"]
        first = next(part for part in listed if part["PartNumber"] == 1)
        named = [{"PartNumber": 1, "ETag": first["ETag"], "ChecksumSHA256": self._digest}]
        done, answer = self._asked(
            lambda: self._client.complete_multipart_upload(
                Bucket=self._bucket, Key=key, UploadId=multipart_id, MultipartUpload={"Parts": named}
            )
        )
        if not done:
            found.composite = done
            return
        _, head = self._asked(lambda: self._client.head_object(Bucket=self._bucket, Key=key, ChecksumMode="ENABLED"))
        inner = base64.b64encode(hashlib.sha256(base64.b64decode(self._digest)).digest()).decode()
        told = str(head.get("ChecksumSHA256") or answer.get("ChecksumSHA256") or "")
        found.composite = WORKS if told.partition("-")[0] == inner else Found(False, told or "it says no checksum")

    def _tag(self, found: Abilities, key: str) -> None:
        place = {"Bucket": self._bucket, "Key": key}
        found.tagged, _ = self._asked(lambda: self._client.put_object_tagging(**place, Tagging={"TagSet": TAGS}))
        if found.tagged:
            found.tagged, told = self._asked(lambda: self._client.get_object_tagging(**place))
            if found.tagged and told.get("TagSet") != TAGS:
                found.tagged = Found(False, "it is not there afterwards")

    def _asked(self, ask: Callable[[], Mapping[str, Any]]) -> tuple[Found, Mapping[str, Any]]:
        """Whether it was done. Raises what boto3 raises where the store is away or shut."""
        try:
            return WORKS, ask()
        except ClientError as error:
            code = code_of(error)
            if code in ("AccessDenied", "403"):
                return Found(None, code), {}
            if code in AWAY or (status_of(error) >= 500 and status_of(error) != 501):
                raise
            return Found(False, code), {}


def _taken(answer: AWSResponse | None) -> Found:
    if answer is None:
        return UNKNOWN
    if answer.status_code < 300:
        return WORKS
    return Found(None if answer.status_code in (401, 403, 429) or _is_away(answer) else False, _said(answer))


def _refused(answer: AWSResponse | None) -> Found:
    if answer is None:
        return UNKNOWN
    if answer.status_code < 300:
        return Found(False, "it takes them")
    return Found(None, _said(answer)) if _is_away(answer) else WORKS


def _is_away(answer: AWSResponse) -> bool:
    return answer.status_code >= 500 and answer.status_code != 501


def _said(answer: AWSResponse) -> str:
    text = answer.content.decode("utf-8", "replace")
    code = text.partition("<Code>")[2].partition("</Code>")[0]
    return f"status {answer.status_code} {code}".rstrip()


def _sender(client: Any) -> Send:
    session = client._endpoint.http_session

    def send(method: str, url: str, headers: Mapping[str, str], body: bytes) -> AWSResponse:
        given: Any = dict(headers)
        answer = session.send(AWSPreparedRequest(method, url, given, body, False))
        answer.content  # noqa: B018 - read, so that the connection is free again
        return answer

    return send
