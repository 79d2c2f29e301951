"""What readers of an earlier site wrote under a story, put back into its threads."""

from __future__ import annotations

from dataclasses import dataclass, field

from broadsheet.delivery.keys import note
from broadsheet.reader.contexts import Comment, Link
from broadsheet.stories.models import ReaderComment, Story


@dataclass(frozen=True, slots=True)
class Conversation:
    """All of it, as templates get it."""

    comments: tuple[Comment, ...] = ()
    count: int = 0
    pingbacks: tuple[Link, ...] = ()


@dataclass(slots=True)
class _Branch:
    row: ReaderComment | None = None
    answers: list[_Branch] = field(default_factory=list)

    def comments(self) -> tuple[Comment, ...]:
        return tuple(
            Comment(b.row.author, b.row.published, b.row.html, f"comment-{b.row.number}" if b.row.number else "", b.comments())
            for b in self.answers
            if b.row
        )


def conversation(story: Story) -> Conversation:
    """The comments and pingbacks of a story; one query."""
    note(f"conversation:{story.pk}")
    trunk = _Branch()
    line = [trunk]
    count, pingbacks = 0, []
    for row in ReaderComment.objects.filter(story_id=story.pk).order_by("position"):
        if row.kind == ReaderComment.Kind.PINGBACK:
            pingbacks.append(Link(row.author or row.url, row.url))
            continue
        count += 1
        del line[row.depth + 1 :]
        branch = _Branch(row)
        line[-1].answers.append(branch)
        line.append(branch)
    return Conversation(trunk.comments(), count, tuple(pingbacks))
