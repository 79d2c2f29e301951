"""The people in the bylines: one sitting each, all in the same light."""

from draw.faces import (
    BROWN,
    FAIR,
    GREY,
    NEAR,
    SAND,
    SQUARE,
    TAN,
    WHITE,
    Sitter,
    bearded,
    beret,
    braid_top,
    braids,
    bun,
    cap,
    crop,
    curls,
    curly,
    curtain,
    fringe,
    ground,
    long_hair,
    moustache,
    quiff,
    receding,
    sit,
    swept,
)
from draw.sheet import BARE, DEEP, MIST, NAVY, PALE, SPOT, WARM, Sheet, ink, picture


def _pose(name: str, spot: str, shows: str, sitter: Sitter, wall: dict[str, str], **parts: object) -> None:
    @picture(f"portrait-{name}", spot, f"Portrait, drawn: {shows}.", (0.5, 0.42), size=SQUARE, wobble=4)
    def draw(c: Sheet) -> None:
        ground(c, **wall)  # type: ignore[arg-type]
        with c.at(440 - 440 * NEAR, 400 - 400 * NEAR, NEAR):
            sit(c, sitter, **parts)  # type: ignore[arg-type]


_pose(
    "ingrid-solheim", "vermilion", "a woman with silver hair in a bob and a high collar",
    Sitter(FAIR, WHITE, jaw=0.96, turn=-12, lined=True, smile=10, coat=NAVY, collar="high", shirt=PALE), {"fill": ink(0.3, 0.75, 0.4)},
    behind=long_hair(120, wide=152), before=curtain, ears=False,
)  # fmt: skip
_pose(
    "tomas-arrieta", "ochre", "a man with a dark beard and combed-back hair",
    Sitter(TAN, turn=16, wide=1.02, brow=15, coat=ink(0.62, 0.1), shirt=BARE), {"fill": ink(0.08, 0.9), "rays": ink(0.12, 0.55)},
    before=bearded(quiff, 0.5),
)  # fmt: skip
_pose(
    "leila-haddad-morrow", "teal", "a woman with long wavy hair and an open collar",
    Sitter(ink(0.03, 0.1), wide=0.97, jaw=0.93, turn=14, brow=12, coat=SPOT, shirt=BARE), {"fill": MIST, "disc": ink(0.05, 0.75)},
    behind=long_hair(300, wave=18, wide=160), before=curtain, ears=False,
)  # fmt: skip
_pose(
    "rafiq-anwar-deen", "plum", "a man with glasses and a short grey moustache",
    Sitter(ink(0.05, 0.32), GREY, wide=1.04, turn=-14, lined=True, glasses="square", coat=DEEP, shirt=ink(0.1, 0.2)), {"fill": ink(0.1, 0.4), "bars": ink(0.1, 0.62)},
    before=lambda c, s: (swept(c, s), moustache(c, s)),
)  # fmt: skip
_pose(
    "mina-takehara", "vermilion", "a woman with a straight black fringe and round glasses",
    Sitter(FAIR, DEEP, wide=0.98, jaw=0.95, turn=10, glasses="round", smile=5, coat=SPOT, collar="round"), {"fill": PALE, "disc": WARM},
    behind=long_hair(150, wide=148), before=fringe, ears=False,
)  # fmt: skip
_pose(
    "oluwaseun-adebanjo-hale", "ochre", "a man with cropped hair and a trimmed beard, in a tie",
    Sitter(ink(0.26, 0.72), DEEP, wide=1.03, turn=-12, brow=13, coat=NAVY, collar="tie", shirt=BARE), {"fill": ink(0.02, 0.55), "disc": ink(0.02, 0.3)},
    before=bearded(crop, 0.2),
)  # fmt: skip
_pose(
    "pia-lindqvist", "plum", "a woman with fair hair in a knot",
    Sitter(FAIR, ink(0.06, 0.5), wide=0.97, turn=-15, smile=9, coat=NAVY, shirt=BARE), {"fill": ink(0.75, 0.35), "disc": ink(0.5, 0.3)},
    behind=bun, before=swept,
)  # fmt: skip
_pose(
    "callum-reyes", "moss", "a man in a woollen cap with a full beard",
    Sitter(ink(0.03, 0.13), ink(0.45, 0.5), turn=15, smile=12, coat=ink(0.55, 0.6), collar="high", shirt=PALE),
    {"fill": ink(0.12, 0.12), "hills": ink(0.3, 0.55)}, before=bearded(beret, 1.0),
)  # fmt: skip
_pose(
    "nadia-ferrant", "teal", "a woman with a cloud of curls",
    Sitter(ink(0.14, 0.2), DEEP, turn=12, wide=0.98, smile=11, coat=ink(0.2, 0.9), collar="round"), {"fill": ink(0.02, 0.4), "rays": ink(0.02, 0.2)},
    behind=lambda c, s: curls(c, s, reach=206, size=46, start=140, end=400, rows=3), before=curly, ears=False,
)  # fmt: skip
_pose(
    "samir-vasnik", "ochre", "an elderly officer with a white moustache, in a jacket and tie",
    Sitter(ink(0.1, 0.42), WHITE, wide=1.02, jaw=1.05, turn=-10, lined=True, brow=14, smile=2, coat=ink(0.5, 0.85), collar="tie", shirt=BARE),
    {"fill": ink(0.6, 0.3), "hills": ink(0.78, 0.45)}, before=lambda c, s: (receding(c, s), moustache(c, s)),
)  # fmt: skip
_pose(
    "esther-maalouf", "ochre", "an elderly woman with white hair swept up and square glasses",
    Sitter(SAND, WHITE, wide=0.99, jaw=0.96, turn=13, lined=True, glasses="square", smile=10, coat=NAVY, collar="round"), {"fill": ink(0.42, 0.85, 0.5), "disc": WARM},
    behind=bun, before=swept,
)  # fmt: skip
_pose(
    "jonas-weatherby", "vermilion", "a bald man with round glasses and a grey beard",
    Sitter(SAND, GREY, wide=1.05, jaw=1.04, turn=-15, lined=True, glasses="round", smile=8, coat=ink(0.7, 0.3), shirt=PALE), {"fill": MIST, "bars": PALE},
    before=bearded(receding, 0.7),
)  # fmt: skip
_pose(
    "amara-nkemelu", "plum", "a young woman with braided hair gathered on top",
    Sitter(BROWN, DEEP, wide=0.96, jaw=0.92, turn=13, smile=12, coat=PALE, collar="round"), {"fill": ink(0, 0.55), "disc": ink(0, 0.3)},
    behind=braids, before=braid_top,
)  # fmt: skip
_pose(
    "hyun-woo-baek", "teal", "a young man with a side parting",
    Sitter(ink(0.02, 0.06), DEEP, wide=0.98, jaw=0.97, turn=-13, smile=7, coat=MIST, collar="high", shirt=NAVY), {"fill": ink(0, 0.62), "hills": ink(0.1, 0.9)},
    before=lambda c, s: cap(c, s, part=-70, fringe=-96),
)  # fmt: skip
_pose(
    "sofia-petrakis", "vermilion", "a young woman with long dark hair",
    Sitter(SAND, ink(0.8, 0.7), wide=0.97, jaw=0.94, turn=-12, smile=10, coat=ink(0.3, 0.3), shirt=BARE), {"fill": ink(0.04, 0.32), "rays": ink(0.04, 0.16)},
    behind=long_hair(330, wave=-6, wide=150), before=curtain, ears=False,
)  # fmt: skip
_pose(
    "yusuf-karimi", "vermilion", "a man with a greying beard and an open collar",
    Sitter(ink(0.12, 0.36), ink(0.6, 0.35), wide=1.0, turn=12, brow=15, lined=True, coat=ink(0.12, 0.3), shirt=BARE), {"fill": ink(0.72, 0.4), "disc": ink(0.5, 0.3)},
    before=bearded(lambda c, s: cap(c, s, high=206, part=-30, fringe=-120), 0.6),
)  # fmt: skip
