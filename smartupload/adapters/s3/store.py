"""Store over any S3 server: which request each call of the port becomes, and which of them go past boto3."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from smartupload.adapters.s3 import encryption as encryptions
from smartupload.adapters.s3 import forms, relay
from smartupload.adapters.s3.addressing import origin as origin_of
from smartupload.adapters.s3.answers import ABSENT, code_of, log, translated
from smartupload.adapters.s3.bucket.care import Care
from smartupload.adapters.s3.bucket.look import Bucket
from smartupload.adapters.s3.bucket.make import make_bucket
from smartupload.adapters.s3.bucket.trial import Trial
from smartupload.adapters.s3.circuit import Circuit
from smartupload.adapters.s3.clean_tag import CleanTag
from smartupload.adapters.s3.clients import Clients
from smartupload.adapters.s3.refusals import hint, sentence
from smartupload.adapters.s3.signer import Signer
from smartupload.adapters.s3.single_put import Question, SinglePuts, asked
from smartupload.adapters.s3.wire import Head, Wire
from smartupload.errors import MultipartGone, StoreRefused, StoreShut, StoreUnavailable
from smartupload.ports import (
    SINGLE_PUT,
    FinishedPart,
    SignedForm,
    SignedRequest,
    StoredKey,
    StoredObject,
    StoredPart,
    StoredStart,
    Taken,
    Trouble,
)

_PIECE = 1024 * 1024
_NEVER = datetime.min.replace(tzinfo=UTC)


class S3Store:
    """One bucket of one S3 server. `public_endpoint_urls` are where browsers reach it, when that differs: one address, or one for each of its hosts.

    `addressing`: see addressing. `encryption`: what every object asks the store for: `AES256`, `aws:kms`, `aws:kms:KEY`, or `off`. `single_put`: whether a file of
    one part is sent with one PUT; None lets the store itself be asked whether that is well (single_put), for pages of this `origin`. `timeouts`: seconds
    for a connection, and for an answer; `patience`: for the answer where the store itself moves bytes. `names_empty`: see forms.conditions; such a store is known to hold forms to what was signed. `ca_file`: see trust.
    """

    def __init__(
        self,
        *,
        endpoint_url: str,
        public_endpoint_urls: Sequence[str] = (),
        bucket: str,
        region: str,
        access_key_id: str = "",
        secret_access_key: str = "",
        addressing: str = "path",
        encryption: str = "off",
        connections: int = 32,
        single_put: bool | None = False,
        origin: str = "",
        timeouts: tuple[float, float] = (3, 10),
        patience: float = 60,
        names_empty: bool = False,
        ca_file: str = "",
    ) -> None:
        self.bucket = bucket
        self.endpoint_url = endpoint_url
        self._names_empty = names_empty
        public = tuple(public_endpoint_urls) or (endpoint_url,)
        self.origins = tuple(origin_of(address, bucket, addressing) for address in public)
        # R2 has no presigned POST.
        self._may_take_forms = not (urlsplit(endpoint_url).hostname or "").endswith("r2.cloudflarestorage.com")
        self._encrypted = encryptions.for_boto3(encryption)
        self._encrypting = encryptions.for_headers(encryption)
        self._circuit = Circuit()
        keys = (access_key_id, secret_access_key)
        again = self._circuit.check_again
        self._clients = Clients(
            endpoint_url, public, bucket, region, keys, addressing, connections, timeouts, patience, again, ca_file
        )
        self._client: Any = self._clients.own
        self._patient: Any = self._clients.patient
        self._clean_tag = CleanTag(self._client, bucket, self._encrypted)
        self._wire = Wire(self._client, self._clients.signer, again)
        self._patient_wire = Wire(self._patient, self._clients.signer, again)
        self._signers = [signer for _, signer in self._clients.public]
        questions = [Question(client, signer, self._encrypting, origin) for client, signer in self._clients.public]
        self._single_puts = SinglePuts(lambda: asked(questions), single_put)
        known = (*self._clients.public[0], self._encrypted, self._encrypting)
        looked_at = [Bucket(self._client, bucket, *place, self._encrypting) for place in self._clients.public]
        #: What is known of the bucket.
        self.care = Care(looked_at[0], Trial(self._client, bucket, *known), ", ".join(self._encrypted.values()))
        #: For each address that browsers use, what it asks of the bucket.
        self.seen_at = dict(zip(public, looked_at, strict=True))

    @property
    def takes_forms(self) -> bool:
        """See ports.Store."""
        return self._may_take_forms and self.care.hands_over

    @property
    def takes_single_forms(self) -> bool:
        """See ports.Store. A form is for one address, so where browsers have several there is none."""
        is_known = self._names_empty or self.care.holds_forms
        return self._may_take_forms and is_known and len(self._signers) == 1

    @property
    def has_credentials(self) -> bool:
        """Whether any were named or found."""
        return self._clients.credentials is not None

    @property
    def has_session(self) -> bool:
        """Whether the credentials are of a session, which ends."""
        return self.has_credentials and bool(self._clients.credentials.get_frozen_credentials().token)

    def good_for(self, seconds: int) -> int:
        """See ports.Store."""
        return min(seconds, *(signer.seconds_left() for signer in self._signers))

    def takes_single_puts(self) -> bool:
        """Whether a file of one part is sent with one PUT, as far as that is known. Asked early, it is known for the first file."""
        return self._single_puts.taken()

    def open_multipart(self, key: str, content_type: str, parts: int) -> str:
        """See ports.Store."""
        if parts == 1 and self.takes_single_puts():
            return SINGLE_PUT
        try:
            with self._asking("open_multipart"):
                answer = self._client.create_multipart_upload(
                    Bucket=self.bucket,
                    Key=key,
                    ContentType=content_type,
                    ChecksumAlgorithm="SHA256",
                    ChecksumType="COMPOSITE",
                    **self._encrypted,
                )
        except StoreRefused as refused:
            if self._encrypted:
                what = "if it knows no such encryption, set SMARTUPLOAD_S3_ENCRYPTION=off"
                log.error("store refused an encrypted object", code=refused.code, asked=self._encrypted, hint=what)
            raise
        return answer["UploadId"]

    def sign_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, expires_in: int
    ) -> SignedRequest:
        """See ports.Store. Length and digest become signed headers, so the address can write nothing else. The hosts take turns."""
        first = (number - 1) % len(self._signers)
        signers = self._signers[first:] + self._signers[:first]
        return self._signed_part(signers, key, multipart_id, number, size, sha256, expires_in)

    def _signed_part(
        self,
        signers: Sequence[Signer],
        key: str,
        multipart_id: str,
        number: int,
        size: int,
        sha256: str,
        expires_in: int,
    ) -> SignedRequest:
        digest = {"x-amz-checksum-sha256": sha256}
        single = multipart_id == SINGLE_PUT
        sent = digest | self._encrypting if single else digest
        query = {} if single else {"uploadId": multipart_id, "partNumber": str(number)}
        signed = sent | {"content-length": str(size)}  # which every browser sends unasked
        url, *others = (signer.address("PUT", key, query, signed, expires_in) for signer in signers)
        return SignedRequest(url, sent, others)

    async def relay_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, body: AsyncIterator[bytes]
    ) -> Taken:
        """See ports.Store. At the address that the app itself uses."""
        expires_in = self.good_for(3600)
        request = self._signed_part([self._clients.signer], key, multipart_id, number, size, sha256, expires_in)
        return await relay.pass_on(request, size, body, self._clients.verify)

    def sign_form(self, key: str, size: int, sha256: str, expires_in: int) -> SignedForm:
        """See ports.Store. Key, length and digest stand in the signed policy, so the form can write nothing else. All go to the first host."""
        # 201, since a download, which Background Fetch is to Chromium, may take an answer without content for a failure.
        fields = {"x-amz-checksum-sha256": sha256, "success_action_status": "201"} | self._encrypting
        return SignedForm(*self._signers[0].form(key, fields, forms.conditions(size, self._names_empty), expires_in))

    def copy_part(self, key: str, multipart_id: str, number: int, source: StoredKey) -> StoredPart:
        """See ports.Store. A 200 answer that carries an <Error> is turned into a failure by botocore."""
        if multipart_id == SINGLE_PUT:
            return self._copy_single_put(key, source)
        with self._asking("copy_part", patient=True):
            answer = self._patient.upload_part_copy(
                Bucket=self.bucket,
                Key=key,
                UploadId=multipart_id,
                PartNumber=number,
                CopySource={"Bucket": self.bucket, "Key": source.key},
            )
        result = answer["CopyPartResult"]
        # Some stores quote it in lists only; as it is listed, it is named when the upload is completed.
        etag = '"' + result["ETag"].strip('"') + '"'
        return StoredPart(number, source.size, etag, result.get("ChecksumSHA256"))

    def _copy_single_put(self, key: str, source: StoredKey) -> StoredPart:
        with self._asking("copy_part", patient=True):
            answer = self._patient.copy_object(
                Bucket=self.bucket, Key=key, CopySource={"Bucket": self.bucket, "Key": source.key}, **self._encrypted
            )
        return StoredPart(1, source.size, answer["CopyObjectResult"]["ETag"])

    def list_objects(self, prefix: str) -> list[StoredKey]:
        """See ports.Store."""
        found: list[StoredKey] = []
        more: dict[str, str] = {}
        while True:
            with self._asking("list_objects"):
                page = self._client.list_objects_v2(Bucket=self.bucket, Prefix=prefix, **more)
            found += [StoredKey(item["Key"], item["Size"]) for item in page.get("Contents", [])]
            if not page.get("IsTruncated") or not page.get("NextContinuationToken"):
                return found
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def list_parts(self, key: str, multipart_id: str, first: int = 1, last: int = 10_000) -> list[StoredPart]:
        """See ports.Store."""
        if multipart_id == SINGLE_PUT:
            whole = self._head(key) if first == 1 else None
            return [StoredPart(1, whole.size, whole.etag, whole.checksum)] if whole else []
        found: dict[int, tuple[datetime, StoredPart]] = {}
        marker = first - 1
        while True:
            with self._asking("list_parts"):
                page = self._client.list_parts(
                    Bucket=self.bucket, Key=key, UploadId=multipart_id, PartNumberMarker=marker, MaxParts=1000
                )
            for part in page.get("Parts", []):
                number, dated = part["PartNumber"], part.get("LastModified") or _NEVER
                # A part that was sent again may be listed once for each time, in no order: the latest counts.
                if first <= number <= last and (number not in found or dated >= found[number][0]):
                    stored = StoredPart(number, part["Size"], part["ETag"], part.get("ChecksumSHA256"))
                    found[number] = (dated, stored)
            following = page.get("NextPartNumberMarker", 0)
            if not page.get("IsTruncated") or following <= marker or following >= last:
                return [found[number][1] for number in sorted(found)]
            marker = following

    def complete_multipart(self, key: str, multipart_id: str, parts: Sequence[FinishedPart]) -> str | None:
        """See ports.Store. A 200 answer that carries an <Error> is turned into a failure by botocore."""
        if multipart_id == SINGLE_PUT:
            return None  # it lies there already
        named = [{"PartNumber": part.number, "ETag": part.etag, "ChecksumSHA256": part.sha256} for part in parts]
        with self._asking("complete_multipart", patient=True):
            answer = self._patient.complete_multipart_upload(
                Bucket=self.bucket, Key=key, UploadId=multipart_id, MultipartUpload={"Parts": named}
            )
        return answer.get("ChecksumSHA256")

    def abort_multipart(self, key: str, multipart_id: str) -> None:
        """See ports.Store."""
        if multipart_id == SINGLE_PUT:
            return
        with contextlib.suppress(MultipartGone), self._asking("abort_multipart"):
            self._client.abort_multipart_upload(Bucket=self.bucket, Key=key, UploadId=multipart_id)

    def head(self, key: str) -> StoredObject | None:
        """See ports.Store."""
        found = self._head(key)
        return found and StoredObject(found.size, found.checksum)

    def peek(self, key: str, length: int) -> StoredStart | None:
        """See ports.Store."""
        try:
            with self._asking("peek"):
                found, first = self._wire.peek(key, length)
        except StoreRefused as refused:
            if refused.code in ABSENT:
                return None
            if refused.code == "InvalidRange":  # of an object without a byte
                return StoredStart(StoredObject(0, None), b"")
            raise
        return StoredStart(StoredObject(found.size, found.checksum), first)

    def _head(self, key: str) -> Head | None:
        try:
            with self._asking("head"):
                return self._wire.head(key)
        except StoreRefused as refused:
            if refused.code in ABSENT:
                return None
            raise

    def delete(self, key: str) -> None:
        """See ports.Store."""
        try:
            with self._asking("delete"):
                self._wire.delete(key)
        except StoreRefused as refused:
            if refused.code not in ABSENT:
                raise

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """See ports.Store."""
        span = f"bytes={start}-{'' if length is None else start + length - 1}"
        # An empty object has no span.
        asked = None if start == 0 and length is None else span
        with self._asking("read", patient=True):
            found = self._patient_wire.read(key, asked)
        with translated("read"), contextlib.closing(found) as body:
            yield from body.iter_chunks(_PIECE)

    def mark_clean(self, key: str) -> None:
        """See ports.Store."""
        if self._clean_tag.works():
            with self._asking("mark_clean"):
                self._clean_tag.put(key)

    def sign_download(self, key: str, disposition: str, content_type: str, expires_in: int) -> str:
        """See ports.Store."""
        asked = {"response-content-disposition": disposition, "response-content-type": content_type}
        return self._signers[0].address("GET", key, asked, {}, expires_in)

    @contextlib.contextmanager
    def _asking(self, operation: str, patient: bool = False) -> Generator[None]:
        with translated(operation), self._circuit.call(patient):
            yield

    def ping(self) -> None:
        """See ports.Store."""
        try:
            with self._asking("ping"):
                self._client.head_bucket(Bucket=self.bucket)
        except StoreRefused as refused:
            raise StoreUnavailable(f"The bucket {self.bucket} cannot be used: {refused.code}.") from refused
        except StoreShut:
            # The answer to a HEAD has no body, so it does not say why.
            self._ping_by_list()

    def _ping_by_list(self) -> None:
        try:
            with self._asking("ping"):
                self._client.list_objects_v2(Bucket=self.bucket, MaxKeys=1)
        except StoreShut as shut:
            code = code_of(shut.__cause__) if isinstance(shut.__cause__, ClientError) else ""
            raise StoreShut(
                f"The bucket {self.bucket} cannot be used: {code}. {sentence(hint(code, 'ping'))}"
            ) from shut

    @property
    def room(self) -> int | None:
        """See ports.Store."""
        return None

    @property
    def troubles(self) -> Sequence[Trouble]:
        """See ports.Store."""
        return self.care.troubles

    def look_at_bucket(self, origins: Sequence[str], keep_days: int, least_days: int) -> None:
        """Set what may be set, try what the store can, and have `troubles` say what is wrong, see bucket.care. Raises StoreUnavailable."""
        self.care.look(origins, keep_days, least_days)

    def make_bucket(self, origins: Sequence[str], keep_days: int = 0) -> None:
        """Make the bucket, see make_bucket."""
        make_bucket(self._client, self.bucket, origins, keep_days)

    def close(self) -> None:
        """Give back all connections."""
        self._clients.close()
