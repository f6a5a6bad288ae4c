"""What offers a person to be told, and what is known of that; loaded with the first of it that is shown."""

from ..._serve import serve_folder

serve_folder()
