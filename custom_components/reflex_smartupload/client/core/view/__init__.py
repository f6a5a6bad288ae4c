"""What a person sees and hears: cards, the sentence about leaving, announcements, notifications."""

from ..._serve import serve_folder

serve_folder()
