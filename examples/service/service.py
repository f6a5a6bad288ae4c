"""Files for programs: no pages, a token that says who is asking, and a list of what has arrived."""

from fastapi import FastAPI, HTTPException
from starlette.requests import HTTPConnection

from smartupload import SmartUpload
from smartupload.hooks import NewFile, ReadyFile

TOKENS = {"Bearer secret-of-the-scanner": "scanner", "Bearer secret-of-accounting": "accounting"}
arrived: dict[str, ReadyFile] = {}


def who(connection: HTTPConnection) -> str | None:
    return TOKENS.get(connection.headers.get("authorization", ""))


class Inbox:
    version = 1

    def may_upload(self, file: NewFile) -> str | None:
        return None if file.name.endswith((".pdf", ".tif")) else "Only PDF and TIFF are taken here."

    async def on_ready(self, file: ReadyFile) -> None:
        arrived[file.upload_id] = file


uploads = SmartUpload(identify=who, hooks=[Inbox()])
app = FastAPI(lifespan=uploads.lifespan)


@app.get("/arrived")
def list_arrived() -> list[str]:
    return [f"{file.name} of {file.owner}, {file.size} bytes" for file in arrived.values()]


@app.get("/arrived/{upload_id}/first-bytes")
def first_bytes(upload_id: str) -> str:
    if upload_id not in arrived:
        raise HTTPException(404)
    return next(uploads.read(upload_id))[:8].hex()


app.mount("/", uploads.api)
