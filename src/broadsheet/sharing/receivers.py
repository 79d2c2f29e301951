"""What is published or taken down drops the cards that were drawn of it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from broadsheet.sharing import cards
from broadsheet.stories.signals import story_published, story_withdrawn


@receiver(story_published)
@receiver(story_withdrawn)
def drop_cards(sender: Any, story_id: int, **kwargs: Any) -> None:
    """The next who asks for it has it drawn anew, if it is public."""
    cards.drop(story_id)
