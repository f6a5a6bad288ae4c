"""A client for Python programs: it puts files to a smartupload app and fetches them, with httpx and the standard library alone."""

from smartupload.client.client import SmartUploadClient
from smartupload.client.core.errors import SmartUploadError
from smartupload.client.core.results import Downloaded, Progress, Uploaded

__all__ = ["Downloaded", "Progress", "SmartUploadClient", "SmartUploadError", "Uploaded"]
