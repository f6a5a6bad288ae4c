"""The server half of smartupload: it signs, records and finishes uploads; the bytes never pass through it."""
