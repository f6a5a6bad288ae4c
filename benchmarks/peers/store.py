"""Starts a real S3 store (SeaweedFS, `weed mini`), new for each run."""

from __future__ import annotations

import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import boto3
from botocore.config import Config

BUCKET = "uploads"
ACCESS_KEY, SECRET_KEY, REGION = "AKIDBENCH", "secretbench", "us-east-1"
_PORTS = (
    "s3.port",
    "s3.port.grpc",
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "admin.port",
    "admin.port.grpc",
    "web",
    "peer",
)


def s3_client(endpoint: str) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        region_name=REGION,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )


def free_ports(ip: str) -> dict[str, int]:
    """A row of ports of our own. Not fixed ones even in a namespace: SeaweedFS names its Unix sockets in /tmp by port,
    and two stores that share them, each in its namespace, take each other's calls."""
    for row in range(os.getpid(), os.getpid() + 1000):
        ports = {name: 12000 + row % 1000 * 16 + i for i, name in enumerate(_PORTS)}
        try:
            for port in ports.values():
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind((ip, port))
            return ports
        except OSError:
            pass
    raise RuntimeError("no free ports")


class Store:
    """One fresh store: an empty bucket that encrypts, open CORS, and a first object written so that its volumes exist."""

    def __init__(self, ip: str, directory: str):
        self.ip, self.directory, self.ports = ip, directory, free_ports(ip)
        self.endpoint = f"http://{ip}:{self.ports['s3.port']}"
        self.tus_endpoint = f"http://{ip}:{self.ports['filer.port']}/.tus"
        shutil.rmtree(directory, ignore_errors=True)
        os.makedirs(directory)
        config = os.path.join(directory, "s3.json")
        with open(config, "w") as f:
            json.dump(
                {
                    "identities": [
                        {
                            "name": "bench",
                            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
                            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
                        }
                    ]
                },
                f,
            )
        weed = os.path.join(os.path.dirname(sys.executable), "weed")
        self.log = open(os.path.join(directory, "weed.log"), "wb")  # noqa: SIM115
        self.process = subprocess.Popen(
            [
                weed,
                "mini",
                f"-dir={directory}",
                f"-ip={ip}",
                f"-ip.bind={ip}",
                f"-s3.config={config}",
                "-admin.ui=false",
                "-webdav=false",
                "-master.telemetry=false",
                "-filer.tusBasePath=/.tus",
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                *(f"-{name}={port}" for name, port in self.ports.items() if "port" in name),
            ],
            stdout=self.log,
            stderr=subprocess.STDOUT,
            cwd=directory,
        )
        self.s3 = s3_client(self.endpoint)
        try:
            self._wait(60)
        except BaseException:
            shutil.copy(self.log.name, directory + "-failed.log")
            self.close()
            raise

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                if not self.s3.list_buckets()["Buckets"]:
                    self.s3.create_bucket(Bucket=BUCKET)
                # As large stores have it, and as smartupload asks for it: what lies there is encrypted, whoever brings it.
                self.s3.put_bucket_encryption(
                    Bucket=BUCKET,
                    ServerSideEncryptionConfiguration={
                        "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
                    },
                )
                self.s3.put_object(Bucket=BUCKET, Key="warm-up", Body=bytes(8 << 20))
                break
            except Exception:  # not up yet
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.2)
        self.s3.delete_object(Bucket=BUCKET, Key="warm-up")
        self.s3.put_bucket_cors(
            Bucket=BUCKET,
            CORSConfiguration={
                "CORSRules": [
                    {
                        "AllowedOrigins": ["*"],
                        "AllowedMethods": ["GET", "PUT", "POST", "DELETE", "HEAD"],
                        "AllowedHeaders": ["*"],
                        "ExposeHeaders": ["ETag", "Location", "x-amz-checksum-sha256"],
                        "MaxAgeSeconds": 7200,
                    }
                ]
            },
        )

    def addresses(self, hosts: Sequence[str]) -> list[str]:
        """Its addresses under these names."""
        return [f"http://{host}:{self.ports['s3.port']}" for host in hosts]

    def find(self, size: int) -> str | None:
        """The key of an object of this size, whatever name the peer gave it."""
        for entry in self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
            if entry["Size"] == size:
                return entry["Key"]
        return None

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.directory, ignore_errors=True)
        for port in self.ports.values():
            for path in glob.glob(f"/tmp/seaweedfs-*-{port}.sock"):
                os.unlink(path)
