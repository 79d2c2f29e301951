"""Who said what, in sentences of our own."""

from __future__ import annotations

import datetime as dt

import pytest

from broadsheet.record.proposing import Kind, State, proposals, register
from broadsheet.record.proposing.reading import _READERS


def statements(text, language="en"):
    return [one for one in proposals(text, language) if one.kind == Kind.STATEMENT]


def said(text, language="en"):
    return [
        (one.quoted, " … ".join(text[a:b].rstrip(",") for a, b in one.spans), one.speaker and one.speaker.text, one.cue and one.cue.text)
        for one in statements(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("“We will not pay,” said Ada Holm, the minister.", "We will not pay", "Ada Holm", "said"),
        ('"We will not pay," Ada Holm said on Tuesday.', "We will not pay", "Ada Holm", "said"),
        ("Ada Holm told the council: „We will not pay.“", "We will not pay.", "Ada Holm", "told"),
        ("“The first thing,” he said, “is to read it.”", "The first thing … is to read it.", "he", "said"),
    ],
)
def test_quotations(text, words, speaker, cue):
    assert said(text) == [(True, words, speaker, cue)]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("She told reporters that the bill was wrong.", "the bill was wrong", "She", "told"),
        ("According to the ministry, the debt is four billion.", "the debt is four billion", "the ministry", "According to"),
        ("The debt is four billion, according to the ministry.", "The debt is four billion", "the ministry", "according to"),
        ("The debt, Holm said on Tuesday, would be paid.", "The debt … would be paid", "Holm", "said"),
        ("In Moscow, analysts believe the talks could fail.", "the talks could fail", "analysts", "believe"),
        ("Kremlin spokesperson Dmitry Peskov said it was difficult.", "it was difficult", "Kremlin spokesperson Dmitry Peskov", "said"),
        ("Paul Marlow, policy head at the bank, said it would close.", "it would close", "Paul Marlow", "said"),
        ("Officials described the plan as a mistake.", "the plan as a mistake", "Officials", "described"),
        ("The bank would close, the mayor said.", "The bank would close", "the mayor", "said"),
    ],
)
def test_reported(text, words, speaker, cue):
    assert said(text) == [(False, words, speaker, cue)]


@pytest.mark.parametrize(
    ("text", "quoted", "words", "speaker", "cue"),
    [
        ("« Nous ne paierons pas », a déclaré Ada Holm.", True, "Nous ne paierons pas", "Ada Holm", "déclaré"),
        ("« C’est faux », a-t-il dit.", True, "C’est faux", "il", "dit"),
        ("« C’est trop, explique-t-elle, pour nous. »", True, "C’est trop … pour nous.", "elle", "explique-t-elle"),
        (
            "Le maire, Paul Aubry, a affirmé mardi que les travaux dureraient.",
            False,
            "les travaux dureraient",
            "Le maire, Paul Aubry",
            "affirmé",
        ),
        ("Selon le ministère, la dette augmente.", False, "la dette augmente", "le ministère", "Selon"),
        ("Le bilan serait de trois morts, d’après la police.", False, "Le bilan serait de trois morts", "la police", "d’après"),
        ("Le président aurait quitté le pays.", False, "Le président aurait quitté le pays", None, "aurait"),
        ("Les experts disent craindre une crise.", False, "craindre une crise", "Les experts", "disent"),
    ],
)
def test_french(text, quoted, words, speaker, cue):
    assert said(text, "fr-CA") == [(quoted, words, speaker, cue)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry carried twelve passengers. “Star Wars” was shown on board.", "en"),
        ("The company declined to say whether it would sell.", "en"),
        ("The claims were denied. It is said to be cold there.", "en"),
        ("If the mayor says that it is over, it is over.", "en"),
        ("We believe that this is right, and I said so.", "en"),
        ("Selon que l’on regarde ou non, les prix changent selon les saisons.", "fr"),
        ("Il aurait fallu partir plus tôt.", "fr"),
        ("La banque a annoncé hier la fermeture de dix agences.", "fr"),
    ],
)
def test_nobody_says_anything(text, language):
    assert said(text, language) == []


def test_several_paragraphs_and_whoever_is_named_behind():
    text = "“A long speech begins here.\n\n“And goes on here,” Ada Holm added.\n\nShe waited. “Then it all ended.”"
    assert [(one.quoted, one.speaker and one.speaker.name) for one in statements(text)] == [(True, "Ada Holm")] * 3


def test_a_quotation_in_reported_speech_is_part_of_it():
    assert said("Holm said the offer was “not enough” for anybody.") == [
        (False, "the offer was “not enough” for anybody", "Holm", "said"),
    ]  # fmt: skip


