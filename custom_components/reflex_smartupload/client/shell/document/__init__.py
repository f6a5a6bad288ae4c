"""What is kept right in the document whatever pages draw: where the focus is, and texts that a translator has put in the place of ours."""

from ..._serve import serve_folder

serve_folder()
