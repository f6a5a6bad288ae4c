"""What is found at the bucket that the settings name: what is missing is set where it may be, else said with the command that sets it."""

from __future__ import annotations

import json
import secrets
import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from smartupload.adapters.s3.answers import AWAY, code_of, is_denied, log, status_of, translated
from smartupload.adapters.s3.bucket import cors, lifecycle
from smartupload.adapters.s3.bucket.make import create
from smartupload.adapters.s3.preflight import Unclear, hidden, lets_send, sender
from smartupload.adapters.s3.signer import Signer
from smartupload.ports import Trouble

_NONE_YET = {"NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration", "CORSConfigurationNotFoundError", "NoSuchConfiguration"}  # fmt: skip


class Bucket:
    """One bucket. `client`: boto3's for S3. `public` and `signer`: the client and signer of the address that browsers use.

    `encrypting`: headers that go with every object.
    """

    def __init__(self, client: Any, bucket: str, public: Any, signer: Signer, encrypting: Mapping[str, str]) -> None:
        self._client = client
        self._name = bucket
        self._public = public
        self._signer = signer
        self._sent = (*cors.SENT, *encrypting)

    def look(self, origins: Sequence[str], keep_days: int, least_days: int, sets: bool = True) -> list[Trouble]:
        """Look, and with `sets` set what is missing for pages of these `origins`, of which people use the first. Raises StoreUnavailable.

        What is unfinished is to go after `keep_days`, and no earlier than `least_days`.
        """
        if trouble := self._there(sets):
            return [trouble]
        found = [self._lets_in(origins, sets), self._throws_away(keep_days, least_days, sets)]
        return [trouble for trouble in found if trouble]

    def seen(self, origin: str) -> str:
        """What a browser on a page of this origin could not do; empty when all is well. Raises Unclear, and what boto3 raises."""
        send, key = sender(self._public), f"uploads/question-{secrets.token_hex(8)}"
        if not lets_send(send, self._signer.address("PUT", key, {}, {}, 300), origin, self._sent):
            return f"a browser is not let PUT with the headers {', '.join(self._sent)}"
        # There is no such object; what of the answer may be read is said all the same.
        answer = send("GET", self._signer.address("GET", key, {}, {}, 300), {"Origin": origin})
        if shut := hidden(answer, cors.EXPOSED):
            return f"the header {shut[0]} is not exposed"
        return ""

    # -- the bucket

    def _there(self, sets: bool) -> Trouble | None:
        if (why := self._asked(lambda: self._client.head_bucket(Bucket=self._name))) is None:
            return None
        if status_of(why) == 404 and not sets:
            what = f"There is no bucket {self._name}."
            return Trouble("bucket", what, self._aws("create-bucket"), stops=True)
        if status_of(why) == 404:
            made = self._asked(lambda: create(self._client, self._name))
            if made is None or code_of(made) in ("BucketAlreadyOwnedByYou",):
                log.info("the bucket was not there and is made", bucket=self._name)
                return None
            what = f"There is no bucket {self._name}, and the store does not let the app make it ({code_of(made)})."
            return Trouble("bucket", what, self._aws("create-bucket"), stops=True)
        # The answer to a HEAD has no body: a wrong secret looks like a missing right.
        why = self._asked(lambda: self._client.list_objects_v2(Bucket=self._name, MaxKeys=1))
        if why is None:
            return None
        what = (
            f"The store does not let the app look at the bucket {self._name} ({code_of(why)}): it needs s3:ListBucket."
        )
        return Trouble("bucket", what, self._aws("head-bucket"), stops=True)

    # -- who may send to it

    def _lets_in(self, origins: Sequence[str], sets: bool) -> Trouble | None:
        rules, why = self._told(lambda: self._client.get_bucket_cors(Bucket=self._name), "CORSRules")
        lacking: list[str] = []
        if rules is not None:
            lacking = [origin for origin in origins if cors.lacking(rules, origin, self._sent)]
            if not lacking:
                return None
        if rules is not None and sets:
            asked = {"CORSRules": cors.merged(rules, lacking)}
            why = self._asked(lambda: self._client.put_bucket_cors(Bucket=self._name, CORSConfiguration=asked))
            if why is None:
                log.info("the bucket's CORS rules now let pages of the site send to it", origins=lacking)
                return None
            if not cors.lacking(rules, origins[0], self._sent):
                return None  # only pages of this machine itself are shut out
        # A store without rules of its own may let everybody in, or be told elsewhere.
        is_known, seen = True, ""
        try:
            seen = self.seen(origins[0])
        except (Unclear, BotoCoreError) as unclear:
            is_known, seen = False, f"it cannot be told: {unclear}"
        if not seen:
            return self._partly(origins[0], rules or (), why)
        code = code_of(why) if why else "" if sets else "not tried"
        what = f"Pages of {origins[0]} cannot upload to the bucket {self._name}: {seen}."
        if why:
            what += f" The app may not set its CORS rules ({code})."
        if not is_known:
            what = f"Whether pages of {origins[0]} may send to the bucket {self._name} is not known ({code}); {seen}."
        wanted = {"CORSRules": cors.merged(rules or (), [origins[0]])}
        command = self._aws("put-bucket-cors", "--cors-configuration", json.dumps(wanted))
        return Trouble("cors", what + self._kept(rules), command, stops=is_known)

    def _partly(self, origin: str, rules: Sequence[Any], why: ClientError | None) -> Trouble | None:
        """A browser is let send; that is all it asks before. What rules lack besides shows when a form's answer may not be read."""
        if not rules or not (lacks := cors.lacking(rules, origin, self._sent)):
            return None  # a store without rules of its own lets everybody in
        what = f"Pages of {origin} may send to the bucket {self._name}, but not do all they need: {lacks}."
        if why:
            what += f" The app may not set its CORS rules ({code_of(why)})."
        wanted = json.dumps({"CORSRules": cors.merged(rules, [origin])})
        return Trouble("cors", what, self._aws("put-bucket-cors", "--cors-configuration", wanted))

    # -- what it throws away

    def _throws_away(self, keep_days: int, least_days: int, sets: bool) -> Trouble | None:
        configured: dict[str, Any] = {}

        def ask() -> dict[str, Any]:
            configured.update(self._client.get_bucket_lifecycle_configuration(Bucket=self._name))
            return configured

        rules, why = self._told(ask, "Rules")
        early = lifecycle.too_early(rules or (), least_days)
        if early:
            what = f"Of the bucket {self._name} {early}, and uploads may take {least_days} days (SMARTUPLOAD_ABANDON_AFTER_DAYS)."
            return Trouble("lifecycle", what, f"Let that rule wait for {keep_days} days.")
        if rules is not None:
            if not lifecycle.missing(rules, keep_days):
                return self._deletes(rules)
            if not sets:
                what = f"The bucket {self._name} keeps what is left unfinished when the app is gone."
                asked = json.dumps({"Rules": lifecycle.merged(rules, keep_days)})
                command = self._aws("put-bucket-lifecycle-configuration", "--lifecycle-configuration", asked)
                return Trouble("lifecycle", what, command)
            wanted = {"Rules": lifecycle.merged(rules, keep_days)}
            also = {name: configured[name] for name in ("TransitionDefaultMinimumObjectSize",) if name in configured}
            why = self._asked(
                lambda: self._client.put_bucket_lifecycle_configuration(
                    Bucket=self._name, LifecycleConfiguration=wanted, **also
                )
            )
            if why is None:
                log.info("the bucket now throws away by itself what is left unfinished", days=keep_days)
                return self._deletes(rules)
        if why is None or not is_denied(why):
            # Only a second net: the app removes what is abandoned by itself.
            log.info("the store takes no lifecycle rules", code=code_of(why) if why else "")
            return None
        what = f"The bucket {self._name} keeps what is left unfinished when the app is gone, and the app may not set its lifecycle rules ({code_of(why)})."
        wanted = {"Rules": lifecycle.merged(rules or (), keep_days)}
        command = self._aws("put-bucket-lifecycle-configuration", "--lifecycle-configuration", json.dumps(wanted))
        return Trouble("lifecycle", what + self._kept(rules), command)

    def _deletes(self, rules: Sequence[Any]) -> Trouble | None:
        if not (deletes := lifecycle.deletes_files(rules)):
            return None
        what = f"Of the bucket {self._name} {deletes}, also those that are ready."
        return Trouble("lifecycle", what, "Take uploads/ out of that rule, unless that is what you want.")

    # -- asking

    def _told(self, ask: Callable[[], Mapping[str, Any]], name: str) -> tuple[list[Any] | None, ClientError | None]:
        """The rules that are there; None where they cannot be read, so that none of them is written over, and why."""
        answer: Mapping[str, Any] = {}

        def asked() -> None:
            nonlocal answer
            answer = ask()

        why = self._asked(asked)
        if why is not None:
            return ([], None) if code_of(why) in _NONE_YET else (None, why)
        return list(answer.get(name, ())), None

    def _asked(self, ask: Callable[[], object]) -> ClientError | None:
        """What the store refused for good or does not let us do; None when it did it. Raises StoreUnavailable."""
        with translated("look_at_bucket"):
            try:
                ask()
            except ClientError as error:
                if is_denied(error) or code_of(error) == "NoSuchBucket":
                    return error
                if code_of(error) in AWAY or (status_of(error) >= 500 and status_of(error) != 501):
                    raise
                return error
        return None

    def _aws(self, verb: str, *more: str) -> str:
        told = ["aws", "--endpoint-url", self._client.meta.endpoint_url, "s3api", verb, "--bucket", self._name, *more]
        return shlex.join(told)

    @staticmethod
    def _kept(rules: Sequence[Any] | None) -> str:
        return "" if rules is not None else " The command replaces the rules that are there: add them to it."
