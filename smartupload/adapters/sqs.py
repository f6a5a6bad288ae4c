"""Publisher over Amazon's queues: which request an event becomes for an SQS queue or an SNS topic."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound

from smartupload.adapters import here, trust
from smartupload.errors import TryAgain, Undeliverable
from smartupload.ports import Message

# What another try with the same message would not change. All else (no such queue, no rights) can be put right meanwhile.
_NEVER = ("InvalidMessageContents", "InvalidParameterValue", "InvalidParameter", "MessageTooLong")
_CONFIG = Config(connect_timeout=5, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 2})


class SqsOrSns:
    """One SQS queue (its address) or one SNS topic (its ARN).

    FIFO ones keep the order of each upload and drop what is sent twice within five minutes. The region is the one that
    the address names, else `region`. Without keys boto3 looks where it always does: environment, profile, role.
    `endpoint_url` is for a service that is not Amazon's; a queue's address says it by itself.
    """

    def __init__(
        self,
        target: str,
        *,
        region: str,
        access_key_id: str = "",
        secret_access_key: str = "",
        endpoint_url: str | None = None,
        ca_file: str = "",
    ) -> None:
        self._target = target
        self._is_topic = target.startswith("arn:")
        self._is_fifo = target.endswith(".fifo")
        own = here.own_session() if access_key_id else None
        session = boto3.session.Session(
            botocore_session=own,
            aws_access_key_id=access_key_id or None,
            aws_secret_access_key=secret_access_key or None,
            region_name=_region(target) or region,
        )
        if not self._is_topic and not _is_amazons(target):
            parts = urlsplit(target)
            endpoint_url = endpoint_url or f"{parts.scheme}://{parts.netloc}"
        config = _CONFIG.merge(Config(**here.for_boto3(endpoint_url or called(target))))
        try:
            self._client: Any = session.client(
                "sns" if self._is_topic else "sqs",
                endpoint_url=endpoint_url,
                config=config,
                verify=trust.bundle(ca_file) if ca_file else None,
            )
        except ProfileNotFound as missing:
            raise ValueError(
                f"AWS_PROFILE is for SMARTUPLOAD_EVENTS_QUEUE_URL, and there is none: {missing}"
            ) from missing

    def send(self, message: Message) -> None:
        """See ports.Publisher. The kind is an attribute too, for filter policies."""
        more: dict[str, Any] = {
            "MessageAttributes": {"kind": {"DataType": "String", "StringValue": message.kind}},
        }
        if self._is_fifo:
            more |= {"MessageGroupId": message.group, "MessageDeduplicationId": message.id}
        try:
            if self._is_topic:
                self._client.publish(TopicArn=self._target, Message=message.body, **more)
            else:
                self._client.send_message(QueueUrl=self._target, MessageBody=message.body, **more)
        except ClientError as error:
            said: Any = error.response
            code = str(said["Error"]["Code"]).rpartition(".")[2]
            reason = f"{code}: {said['Error'].get('Message', '')}"
            raise (Undeliverable if code in _NEVER else TryAgain)(reason) from error
        except BotoCoreError as error:
            raise TryAgain(f"no answer: {error}") from error


def called(target: str) -> str:
    """The address that is called for it."""
    if not target.startswith("arn:"):
        return target
    partition, _, region = target.split(":")[1:4]
    return f"https://sns.{region}.amazonaws.com{'.cn' * (partition == 'aws-cn')}"


def _is_amazons(url: str) -> bool:
    return bool(re.search(r"\.amazonaws\.com(\.cn)?$", urlsplit(url).hostname or ""))


def _region(target: str) -> str:
    if target.startswith("arn:"):
        return target.split(":")[3]
    match = re.search(r"(?:^|//)(?:sqs\.([\w-]+)|([\w-]+)\.queue)\.amazonaws\.com", target)
    return (match[1] or match[2]) if match else ""
