"""A store behind HTTP/2: nginx, and before it a line that ends streams and connections in the middle of a part, as proxies and servers that stop do."""

from __future__ import annotations

import asyncio
import os
import ssl
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from smartupload_testing.files import MIB
from smartupload_testing.line.line import Line
from smartupload_testing.line.passing import both_ways
from smartupload_testing.wait import wait_for

from tests.browser.server import free_port, is_free

HOST = "127.0.0.1"
CONFIG = """
{user} pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; daemon off;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen {host}:{port} http2;
    client_max_body_size 0; proxy_request_buffering off; proxy_buffering off; proxy_http_version 1.1;
    location / {{ proxy_set_header Host $http_host; proxy_pass http://{store}; }}
  }}
}}
"""
PREFACE = 24
HEAD = 9
DATA, RST_STREAM, GOAWAY = 0, 3, 7
NO_ERROR, INTERNAL_ERROR, REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM = 0, 2, 7, 8, 11


@dataclass(frozen=True)
class Fault:
    """What happens once so many bytes of a body came on a stream. `times`: to the first so many streams, 0 for all."""

    kind: int
    code: int
    times: int = 1
    after: int = MIB


def frame(kind: int, stream: int, body: bytes) -> bytes:
    return len(body).to_bytes(3) + bytes([kind, 0]) + stream.to_bytes(4) + body


async def read_frame(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    """Kind, stream, and all of it."""
    head = await reader.readexactly(HEAD)
    body = await reader.readexactly(int.from_bytes(head[:3]))
    return head[3], int.from_bytes(head[5:]) & 0x7FFFFFFF, head + body


class Http2Line(Line):
    """Speaks TLS to the browser, and passes the frames of HTTP/2 on to nginx as they are. Who speaks HTTP/1.1 is led to the `store` itself."""

    def __init__(self, port: int, certificate: Path, nginx: int, store: int) -> None:
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate)
        self.tls.set_alpn_protocols(["h2"])
        self.nginx = nginx
        self.store = store
        self.fault: Fault | None = None
        self.hits = 0
        super().__init__(port)

    def plant(self, fault: Fault | None) -> None:
        """This fault and no other from now on."""
        self.fault, self.hits = fault, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if writer.get_extra_info("ssl_object").selected_alpn_protocol() != "h2":
            await self.relay(reader, writer, (HOST, self.store))
            return
        far_reader, far_writer = await asyncio.open_connection(HOST, self.nginx)
        await both_ways(far_writer, self._up(reader, writer, far_writer), _down(far_reader, writer))

    async def _up(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(PREFACE))
        came, met = Counter[int](), set[int]()
        while True:
            kind, stream, whole = await read_frame(reader)
            writer.write(whole)
            await writer.drain()
            if kind != DATA:
                continue
            came[stream] += len(whole) - HEAD
            fault = self.fault
            if fault is None or stream in met or came[stream] < fault.after or 0 < fault.times <= self.hits:
                continue
            met.add(stream)
            self.hits += 1
            if fault.kind == RST_STREAM:
                back.write(frame(RST_STREAM, stream, fault.code.to_bytes(4)))
                writer.write(frame(RST_STREAM, stream, CANCEL.to_bytes(4)))
                continue
            # In order: what has begun comes to its end, and nothing new begins here. Else nothing of it counts, and the connection ends.
            last = max(came) if fault.code == NO_ERROR else 0
            back.write(frame(GOAWAY, 0, last.to_bytes(4) + fault.code.to_bytes(4)))
            await back.drain()
            if fault.code != NO_ERROR:
                back.close()
                return


async def _down(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        _, _, whole = await read_frame(reader)
        writer.write(whole)
        await writer.drain()


class Nginx:
    """Takes HTTP/2 on a port of its own, and asks the line of the tests in HTTP/1.1."""

    def __init__(self, program: str, folder: Path, store: int) -> None:
        folder.mkdir()
        self.port = free_port()
        values = {"folder": folder, "host": HOST, "port": self.port, "store": f"{HOST}:{store}"}
        # Else those who serve would be nobody, who may not write into the folder.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(CONFIG.format(**values, user=user))
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        wait_for(lambda: not is_free(self.port), 20, "nginx to listen")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)