def test_two_verbs_of_one_speaker():
    assert said("Peskov noted that Russia was ready, but stressed that it would wait, adding that it had time.") == [
        (False, "Russia was ready", "Peskov", "noted"),
        (False, "it would wait", "Peskov", "stressed"),
        (False, "it had time", "Peskov", "adding"),
    ]


def test_names_are_those_met_before():
    text = (
        "Kremlin spokesperson Dmitry Peskov said it was difficult. He emphasized that nothing was ready. Ada Holm, head of the bank, denied that. "
        "She said it was ready. Peskov said he was glad."
    )
    assert [(one.speaker.name, one.speaker.role) for one in statements(text)] == [
        ("Dmitry Peskov", "Kremlin spokesperson"),
        ("Dmitry Peskov", "Kremlin spokesperson"),
        ("Ada Holm", ""),
        ("Dmitry Peskov", "Kremlin spokesperson"),
    ]


def test_date_and_place_of_a_statement():
    (one,) = statements("On Sunday, Ada Holm said it was ready.")
    assert (one.when.text, one.when.date, one.place) == ("Sunday", "", None)
    (one,) = statements("In Paris, analysts believe it is ready.")
    assert one.place.text == "Paris"


def events(text, language="en", day=dt.date(2025, 11, 17)):
    found = [one for one in proposals(text, language, day=day) if one.kind == Kind.EVENT]
    return [(one.what, one.state, one.when and one.when.date, one.place and one.place.text) for one in found]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Both last met in August during a summit in Alaska.", "en", ("summit in Alaska", State.HAPPENED, "2025-08", "Alaska")),
        ("A summit in Budapest was planned, but he cancelled it.", "en", ("summit in Budapest", State.CANCELLED, None, "Budapest")),
        ("They hope another summit in Oslo could take place.", "en", ("summit in Oslo", State.HOPED, None, "Oslo")),
        ("The trial will begin in Harwick on 3 December.", "en", ("trial", State.PLANNED, "2025-12-03", "Harwick")),
        ("Le sommet de Genève aura lieu le 3 décembre.", "fr", ("sommet de Genève", State.PLANNED, "2025-12-03", "Genève")),
        ("La réunion prévue à Lyon a été annulée.", "fr", ("réunion", State.CANCELLED, None, "Lyon")),
    ],
)
def test_events(text, language, found):
    assert events(text, language) == [found]


@pytest.mark.parametrize(
    ("text", "language", "date", "precision"),
    [
        ("It opened on November 3, 2024.", "en", "2024-11-03", "day"),
        ("It opened on 3 November.", "en", "2025-11-03", "day"),
        ("It opened in December.", "en", "2024-12", "month"),
        ("It will open in December.", "en", "2025-12", "month"),
        ("It opened on Sunday.", "en", "2025-11-16", "day"),
        ("It will open on Sunday.", "en", "2025-11-23", "day"),
        ("It opened yesterday.", "en", "2025-11-16", "day"),
        ("It opened last month.", "en", "2025-10", "month"),
        ("It opened last week.", "en", "2025-11-10", "week"),
        ("It opened in 2015.", "en", "2015", "year"),
        ("Il a ouvert le 1er mars 2012.", "fr", "2012-03-01", "day"),
        ("Il a ouvert mardi dernier.", "fr", "2025-11-11", "day"),
        ("Il a ouvert l’an dernier.", "fr", "2024", "year"),
        ("Il a ouvert en 2009.", "fr", "2009", "year"),
    ],
)
def test_dates(text, language, date, precision):
    (one,) = [p.when for p in proposals(text, language, day=dt.date(2025, 11, 17)) if p.kind == Kind.DATE]
    assert (one.date, one.precision) == (date, precision)


def test_without_a_day_only_what_the_words_say():
    dates = [p.when.date for p in proposals("It opened on Sunday, and closed on 3 May 2021, and in July.", "en") if p.kind == Kind.DATE]
    assert dates == ["", "2021-05-03", ""]


def test_no_such_day_and_no_month_that_is_a_word():
    assert not [
        p for p in proposals("It may march on 31 February 2021 and will.", "en") if p.kind == Kind.DATE and p.when.precision == "day"
    ]


def test_places():
    found = [
        p.place.text
        for p in proposals("He flew from Geneva to Paris and spoke in Little Harwick, in March, in English, of Holm.", "en")
        if p.place
    ]
    assert found == ["Geneva", "Paris", "Little Harwick"]


def test_other_languages_can_be_registered():
    assert proposals("Er sagte: „Nein, danke.“", "de") == []
    (known,) = proposals("“No, thank you,” he said.", "en")
    register("de", lambda text, day: [known])
    try:
        assert proposals("Er sagte: „Nein, danke.“", "de-AT") == [known]
    finally:
        del _READERS["de"]
