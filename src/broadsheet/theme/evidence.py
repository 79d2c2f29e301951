"""Examples of what readers are shown of where a story comes from, short and long."""

from __future__ import annotations

import datetime as dt

from broadsheet.reader.cited import Cited, Happening, Label, Role, Said
from broadsheet.theme import examples

_SEEN = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)

SOURCES = (
    Cited("1", "source-1", ("cite-1",), "document", "document", "Harbour accounts, third quarter", "https://harbour.example/accounts/2026-q3.pdf",
          "Port Authority of Salen", "November 2026", "", _SEEN),
    Cited("2", "source-2", ("cite-2", "cite-2-2"), "anonymous", "unnamed source", "An engineer of the line", "", "", "24 November 2026",
          "she would lose her post; the editor knows who she is"),
    Cited("3", "source-3", ("cite-3",), "outlet", "other outlet", "", "https://diary.example/a/very/long/address/that/no/line/holds/2026/11/20/ferries",
          "", "", "", _SEEN, lost=True),
    Cited("4", "source-4", ("cite-4",), "interview", "interview", "Ole Berg, harbour master", "", "", "23 November 2026, 18:30", ""),
)  # fmt: skip

LABELS = (
    Label("paid", "Paid for by the Salen Shipping Line", "This is sponsored work: whoever paid for it had a say in it."),
    Label("ai", "Made with the help of AI: a translation model", "The interview was translated from Norwegian. Checked by Ingrid Solheim."),
    Label("funding", "Supported by outside funding", "The Coastal Reporting Fund paid for the journey."),
)

_STORY, _OTHER, _URDU = examples.card(3, examples.HEADLINES[1]), examples.card(5, examples.LONG), examples.TONGUES[0]

ROLES = (Role("opposition speaker", "2019", "2023"), Role("minister of harbours", "2024", "2026"))
SAID = (
    Said("Ada Holm", "/people/ada-holm/", "minister of harbours", "The ferry will sail before the ice comes, and it will sail every day.", True, "said",
         "24 November 2026", "Port Salen", "reporters on the quay", _STORY, "statement-1", "Press conference"),
    Said("Ada Holm", "/people/ada-holm/", "", "that nobody had asked her about the price", False, "said", "", "", "", _OTHER, "statement-2"),
    Said("Ada Holm", "/people/ada-holm/", "opposition speaker", "No.", True, "answered", "2019", "", "parliament", _URDU, "statement-1"),
)  # fmt: skip

TIMELINE = (
    Happening("First talks on the line", "held", "happened", "March 2024", dt.date(2024, 3, 1), "Port Salen", "", (_STORY,)),
    Happening("Straits Forum", "cancelled", "cancelled", "12 June 2026", dt.date(2026, 6, 12), "Oslo", "both ministers", (_OTHER, _STORY)),
    Happening("The ferry's first crossing", "planned", "planned", "2027", dt.date(2027, 1, 1), "", "", (_URDU,)),
)
