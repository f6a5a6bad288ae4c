"""Pictures of files: small ones of images, shapes for all others; loaded with the first card."""

from ..._serve import serve_folder

serve_folder()
