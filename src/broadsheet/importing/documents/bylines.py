"""Who wrote it: how much a few words look like a person's name, and how surely a line names the writer."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from broadsheet.importing.datelines import is_place
from broadsheet.importing.documents import phrases

EDGES = " \t\xa0|·•∙‧–—-,،、/:：;><»«()[]（）【】［］〔〕\u200e\u200f"
_AND = re.compile(
    r"\s*[,،、;；&]\s*(?:and|und|et|y|e|en|og|och|ve|dan|và|és|și|i|и)?\s+|\s+(?:and|und|et|y|e|en|og|och|ve|dan|và|és|și|i|и|و|और|اور|এবং|&)\s+|(?<=[\u3040-\u9fff])[、・，,;；](?=[\u3040-\u9fff])"
    r"|(?<=[가-힣])\s?[·,、]\s?(?=[가-힣])|(?<=[\u0621-\u064a])\s+و\s?(?=[\u0621-\u064a]{2,}\s)|،\s*",
    re.I,
)
_VERB = re.compile(
    r"\s+(?:reports?|reporting|writes|berichtet|schreibt|rapporte|raconte|informa|bildiriyor|yazıyor|yazdı|报道|報道|报导|報導|摄影报道)$",
    re.I,
)
_WITHIN = re.compile(r"\s+(?:in|dans|en|unter|em|su|kategori|from|aus|à|at|for|pour|für|reports|berichtet)\s+(?=[^\W\d_]).*", re.I)
_LIST = re.compile(r"\s(?:and|und|et|y|e|en|og|och|ve|dan|và|és|și|i|и|و|और|اور|এবং|&)\s", re.I)
_BRACKETS = re.compile(r"\s*(?:[(（\[][^()（）\[\]]{1,40}[)）\]]|[【［〔][^【】［］〔〕]{1,40}[】］〕])\s*")
_PARTICLES = frozenset(
    "de da di do dos das del della der den des du la le el al ul van von zu zum ter ten bin ben ibn abu abd y e i und et and ‘t d’ af av dalla of ap ’t 't".split()
)
_NEVER = frozenset(
    "the a an how why what who when where this that these our your my about more new all not is are on at with for from der die das ein eine wie warum was wer wann le les l’ une un des "
    "comment pourquoi qui el los las cómo qué por para o os as como il lo gli come che de het een hoe waarom".split()
) - frozenset(["le", "de", "o", "il", "new"])
_AGENCY = re.compile(
    r"(?:pa media|getty(?: images)?|epa|agence france[- ]presse|afp|reuters|ap|associated press|dpa|ansa|efe|xinhua|kyodo|yonhap|pti|ani|ians|apa|sda|ats|belga|tass|тасс|риа|interfax|"
    r"anadolu|aa|dha|iha|wam|kuna|spa|upi|bloomberg|epd|kna|sid|lusa|ntb|tt|ritzau|isna|irna|新华社|新華社|中新社|中央社|共同|時事|연합뉴스|뉴시스|뉴스1|رويترز|وكالات|أ ف ب|د ب أ)"
    r"(?:[/, ]+(?:afp|reuters|ap|dpa))*",
    re.I,
)
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺顾顧毛郝龚邵万钱严覃武戴莫孔向汤"
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용예경봉"
)
_JAPANESE = re.compile(
    r"(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|斎藤|齋藤|清水|山崎|森|池田|橋本|阿部|石川|山下|中島|前田|藤田|小川|後藤|岡田|長谷川|村上|近藤|石井|坂本|遠藤|"
    r"青木|藤井|西村|福田|太田|三浦|岡本|松田|中川|中野|原田|小野|田村|竹内|金子|和田|中山|石田|上田|森田|原|柴田|酒井|工藤|横山|宮崎|宮本|内田|高木|安藤|谷口|大野|丸山|今井|高田|藤本|武田|村田|上野|杉山|増田|平野|菅原|久保|松井|千葉|岩崎|桜井|木下|野口|松尾|菊地|野村|新井)"
    r"[\s\u3000]?[\u3041-\u30ff\u4e00-\u9fff々]{1,4}"
)
_LETTERS = re.compile(r"[^\W\d_]")
_HANDLE = re.compile(r"(?:^|(?<=\s))@\w[\w.]*")
"""Under what name somebody writes on a network."""
_FROM = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff가-힣]{1,8}[=＝](?=[\u3040-\u30ff\u3400-\u9fff가-힣]{2})")
"""Where a report comes from, in front of its writer's name."""
MAX_NAME = 60
ENOUGH = 1.0
"""What a line must weigh to be taken as a byline."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The people a line names, and how surely it names them as writers: 3 a standing phrase, below 1 hardly."""

    people: tuple[str, ...] = ()
    weight: float = 0.0


