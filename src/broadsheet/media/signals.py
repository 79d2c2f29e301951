"""Signals of the picture desk, sent on commit."""

from django.dispatch import Signal

picture_encoded = Signal()
"""The public files of a picture were made or made again, or what is told with it was changed. Arguments: `image_id`."""
