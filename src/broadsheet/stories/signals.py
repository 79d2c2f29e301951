"""Signals of the newsroom, sent on commit; they never alter what was published."""

from django.dispatch import Signal

story_published = Signal()
"""A story became public or its public version changed. Arguments: `story_id`."""
story_withdrawn = Signal()
"""A public story is no longer public. Arguments: `story_id`."""