def is_role(text: str) -> bool:
    """Whether the words say what somebody does, and nothing else."""
    text = text.strip(EDGES)
    if not 0 < len(text) <= 60 or len(text.split()) > 6 or not (phrases.ROLE.search(text) or phrases.DESK.search(text)):
        return False
    before, comma, after = (re.split(r"\s?([,،])\s", text, maxsplit=1) + ["", ""])[:3]
    if comma and after and not phrases.ROLE.search(before) and min(map(shape, names(before)), default=0.0) >= 1.0:
        return False  # A name, and what its bearer does.
    match = phrases.BYLINE.match(text)
    return match is None or match.end() == len(text)


def is_desk(text: str) -> bool:
    """Whether the words name a desk and nobody in it."""
    text = text.strip(EDGES)
    return len(text) <= 40 and len(text.split()) <= 4 and bool(phrases.DESK.search(text))


def is_agency(text: str) -> bool:
    """Whether the words are a news agency's name."""
    return bool(_AGENCY.fullmatch(text.strip(EDGES)))


def is_name(text: str) -> bool:
    """Whether the text could be the name of a person or a desk."""
    if not text or len(text) > MAX_NAME or phrases.is_noise(text) or phrases.is_stop(text):
        return False
    if re.search(r"(?:[!?。！？…؟۔।॥]|\w{3}\.)[\"'”’»)\]）」』]*$", text) and not re.search(r"\b(?:Jr|Sr|Esq)\.$", text):
        return False
    if (
        re.search(r"[#@/:=<>{}\[\]?!|]|(?<![^\W_])\d{4,}|^\d+$|^\W*$", text)
        or phrases.READING_TIME.fullmatch(text)
        or phrases.COUNTED.fullmatch(text)
        or phrases.AGE.fullmatch(text)
        or phrases.DATE_WORD.fullmatch(text)
    ):
        return False
    return len(text.split()) <= 6


def shape(text: str) -> float:
    """How much a text looks like a person's name by its letters: 2 very, 0 it may be one, below 0 hardly."""
    words = text.split()
    if not is_name(text) or is_role(text) or is_agency(text):
        return -2.0
    letters = "".join(_LETTERS.findall(text))
    if any(ord(c) >= 0x3040 for c in letters):
        return _eastern(text, letters)
    cased = [word for word in words if word.casefold() not in _PARTICLES and _LETTERS.search(word)]
    if not cased or any(char.isdigit() for char in text):
        return -0.4 if len(words) == 1 and text[:1].islower() else -1.0
    if not any(char.isupper() or char.islower() for char in letters):
        # Scripts without capitals.
        return {1: -0.3, 2: 1.3, 3: 1.3, 4: 0.6}.get(len(words), -0.6)
    if words[0].casefold() in _NEVER:
        return -0.5
    capital = sum(word.lstrip("'‘’\"“(").replace("-", "")[:1].isupper() for word in cased)
    if len(words) == 1:
        return 0.1 if capital else -0.4
    if capital == len(cased):
        is_loud = letters.isupper() and len(letters) > 6
        return {2: 2.0, 3: 1.9, 4: 1.2, 5: 0.5}.get(len(words), 0.2) - (1.0 if is_loud else 0.0)
    return -1.0


def _eastern(text: str, letters: str) -> float:
    if len(letters) != len(re.sub(r"[\s\u3000·・]", "", text)):
        return -0.8
    if _JAPANESE.fullmatch(text) and 3 <= len(letters) <= 6:
        return 2.0
    if re.fullmatch(r"[\u4e00-\u9fff々]{1,3}[\s\u3000][\u3041-\u3096\u4e00-\u9fff々]{1,3}", text):
        return 1.2
    if 2 <= len(letters) <= 4 and letters[0] in _SURNAMES and not re.search(r"[\u3040-\u30ff]", letters):
        return 1.6 if len(letters) == 3 else 0.8
    if 2 <= len(letters) <= 5:
        return 0.0
    return -0.8


def trim(text: str) -> str:
    """The text without marks at its edges; a bracket that the text itself opens stays."""
    bare = text.strip(EDGES)
    return bare + ")" if bare.count("(") > bare.count(")") else bare + "）" if bare.count("（") > bare.count("）") else bare


def names(text: str) -> tuple[str, ...]:
    """The people a byline names, without what they do, where and for whom."""
    text = _VERB.sub("", _BRACKETS.sub(" ", text).strip(EDGES))
    parts = [part.strip(EDGES) for part in re.split(r"\s+[|•·–—/-]\s+", text) if part.strip(EDGES)]
    parts = [part for part in parts[:1] + [p for p in parts[1:] if not is_role(p) and not is_agency(p)] if part]
    if len(parts) > 1 and all(shape(part) < 1 for part in parts[1:]):
        parts = parts[:1]
    whole = " | ".join(_joined(_without_place(part)) for part in parts)
    parts = [one.strip(EDGES) for part in whole.split(" | ") for one in _AND.split(part) if one]
    parts = parts[:1] + [part for part in parts[1:] if not is_role(part) or shape(phrases.NAME_END.sub("", part).strip(EDGES)) > 0.5]
    bare = len(parts) == 2 and not re.search(r"[,،、;；|&·•]", whole)
    if bare and min(len(p.split()) for p in parts) == 1 < max(len(p.split()) for p in parts) and not re.search("[\u0600-\u06ff]", whole):
        parts = [whole]  # "José Ortega y Gasset" is one.
    people = [phrases.NAME_END.sub("", part).strip(EDGES) for part in parts if part]
    if len(people) > 1:
        first, *rest = people
        is_list = bool(_LIST.search(whole)) or len(rest) > 1 and not is_role(rest[0])
        people = [first] + [
            one for one in rest
            if one and not is_role(one) and not is_agency(one) and not (one[0].islower() and " " in one)
            and (is_list or " " in one or " " not in first)
        ]  # fmt: skip
    return tuple(person for person in dict.fromkeys(map(_without_city, people)) if is_name(person))


