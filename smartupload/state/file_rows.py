"""How a line of the library reads: names, figures and dates as a person says them, and which ways lead on from it."""

import dataclasses

from smartupload.service.files.sizes import size_text
from smartupload.service.presentation.views import UploadView
from smartupload.words import say

from .words import kind_text, sent_text, state_text


@dataclasses.dataclass
class FileRow:
    """One line of the library, ready to show. `share_url` is empty while the link leads nobody to it."""

    id: str
    name: str
    kind: str
    size: str
    bytes: int
    date: str
    state: str
    state_text: str
    tone: str
    percent: int
    error: str
    share_path: str
    share_url: str
    download_url: str
    #: who sent it by which drop link, as they call themselves; a sentence, empty for what its owner sent
    sent_by: str
    tags: list[str]


def row_of(upload: UploadView) -> FileRow:
    """The line of one upload."""
    text, tone = state_text(upload.state, upload.percent)
    ready = upload.state == "ready"
    return FileRow(
        id=upload.id,
        name=upload.name,
        kind=kind_text(upload.name),
        size=size_text(upload.size),
        bytes=upload.size,
        # As lists are sorted; what is still on its way keeps its place when it is there.
        date=upload.created_at.isoformat(),
        state=upload.state,
        state_text=text,
        tone=tone,
        percent=upload.percent,
        error=upload.error["detail"] if upload.error else "",
        share_path=f"/f/{upload.share_token}",
        share_url=upload.share_url if upload.link_open else "",
        download_url=f"/api/uploads/{upload.id}/download" if ready else "",
        sent_by=_sent_by(upload),
        tags=upload.tags,
    )


def _sent_by(upload: UploadView) -> str:
    if not upload.by_link:
        return ""
    if not upload.share_token:
        return say("state-sent-by-you")
    return sent_text(upload.metadata.get("from", ""), upload.drop_title)
