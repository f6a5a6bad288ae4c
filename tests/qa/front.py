"""The real app as a company puts it on its network: behind nginx, with TLS and a login; and a fault in it, where a test plants one."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from smartupload_testing.site import Site
from smartupload_testing.wait import wait_for

from scripts.nginx import get
from tests.browser.server import ROOT, Build, Server, free_port, is_free
from tests.certificates import certificate_for

USER, PASSWORD = "tester", "secret word@1"
HOST = "127.0.0.1"
CONFIG = """
{user} pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  ssl_certificate {certificate}; ssl_certificate_key {certificate};
  {map}
  server {{
    listen {host}:{port} ssl;
    auth_basic "uploads"; auth_basic_user_file {folder}/users;
    {body_size}
    {documented}
    proxy_set_header Authorization ""; proxy_set_header Accept-Encoding "";
    sub_filter '</head>' '<script src="/fault.js"></script></head>';
    location = /fault.js {{ alias {folder}/fault.js; default_type text/javascript; }}
    location / {{ proxy_pass http://{host}:{app}; }}
    {locations}
  }}
  server {{ listen {host}:{store_port} ssl; client_max_body_size 0; proxy_request_buffering off; proxy_buffering off; proxy_http_version 1.1; location / {{ proxy_set_header Host $http_host; proxy_pass http://{store}; }} }}
}}
"""


_BLOCK = re.search(r"^```nginx\n(.*?)^```", (ROOT / "docs" / "operating.md").read_text(), re.MULTILINE | re.DOTALL)
assert _BLOCK is not None
_DOCUMENTED = {
    "map": re.findall(r"^map .*$", _BLOCK[1], re.MULTILINE)[0],
    "body_size": re.findall(r"client_max_body_size .*?;", _BLOCK[1])[0],
    "documented": " ".join(re.findall(r"^ +(proxy_(?!pass).*;)$", _BLOCK[1], re.MULTILINE)),
}
"""What docs/operating.md tells people to write, but for addresses: all is tried behind that."""


@dataclass(frozen=True)
class Fault:
    """Planted from outside: a script that runs first in every page, and what nginx answers in the place of the app."""

    script: str = ""
    locations: str = ""


class Front:
    """The app, its store and nginx before both; `url` is what people type."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.build = Build(ROOT / "build" / "test-web-qa")
        self.port = self._steady_port()
        self.store_port = free_port()
        self.url = f"https://{HOST}:{self.port}"
        self.certificate = certificate_for(HOST, folder)
        settings = {"PUBLIC_URL": self.url, "S3_PUBLIC_ENDPOINT_URL": f"https://{HOST}:{self.store_port}"}
        self.server = Server(self.build, folder / "data", settings)
        self._nginx: subprocess.Popen[bytes] | None = None

    def _steady_port(self) -> int:
        """The address is baked into the pages, which are kept from one run to the next."""
        memory = self.build.folder / "front-port"
        if memory.is_file() and is_free(port := int(memory.read_text())):
            return port
        memory.write_text(str(port := free_port()))
        return port

    @property
    def site(self) -> Site:
        return Site(self.url, (USER, PASSWORD), self.certificate)

    def start(self) -> None:
        self.server.start()
        (self.folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        self._write(Fault())
        command = [
            get(),
            "-p",
            str(self.folder),
            "-c",
            str(self.folder / "nginx.conf"),
            "-g",
            "daemon off; master_process on;",
        ]
        self._nginx = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        wait_for(lambda: not self.site.answers(), 20, "nginx to answer")

    def plant(self, fault: Fault) -> None:
        """This fault and no other from now on."""
        assert self._nginx is not None
        pid = self._nginx.pid
        before = _workers(pid)
        self._write(fault)
        os.kill(pid, signal.SIGHUP)
        wait_for(lambda: _workers(pid) and not _workers(pid) & before, 20, "nginx to take the fault")
        wait_for(lambda: not self.site.answers(), 20, "nginx to answer")

    def _write(self, fault: Fault) -> None:
        host, port = self.server.store_address()
        (self.folder / "fault.js").write_text(fault.script)
        (self.folder / "nginx.conf").write_text(
            CONFIG.format(
                folder=self.folder,
                certificate=self.certificate,
                host=HOST,
                port=self.port,
                app=self.server.port,
                store_port=self.store_port,
                store=f"{host}:{port}",
                locations=fault.locations,
                **_DOCUMENTED,
                # Else those who serve would be nobody, who may not read what is in the folder.
                user="user root;" if os.geteuid() == 0 else "",
            )
        )

    def close(self) -> None:
        if self._nginx is not None:
            self._nginx.terminate()
            self._nginx.wait(20)
        self.server.close()
        self.build.release()

    def files(self) -> int:
        """How many files the store holds, whosever they are."""
        return len(self.server.s3().list_objects_v2(Bucket="smartupload").get("Contents", []))

    def is_closed_to_strangers(self) -> bool:
        """Whether nobody comes in without the login."""
        return httpx.get(self.url, verify=False).status_code == 401


def _workers(pid: int) -> set[int]:
    return {one.pid for one in psutil.Process(pid).children()}
