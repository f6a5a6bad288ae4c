"""Queues and topics against a server that speaks Amazon's protocols."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from smartupload.adapters.sqs import SqsOrSns, _region
from smartupload.errors import TryAgain, Undeliverable
from smartupload.ports import Message

REGION = "eu-central-1"


@pytest.fixture(scope="module")
def endpoint() -> Generator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def client(endpoint: str, service: str) -> Any:
    session = boto3.session.Session(aws_access_key_id="key", aws_secret_access_key="secret", region_name=REGION)
    return session.client(service, endpoint_url=endpoint)  # pyright: ignore[reportCallIssue,reportArgumentType]


def publisher(target: str, endpoint: str | None = None) -> SqsOrSns:
    return SqsOrSns(target, region=REGION, access_key_id="key", secret_access_key="secret", endpoint_url=endpoint)


def queue(endpoint: str, name: str, **attributes: str) -> str:
    return client(endpoint, "sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]


def received(endpoint: str, url: str) -> list[dict[str, Any]]:
    answer = client(endpoint, "sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"], MessageAttributeNames=["All"]
    )
    return answer.get("Messages", [])


def message(number: int, group: str = "u1", kind: str = "upload.ready") -> Message:
    return Message(str(number), kind, group, json.dumps({"id": str(number), "name": "été.mov"}, ensure_ascii=False))


def test_a_queue(endpoint: str) -> None:
    url = queue(endpoint, "plain")
    assert url.startswith(endpoint)
    publisher(url).send(message(1))
    [got] = received(endpoint, url)
    assert got["Body"] == message(1).body
    assert got["MessageAttributes"]["kind"]["StringValue"] == "upload.ready"


def test_a_fifo_queue_keeps_the_order_of_an_upload_and_drops_doubles(endpoint: str) -> None:
    url = queue(endpoint, "ordered.fifo", FifoQueue="true")
    to = publisher(url)
    for number in (1, 2, 2, 3):
        to.send(message(number))
    got = received(endpoint, url)
    assert [json.loads(item["Body"])["id"] for item in got] == ["1", "2", "3"]
    assert {item["Attributes"]["MessageGroupId"] for item in got} == {"u1"}
    assert [item["Attributes"]["MessageDeduplicationId"] for item in got] == ["1", "2", "3"]


def test_a_topic(endpoint: str) -> None:
    url = queue(endpoint, "behind-a-topic")
    sns = client(endpoint, "sns")
    topic = sns.create_topic(Name="events")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:{REGION}:123456789012:behind-a-topic")
    publisher(topic, endpoint).send(message(5))
    [got] = received(endpoint, url)
    envelope = json.loads(got["Body"])
    assert envelope["Message"] == message(5).body
    assert envelope["MessageAttributes"]["kind"]["Value"] == "upload.ready"


def test_what_can_be_put_right_is_tried_again(endpoint: str) -> None:
    with pytest.raises(TryAgain):
        publisher(f"{endpoint}/123456789012/nowhere").send(message(1))
    with pytest.raises(TryAgain):
        publisher(f"arn:aws:sns:{REGION}:123456789012:nowhere", endpoint).send(message(1))
    with pytest.raises(TryAgain, match="no answer"):
        publisher("http://127.0.0.1:9/123456789012/q").send(message(1))


def test_what_is_too_long_never_goes(endpoint: str) -> None:
    url = queue(endpoint, "short", MaximumMessageSize="1024")
    with pytest.raises(Undeliverable):
        publisher(url).send(Message("1", "upload.ready", "u1", json.dumps({"name": "x" * 2000})))


def test_the_region_stands_in_the_address() -> None:
    assert _region("https://sqs.eu-west-3.amazonaws.com/123456789012/q") == "eu-west-3"
    assert _region("https://eu-west-1.queue.amazonaws.com/123456789012/q") == "eu-west-1"
    assert _region("https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q") == "cn-north-1"
    assert _region("arn:aws:sns:us-west-2:123456789012:events.fifo") == "us-west-2"
    assert _region("http://localhost:9324/000000000000/q") == ""
