"""JSON-LD of every kind of page against schema.org's own vocabulary and the SHACL shapes made of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.utils import timezone

from broadsheet.people.models import Declarations, Person, Publication
from broadsheet.stories.actions import link_translations
from broadsheet.stories.models import Placement, StaticPage, Story, Topic
from broadsheet.syndication.schema import POLICIES

from .test_api import picture

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "schemaorg"
VOCABULARY, SHAPES = FOLDER / "schemaorg-29.4-all-https.jsonld", FOLDER / "schemarama/demo/validation/shacl/full.shacl"
needs_vocabulary = pytest.mark.skipif(not VOCABULARY.exists(), reason="schema.org's vocabulary is not in ../shared/fixtures")
TEXTS = {"Text", "URL", "CssSelectorType", "XPathType", "PronounceableText"}
LITERALS = {
    "Text": str, "URL": str, "Boolean": bool, "Integer": int, "Number": (int, float), "Date": str, "DateTime": str, "Time": str, "Float": float,
}  # fmt: skip


def several(value):
    return value if isinstance(value, list) else [] if value is None else [value]


class Vocabulary:
    """Types with what they are, properties with where they may stand and what they may say."""

    def __init__(self, path):
        self.above, self.domain, self.range = defaultdict(set), {}, {}
        for one in json.loads(path.read_text())["@graph"]:
            name = one["@id"].removeprefix("schema:")
            kinds = several(one["@type"])
            if "rdfs:Class" in kinds:
                self.above[name] |= {above["@id"].removeprefix("schema:") for above in several(one.get("rdfs:subClassOf"))}
            if "rdf:Property" in kinds:
                self.domain[name] = {of["@id"].removeprefix("schema:") for of in several(one.get("schema:domainIncludes"))}
                self.range[name] = {of["@id"].removeprefix("schema:") for of in several(one.get("schema:rangeIncludes"))}

    def kinds(self, name):
        """A type and all it is by inheritance."""
        return {name}.union(*(self.kinds(above) for above in self.above[name] if above in self.above))

    def faults(self, thing, where=""):
        """What of a description the vocabulary does not know."""
        type_ = thing.get("@type")
        if type_ not in self.above:
            return [f"{where}: no type {type_}"]
        found = []
        for name, value in thing.items():
            if name in ("@context", "@type", "@id"):
                continue
            # Actions say of a property what has to be put in: `query-input` (schema.org, "Potential Actions").
            name, is_input = name.removesuffix("-input"), name.endswith("-input")
            place = f"{where}{type_}.{name}"
            if name not in self.domain:
                found.append(f"{place}: no property")
                continue
            if not self.domain[name] & self.kinds(type_):
                found.append(f"{place}: stands in {sorted(self.domain[name])} only")
            for one in [] if is_input else several(value):
                if value == [] or one in ("", None):
                    found.append(f"{place}: says nothing")
                elif isinstance(one, dict) and one.keys() != {"@id"}:
                    if not self.range[name] & self.kinds(one.get("@type", "")):
                        found.append(f"{place}: no {one.get('@type')}, but {sorted(self.range[name])}")
                    found += self.faults(one, f"{place} → ")
                elif not isinstance(one, dict) and not any(self._is(one, kind) for kind in self.range[name]):
                    found.append(f"{place}: {one!r} is none of {sorted(self.range[name])}")
        return found

    def _is(self, value, kind):
        if kind in ("Date", "DateTime"):
            return isinstance(value, str) and bool(re.match(r"\d{4}(-\d\d(-\d\d(T|$))?)?", value))
        if kind == "URL" or kind not in LITERALS and "Enumeration" not in self.kinds(kind):
            # The address of a thing stands for the thing.
            return isinstance(value, str) and value.startswith(("http://", "https://"))
        if "Enumeration" in self.kinds(kind):
            return isinstance(value, str) and value.startswith("https://schema.org/")
        return isinstance(value, LITERALS[kind]) and not (isinstance(value, bool) and kind != "Boolean")


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(VOCABULARY)


def descriptions(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode())]


@pytest.fixture
def paper(front, make_section, make_story, settings):
    """A publication that says all it can, with a page of every kind; {address: types it is described as}."""
    logo, portrait, lead = picture("Logo"), picture("Portrait"), picture("Lead", licence="https://creativecommons.org/licenses/by/4.0/")
    Publication.objects.update(
        logo=logo, tagline="All the news", description="News of the coast", legal_name="Tern Ltd", founded=1901,
        licence="https://creativecommons.org/licenses/by-nd/4.0/",
    )  # fmt: skip
    about = type(front).objects.get().add_child(instance=StaticPage(title="Ethics", slug="ethics", standfirst="How we work."))
    about.save_revision().publish()
    declared = Declarations.for_site(type(front).objects.get().get_site())
    for name in POLICIES:
        setattr(declared, name, about)
    declared.save()
    ada = Person.objects.create(
        name="Ada Holm", slug="ada", role="Editor", biography="<p>She <b>sails</b>.</p>", website="https://ada.example/", portrait=portrait
    )
    bo = Person.objects.create(name="Bo Lund", slug="bo")
    sea = Topic.objects.create(name="Sea", slug="sea", description="All that is wet", promoted=True)
    top = Placement.objects.create(name="Top", slug="top")
    asia = make_section("Asia", parent=make_section("World"), description="The east")
    stories = {
        kind: make_story(
            f"A {kind}", kind=kind, parent=asia, people=[ada, bo], topics=[sea], placements=[top], lead_image=lead, dateline="Ystad"
        )
        for kind in Story.Kind.values
    }
    other = make_story("Arabic", language="ar", parent=asia)
    link_translations(stories=[stories["news"], other], by=None)
    plain = make_story("Plain", original_url="https://wire.example/1")
    updated = Story.objects.get(pk=stories["live"].pk)
    updated.change_kind = "update"
    updated.bylines.all().filter(person=bo).update(role="Photographs")
    updated.save_revision().publish()
    corrected = make_story("Corrected", body="<p>Nine sailed.</p>")
    corrected.body = [("text", "<p>Seven sailed.</p>")]
    corrected.change_kind, corrected.change_wrong, corrected.change_note = "correction", "We said nine.", "Seven sailed."
    corrected.save_revision().publish()
    told = {"funding": "The Harbour Fund, 2026", "ai_tool": "a translation model", "ai_part": "The interview.", "ai_review": "Ada"}
    helped, paid = make_story("Helped", dateline="Ystad", **told), make_story("Paid", dateline="Ystad", paid_by="Salen <Line>")
    odd = picture("Odd", licence="CC BY")
    odd_story = make_story('</script><b>"&', lead_image=odd)
    now = timezone.now()
    articles = {
        "opinion": "OpinionNewsArticle",
        "analysis": "AnalysisNewsArticle",
        "explainer": "BackgroundNewsArticle",
        "feature": "ReportageNewsArticle",
    }
    listed = {"CollectionPage"}
    return {
        "/": {"NewsMediaOrganization", "WebSite", "CollectionPage"}, "/world/": {"BreadcrumbList", *listed}, "/world/asia/": {"BreadcrumbList", *listed},
        **{story.permalink: {articles.get(kind, "NewsArticle"), "BreadcrumbList"} for kind, story in stories.items()},
        **{story.permalink: {"NewsArticle", "BreadcrumbList"} for story in (other, plain, odd_story, corrected, helped)}, "/corrections/": {"WebPage"},
        paid.permalink: {"AdvertiserContentArticle", "BreadcrumbList"},
        "/people/ada/": {"ProfilePage", *listed}, "/topics/sea/": listed, "/lists/top/": listed, "/latest/": listed, "/ethics/": {"WebPage"},
        "/search/?q=news": {"SearchResultsPage"}, "/search/": {"SearchResultsPage"}, "/archive/": {"BreadcrumbList", *listed},
        **{f"/archive/{now:{form}}/": {"BreadcrumbList", *listed} for form in ("%Y", "%Y/%m", "%Y/%m/%d")},
    }  # fmt: skip


@needs_vocabulary
@pytest.mark.django_db
def test_every_page_says_only_what_the_vocabulary_knows(client, paper, vocabulary):
    told = {address: descriptions(client, address) for address in paper}
    assert {address: {one["@type"] for one in found} for address, found in told.items()} == paper
    faults = {f"{address}: {fault}" for address, found in told.items() for one in found for fault in vocabulary.faults(one)}
    assert not faults, "\n".join(sorted(faults))


@needs_vocabulary
@pytest.mark.parametrize(
    ("thing", "fault"),
    [
        ({"@type": "NewsStory"}, "no type NewsStory"),
        ({"@type": "NewsArticle", "headlne": "x"}, "no property"),
        ({"@type": "Person", "headline": "x"}, "stands in"),
        ({"@type": "NewsArticle", "wordCount": "many"}, "none of"),
        ({"@type": "NewsArticle", "publisher": {"@type": "Place"}}, "no Place"),
        ({"@type": "NewsArticle", "keywords": []}, None),
        ({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "positon": 1}]}, "no property"),
        ({"@type": "OpinionNewsArticle", "headline": "x", "dateline": "y", "publisher": {"@type": "NewsMediaOrganization", "masthead": "https://x.test/"}}, None),
    ],
    ids=str,
)  # fmt: skip
def test_the_check_finds_what_is_wrong(vocabulary, thing, fault):
    found = vocabulary.faults(thing)
    assert any(fault in one for one in found) if fault else not found


@pytest.mark.django_db
def test_a_correction_is_said_where_it_is_told(client, paper):
    (article,) = (one for one in descriptions(client, Story.objects.get(title="Corrected").permalink) if "correction" in one)
    (comment,) = several(article["correction"])
    assert (comment["@type"], comment["text"]) == ("CorrectionComment", "We said nine. Seven sailed.")
    assert comment["url"].endswith("/changes/#version-2") and comment["datePublished"] > article["datePublished"]


@pytest.mark.django_db
def test_how_it_was_made_and_who_paid_is_told_to_machines(client, paper):
    def article(title):
        return next(one for one in descriptions(client, Story.objects.get(title=title).permalink) if "headline" in one)

    helped, paid, plain = article("Helped"), article("Paid"), article("Plain")
    assert helped["funding"] == {"@type": "Grant", "description": "The Harbour Fund, 2026"} and helped["dateline"] == "Ystad"
    assert helped["digitalSourceType"].endswith("/CompositeWithTrainedAlgorithmicMediaDigitalSource")
    assert helped["creditText"] == "Made with the help of AI: a translation model. The interview. Checked by Ada."
    assert paid["@type"] == "AdvertiserContentArticle" and paid["sponsor"] == {"@type": "Organization", "name": "Salen <Line>"}
    assert not {"funding", "sponsor", "digitalSourceType", "creditText"} & plain.keys() and plain["genre"] == "News"
    assert article("A opinion")["genre"] == "Opinion"


@pytest.mark.django_db
def test_what_is_said_of_a_story_and_of_the_publication(client, paper):
    told = {one["@type"]: one for one in descriptions(client, "/")}
    organisation = told["NewsMediaOrganization"]
    assert organisation["logo"]["@type"] == "ImageObject" and {*POLICIES.values()} <= organisation.keys()
    assert told["WebSite"]["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={search_term_string}")
    items = told["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [one["position"] for one in items] == list(range(1, len(items) + 1)) and len({one["url"] for one in items}) == len(items) > 5
    live = next(one for one in descriptions(client, Story.objects.get(kind="live").permalink) if one["@type"] == "NewsArticle")
    assert [one["name"] for one in live["author"]] == ["Ada Holm"] and [one["name"] for one in live["contributor"]] == ["Bo Lund"]
    image = live["image"][0]
    assert (image["license"], image["creditText"], image["caption"]) == (
        "https://creativecommons.org/licenses/by/4.0/",
        "A. Quill",
        "The quay",
    )
    assert live["license"].endswith("/by-nd/4.0/") and live["copyrightHolder"]["name"] == "Tern Ltd" and live["dateline"] == "Ystad"
    assert dt.datetime.fromisoformat(live["dateModified"]) > dt.datetime.fromisoformat(live["datePublished"])
    news = descriptions(client, Story.objects.get(title="A news").permalink)[0]
    assert [one["inLanguage"] for one in news["workTranslation"]] == ["ar"]
    odd = descriptions(client, Story.objects.get(title__startswith="</script>").permalink)[0]
    assert odd["headline"] == '</script><b>"&' and odd["image"][0]["license"] == {"@type": "CreativeWork", "name": "CC BY"}
    who = descriptions(client, "/people/ada/")[0]["mainEntity"]
    assert who["description"] == "She sails." and who["sameAs"] == ["https://ada.example/"] and who["image"]["@type"] == "ImageObject"
    topic = descriptions(client, "/topics/sea/")[0]
    assert topic["about"] == {"@type": "Thing", "name": "Sea", "description": "All that is wet"}
    assert "mainEntity" not in descriptions(client, "/search/")[0]


# The shapes.


def triples(thing, graph, rdflib, vocabulary):
    """A description as RDF; an address is one where the vocabulary says that it may be."""
    schema = rdflib.Namespace("http://schema.org/")
    node = rdflib.URIRef(thing["@id"]) if "@id" in thing else rdflib.BNode()
    if "@type" in thing:
        graph.add((node, rdflib.RDF.type, schema[thing["@type"]]))
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        for one in several(value):
            if isinstance(one, dict):
                said = triples(one, graph, rdflib, vocabulary)
            elif isinstance(one, str) and one.startswith("http") and not vocabulary.range.get(name, set()) <= TEXTS - {"URL"}:
                said = rdflib.URIRef(one)
            else:
                said = rdflib.Literal(one)
            graph.add((node, schema[name], said))
    return node


@needs_vocabulary
@pytest.mark.django_db
def test_every_page_fits_the_shapes(client, paper, vocabulary):
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    shapes, classes = rdflib.Graph().parse(SHAPES, format="turtle"), rdflib.Graph()
    sh, example, schema = (rdflib.Namespace(f"http://{name}") for name in ("www.w3.org/ns/shacl#", "example.org/", "schema.org/"))
    defined = set(shapes.subjects(rdflib.RDF.type, sh.NodeShape))
    for subject, _node, named in list(shapes.triples((None, sh.node, None))):
        # The file calls a third of its shapes by names that it does not define: ":Text" is ":ValidSchemaText".
        if named not in defined:
            shapes.remove((subject, sh.node, named))
            meant = example[f"ValidSchema{str(named).removeprefix(str(example)).removeprefix('ValidSchema')}"]
            name = str(meant).removeprefix(f"{example}ValidSchema")
            meant = example.ValidSchemaSchemaURL if name == "URL" else meant
            if meant in defined:
                shapes.add((subject, sh.node, meant))
            elif name not in LITERALS and name not in TEXTS:
                shapes.add((subject, sh["class"], schema[name]))
    for name, above in vocabulary.above.items():
        for one in above:
            classes.add((schema[name], rdflib.RDFS.subClassOf, schema[one]))
    data = rdflib.Graph()
    for address in paper:
        for one in descriptions(client, address):
            triples(one, data, rdflib, vocabulary)
    fits, _graph, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=classes, inference="none", advanced=False)
    assert fits, text[:4000]
