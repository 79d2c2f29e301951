"""The desk searches pages in the index that readers search, by Wagtail's own interface; other models stay in Wagtail's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from modelsearch import query as asked
from modelsearch.backends import database
from modelsearch.backends.base import BaseIndex, BaseSearchBackend, BaseSearchQueryCompiler, BaseSearchResults
from wagtail.models import Page

from broadsheet.search import index
from broadsheet.search.asking import Query, parse
from broadsheet.search.finding import MOST, find_for_the_desk
from broadsheet.stories import indexing

FEW, MANY = 50, 20_000
"""With fewer results than this, more of the index is looked through than the newest matches."""


def found_in(pages: QuerySet[Any], query: Query) -> list[int]:
    """Ids of those of these pages that match, as their latest version has it, best first."""
    if not query:
        return []
    ids = find_for_the_desk(query)
    found = _those_in(pages, ids)
    if len(found) < FEW and len(ids) >= MOST:
        # A common word, and somebody who may see, or asks for, little of what has it.
        found = _those_in(pages, find_for_the_desk(query, most=MANY))
    return found


def _those_in(pages: QuerySet[Any], ids: Sequence[int]) -> list[int]:
    there: set[int] = set()
    for start in range(0, len(ids), MOST):
        there.update(pages.filter(pk__in=ids[start : start + MOST]).order_by().values_list("pk", flat=True))
    return [pk for pk in ids if pk in there]


def typed(text: str) -> Query:
    """What somebody types while the list follows: each word may be a beginning."""
    return parse(text, last_is_beginning=True, shortest=1).by_beginnings()


class PageIndex(BaseIndex):
    """Pages in our index. What is public is entered at publish; here, what only the desk may find."""

    def get_key(self) -> str:
        """Told apart from Wagtail's own."""
        return "pages"

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        """Enter what is not public, or not as its latest version has it."""
        indexing.enter_for_the_desk(items)

    def delete_item(self, item: Any) -> None:
        """Take a page out."""
        index.forget(public=[item.pk], desk=[item.pk])


class Compiler(BaseSearchQueryCompiler):
    """Wagtail's question as ours."""

    HANDLES_ORDER_BY_EXPRESSIONS = True
    beginnings = False

    def check(self) -> None:
        """Every queryset will do: the database filters it."""

    def ids(self) -> list[int] | None:
        """Of pages that match, best first; None when all of them do."""
        if isinstance(self.query, asked.MatchAll):
            return None
        text = _written(self.query)
        return found_in(self.queryset, typed(text) if self.beginnings else parse(text))


def _written(query: Any) -> str:
    """Wagtail's query as somebody would type it."""
    if isinstance(query, asked.PlainText):
        return str(query.query_string)
    if isinstance(query, asked.Phrase):
        return f'"{query.query_string}"'
    if isinstance(query, asked.And):
        return " ".join(map(_written, query.subqueries))
    raise NotImplementedError(f"pages are searched by words and phrases, not by {type(query).__name__}")


class Typing(Compiler):
    """The same while somebody types."""

    beginnings = True


class Results(BaseSearchResults):
    """Pages, by relevance or in the order of the queryset."""

    supports_facet = True

    def _pages(self) -> tuple[QuerySet[Any], list[int] | None]:
        pages, ids = self.query_compiler.queryset, self.query_compiler.ids()
        return (pages if ids is None else pages.filter(pk__in=ids)), ids

    def _do_search(self) -> list[Any]:
        pages, ids = self._pages()
        if ids is None or not self.query_compiler.order_by_relevance:
            pages = pages if pages.query.order_by else pages.order_by("-pk")
            found = list(pages[self.start : self.stop])
        else:
            some = ids[self.start : self.stop]
            by_id = {page.pk: page for page in self.query_compiler.queryset.filter(pk__in=some).order_by()}
            found = [by_id[pk] for pk in some if pk in by_id]
        if self._score_field:
            for page in found:
                setattr(page, self._score_field, None)
        return found

    def _do_count(self) -> int:
        pages, ids = self._pages()
        count = pages.count() if ids is None else len(ids)
        return max(0, min(count, count if self.stop is None else self.stop) - self.start)

    def facet(self, field_name: str) -> dict[Any, int]:
        """How many pages have each value of a column."""
        rows = self._pages()[0].order_by().values_list(field_name).annotate(count=Count("pk")).order_by("-count")
        return dict(rows)


class _NothingToRebuild:
    def __init__(self, index: PageIndex) -> None:
        self.index = index

    def start(self) -> PageIndex:
        return self.index

    def finish(self) -> None:
        pass


class SearchBackend(BaseSearchBackend):
    """Pages in our index, everything else in Wagtail's."""

    query_compiler_class, autocomplete_query_compiler_class, results_class = Compiler, Typing, Results

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.others = database.SearchBackend(params)

    def get_index_for_model(self, model: Any) -> Any:
        """Ours for pages."""
        return PageIndex(self) if issubclass(model, Page) else self.others.get_index_for_model(model)

    def rebuilder_class(self, index: Any) -> Any:
        """For Wagtail's `rebuild_modelsearch_index`; ours is rebuilt by `broadsheet search rebuild`."""
        return _NothingToRebuild(index) if isinstance(index, PageIndex) else self.others.rebuilder_class(index)

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        model = model_or_queryset.model if isinstance(model_or_queryset, QuerySet) else model_or_queryset
        if issubclass(model, Page):
            return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)
        theirs = self.others.autocomplete if query_compiler_class is Typing else self.others.search
        return theirs(query, model_or_queryset, **kwargs)
