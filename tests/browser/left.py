"""What tests leave behind in the store, and how it goes by itself once nobody comes back."""

from __future__ import annotations

import contextlib
import sqlite3

from smartupload_testing.wait import wait_for

from tests.browser.server import Server

LONG_AGO = "2000-01-01 00:00:00.000000"


def leftovers(server: Server) -> set[str]:
    """Keys of open multipart uploads, and of objects that are no files: part objects, and what no ready upload owns. Beside each what its upload is."""
    store = server.s3()
    multiparts = store.list_multipart_uploads(Bucket="smartupload").get("Uploads", [])
    objects = store.list_objects_v2(Bucket="smartupload").get("Contents", [])
    with _database(server) as database:
        states = dict[str, str](database.execute("SELECT key, state FROM upload"))
    found = {one["Key"] for one in multiparts} | {one["Key"] for one in objects if states.get(one["Key"]) != "ready"}
    return {f"{key} ({states.get(key, 'of no upload')})" for key in found}


def expect_nothing(server: Server) -> None:
    """Start it again as if nobody had gone on with anything for very long, and wait until nothing is left.

    Nor is any address good any more: what was on the line of a file that was cancelled may have come after that.
    """
    server.stop()
    with _database(server) as database, database:
        database.execute("UPDATE upload SET expires_at = ?, moved_at = ? WHERE state != 'ready'", [LONG_AGO] * 2)
        database.execute("UPDATE upload SET signed_at = ? WHERE state != 'ready' AND signed_at IS NOT NULL", [LONG_AGO])
    server.start()
    wait_for(lambda: not leftovers(server), 60, f"the store to be empty; it held {leftovers(server)}", every=0.5)


def _database(server: Server) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(server.data / "smartupload.sqlite", timeout=20))
