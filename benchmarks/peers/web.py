"""The bench's own web server: the peers' pages, and a JSON API that signs S3 requests for them.

    python -m benchmarks.peers.web IP PORT S3_ENDPOINT

POST /api/create   {key}                         -> {key, uploadId}
POST /api/sign     {method, key, uploadId?, partNumber?} or a list of these -> {url} or a list
POST /api/list     {key, uploadId}               -> [{PartNumber, Size, ETag}]
POST /api/complete {key, uploadId, parts}        -> {location}
POST /api/abort    {key, uploadId}               -> {}
"""

from __future__ import annotations

import http.server
import json
import mimetypes
import os
import sys

from benchmarks.peers import WORK
from benchmarks.peers.proc import started
from benchmarks.peers.store import BUCKET, s3_client

DIST = os.path.join(WORK, "pages", "dist")
PAGE = """<!doctype html><meta charset="utf-8"><title>{name}</title>
<input type="file" id="file" multiple><p id="status">idle</p><script type="module" src="{name}.js"></script>
"""
_OPERATIONS = {  # (method, whether it names an upload, whether it names a part)
    ("PUT", False, False): "put_object",
    ("DELETE", False, False): "delete_object",
    ("POST", False, False): "create_multipart_upload",
    ("PUT", True, True): "upload_part",
    ("GET", True, False): "list_parts",
    ("POST", True, False): "complete_multipart_upload",
    ("DELETE", True, False): "abort_multipart_upload",
}


class Api:
    def __init__(self, endpoint: str):
        self.s3 = s3_client(endpoint)

    def sign(self, request):
        if isinstance(request, list):
            return [self.sign(each) for each in request]
        params = {"Bucket": BUCKET, "Key": request["key"]}
        if request.get("uploadId"):
            params["UploadId"] = request["uploadId"]
        if request.get("partNumber"):
            params["PartNumber"] = int(request["partNumber"])
        operation = _OPERATIONS[request["method"], "UploadId" in params, "PartNumber" in params]
        return {"url": self.s3.generate_presigned_url(operation, Params=params, ExpiresIn=3600)}

    def create(self, request):
        reply = self.s3.create_multipart_upload(Bucket=BUCKET, Key=request["key"])
        return {"key": request["key"], "uploadId": reply["UploadId"]}

    def list(self, request):
        pages = self.s3.get_paginator("list_parts").paginate(
            Bucket=BUCKET, Key=request["key"], UploadId=request["uploadId"]
        )
        return [
            {k: part[k] for k in ("PartNumber", "Size", "ETag")} for page in pages for part in page.get("Parts", ())
        ]

    def complete(self, request):
        parts = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in request["parts"]]
        reply = self.s3.complete_multipart_upload(
            Bucket=BUCKET, Key=request["key"], UploadId=request["uploadId"], MultipartUpload={"Parts": parts}
        )
        return {"location": reply.get("Location", request["key"])}

    def abort(self, request):
        self.s3.abort_multipart_upload(Bucket=BUCKET, Key=request["key"], UploadId=request["uploadId"])
        return {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one segment
    api: Api

    def log_message(self, *args):
        pass

    def _reply(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        name = os.path.basename(self.path.split("?")[0])
        if name.endswith(".html"):
            self._reply(200, "text/html", PAGE.format(name=name[:-5]).encode())
            return
        path = os.path.join(DIST, name)
        if not os.path.isfile(path):
            self._reply(404, "text/plain", b"not found")
            return
        with open(path, "rb") as f:
            self._reply(200, mimetypes.guess_type(name)[0] or "application/octet-stream", f.read())

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        try:
            reply = getattr(self.api, self.path.rsplit("/", 1)[-1])(body)
            self._reply(200, "application/json", json.dumps(reply).encode())
        except Exception as error:
            self._reply(500, "text/plain", repr(error).encode())


class Web:
    """The server above as a child process."""

    def __init__(self, ip: str, port: int, endpoint: str):
        self.origin = f"http://{ip}:{port}"
        self.process = started("benchmarks.peers.web", ip, str(port), endpoint)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


if __name__ == "__main__":
    Handler.api = Api(sys.argv[3])
    http.server.ThreadingHTTPServer.daemon_threads = True
    server = http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler)
    print("ready", flush=True)
    server.serve_forever()