def _without_city(person: str) -> str:
    """The name without the city that its bearer writes from: “Ada Quill Leeds”, but “Jack London”."""
    words = person.split()
    for size in (2, 1):
        rest = words[:-size]
        is_name_left = len(rest) >= 2 or rest and not words[-1][0].isupper()
        if is_name_left and is_place(" ".join(words[-size:])):
            return " ".join(rest)
    return person


def _without_place(text: str) -> str:
    """The text without what stands behind “in”, unless that is one more name: “en” and “e” say both."""
    if not (match := _WITHIN.search(text)):
        return text
    word, _, rest = match[0].strip().partition(" ")
    is_and = bool(_LIST.fullmatch(f" {word} ")) and " " in rest.strip() and shape(rest) >= 0.5 and " " in text[: match.start()].strip()
    return text if is_and else text[: match.start()]


def _joined(text: str) -> str:
    """Names with any small words between and behind them, as in “Ada Quill with Ben Ode reports”, at marks; other texts as they are."""
    words = text.split()
    small = [n for n, word in enumerate(words) if word.isalpha() and word.islower() and word not in _PARTICLES]
    if not small or len(small) > 2 or len(words) > 10 or any(ord(char) >= 0x3040 for char in text):
        return text
    edges = [-1, *small, len(words)]
    runs = [" ".join(words[start + 1 : end]) for start, end in zip(edges, edges[1:], strict=False)]
    if not runs[-1]:
        runs.pop()
    return " | ".join(runs) if all(" " in run and shape(run) >= 1.2 for run in runs) else text


def claim(text: str, *, site: Collection[str] = ()) -> Claim:
    """What a line without a date in it says of the writer."""
    text = _BRACKETS.sub(" ", text).strip() if text.lstrip().startswith(("【", "［", "〔")) else text
    text = _FROM.sub("", _HANDLE.sub("", text))
    is_heading = text.rstrip().endswith((":", "：")) or bool(phrases.BOXED.match(text))
    text = trim(text)
    if not text or is_heading or len(text) > 160 or text.casefold() in site or phrases.is_noise(text) or phrases.is_stop(text):
        return Claim()
    if match := phrases.BYLINE.match(text):
        rest = text[match.end() :]
        people = names(rest)
        if people and not is_role(people[0]):
            looks = max(shape(person) for person in people)
            if is_agency(people[0]):
                return Claim(people, 2.1)  # Where somebody is named too, they wrote it.
            return Claim(people, 3.0 if looks > 0 or re.search(r"[:：]\s*$", match[0]) else 2.0 if looks > -0.9 else 0.6)
        if not rest.strip():
            return Claim()
        if people and len(rest.split()) <= 4 and is_name(trim(rest)):
            return Claim((trim(rest),), 2.0)  # A desk: “By our newsroom”.
    first = text.rpartition(",")[0]  # Behind the comma may stand what they do.
    match = phrases.NAME_END.search(text) or (
        phrases.NAME_END.search(first) if len(text) - len(first) < 12 and not is_role(first) else None
    )
    if match and is_desk(text[: match.start()]):
        return Claim((trim(text[: match.start()]),), 3.0)
    if match and (people := names(text[: match.start()])) and all(shape(p) > -0.9 for p in people):
        return Claim(people, 3.0)
    if is_role(text) and not re.search(r"[,،、|·•–—/]", text) or is_agency(text):
        return Claim()
    if (match := phrases.SIGNED.match(text)) and not phrases.EDITED.match(text):
        people = names(text[match.end() :])
        if people and len(people[0].split()) <= 4 and shape(people[0]) > -0.9:
            return Claim(people, 1.2 + max(0.0, shape(people[0])) * 0.5)
        return Claim()
    if len(text.split()) > 5 and re.search(r"[.!?؟।。]$", text):
        return Claim()
    people = names(text)
    if not people or phrases.EDITED.match(text) or any(person.casefold() in site for person in people):
        return Claim()
    if (
        len(people) > 1
        and min(map(shape, people[:-1])) >= 1.2
        and shape(people[-1]) < 0.5
        and not _LIST.search(text[text.rfind(people[-2]) :])
    ):
        people = people[:-1]  # Behind the last comma stands what they do.
    weight = min(shape(person) for person in people)
    said_more = len("".join(people)) < len(text) - 3
    return Claim(people, weight + (0.5 if said_more and weight > 0 and phrases.ROLE.search(text) else 0.0))
