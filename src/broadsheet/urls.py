"""The whole URL map."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from broadsheet.ops.sign_in import sign_in
from broadsheet.reader import record_pages as record
from broadsheet.reader import report_pages as reports
from broadsheet.reader import views as reader
from broadsheet.reader.islands import islands
from broadsheet.reader.reads import COUNTED_AT, read
from broadsheet.sharing import cards
from broadsheet.syndication import declared, log, statements
from broadsheet.syndication import views as syndication
from broadsheet.syndication.api import openapi
from broadsheet.syndication.api import resources as api
from broadsheet.theme.patterns import show as patterns

handler404 = "broadsheet.reader.views.not_found"
handler500 = "broadsheet.reader.views.server_error"

# Digits of ASCII, and no zeros in front: each number has one address, else there would be no end of pages to store.
DATE = r"(?:(?P<year>[0-9]{4})/(?:(?P<month>[0-9]{2})/(?:(?P<day>[0-9]{2})/)?)?)?"

STATEMENTS = r"statements(?:/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})-(?P<shown>[1-9][0-9]{0,5}))?\.(?P<form>json|csv)"

urlpatterns = [
    path("desk/sign-in/<str:token>/", sign_in),
    path("desk/patterns/", patterns),
    path("desk/patterns/<str:name>/", patterns),
    path("desk/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path(COUNTED_AT.lstrip("/"), read),
    path("assets/<str:name>", reader.stylesheet, name="stylesheet"),
    path("favicon.ico", reader.favicon),
    path("robots.txt", declared.robots),
    path("ads.txt", declared.ads),
    path("trust.txt", declared.trust),
    path(".well-known/trust.txt", declared.trust),
    path("security.txt", declared.security_at_the_root),
    path(".well-known/security.txt", declared.security),
    path("oembed/", declared.oembed),
    path("api/", reader.api),
    path("api/v3/openapi.json", openapi.show),
    path("api/v3/", include(api.patterns)),
    path("api/v3/<path:rest>", api.not_there),
    re_path(r"^cards/(?P<digest>[0-9a-f]{16})(?P<permalink>/.+)\.png$", cards.show),
    path("sitemap.xml", syndication.sitemap_index),
    path("sitemap-news.xml", syndication.sitemap_of_news),
    re_path(r"^sitemap-(?P<name>sections|pages|people|topics)(?:-(?P<part>[1-9]\d{0,4}))?\.xml$", syndication.sitemap_of_pages),
    re_path(r"^sitemap-(?P<month>\d{4}-\d\d(?:-[1-9]\d{0,3})?)\.xml$", syndication.sitemap_of_month),
    re_path(r"^sitemap-\d{1,6}\.xml$", syndication.numbered_sitemap),
    path("feed/", syndication.site_feed),
    re_path(r"^feed/(?P<form>atom|json)/$", syndication.site_feed),
    re_path(r"^feed/kind/(?P<kind>[a-z]{1,20})/(?:(?P<form>atom|json)/)?$", syndication.kind_feed),
    path("islands/<str:names>/", islands),
    path("record/", reader.record),
    path("record/verify.py", log.program),
    re_path(r"^record/of(?P<path>/.*)$", log.story),
    re_path(r"^record/(?P<path>keys|key-\d{1,4}|(?:\d{1,4}/)?(?:checkpoint|follows|tile/.+))$", log.file),
    path("latest/", reader.latest),
    path("search/", reader.search),
    re_path(r"^search/feed/(?:(?P<form>atom|json)/)?$", syndication.search_feed),
    re_path(rf"^archive/{DATE}$", reader.archives),
    path("corrections/", record.corrections),
    re_path(r"^corrections/feed/(?:(?P<form>atom|json)/)?$", syndication.corrections_feed),
    path("people/<str:slug>/", reader.person),
    path("people/<str:slug>/said/", reader.said),
    re_path(rf"^people/(?P<slug>[^/]+)/{STATEMENTS}$", statements.of_person),
    re_path(r"^people/(?P<slug>[^/]+)/feed/(?:(?P<form>atom|json)/)?$", syndication.person_feed),
    re_path(rf"^people/(?P<slug>[^/]+)/archive/{DATE}$", reader.person_archives),
    path("topics/<str:slug>/", reader.topic),
    re_path(rf"^topics/(?P<slug>[^/]+)/{STATEMENTS}$", statements.of_topic),
    re_path(r"^topics/(?P<slug>[^/]+)/feed/(?:(?P<form>atom|json)/)?$", syndication.topic_feed),
    path("lists/<str:slug>/", reader.placement),
    re_path(r"^lists/(?P<slug>[^/]+)/feed/(?:(?P<form>atom|json)/)?$", syndication.placement_feed),
    path("password/<int:page_view_restriction_id>/<int:page_id>/", reader.no_passwords, name="wagtailcore_authenticate_with_password"),
    re_path(rf"^(?P<section>.+/)archive/{DATE}$", reader.section_archives),
    # Wagtail reverses this name to build addresses; permalinks come first, then the tree, then what is moved.
    re_path(r"^(?P<section>(?:.*/)?)feed/(?P<own>own/)?(?:(?P<form>atom|json)/)?$", syndication.section_feed),
    re_path(rf"^(?P<path>.+)/{STATEMENTS}$", statements.of_story),
    re_path(r"^(?P<path>.+)/text/$", reader.words),
    re_path(r"^(?P<path>.+)/republish/$", reader.republish),
    re_path(r"^(?P<path>.+)/changes/$", record.changes),
    re_path(r"^(?P<path>.+)/changes\.json$", record.changes_json),
    re_path(r"^(?P<path>.+)/report/$", reports.report),
    re_path(r"^(?P<path>.+)/report/(?P<reference>[A-Za-z0-9_-]{24})/$", reports.reported),
    re_path(r"^(?P<path>.*)$", reader.page, name="wagtail_serve"),
]
