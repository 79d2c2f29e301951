"""Dates as pages print them, in the languages news sites are written in, found inside a line of text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace

from broadsheet.importing.documents import calendars, month_names

# Names and usual abbreviations; a name that means different months in different languages is left out.
_MONTHS = tuple(
    frozenset(line.split())
    for line in """
    january jan januar januari janvier janv enero ene gennaio gen janeiro gener styczeń stycznia leden ledna január ianuarie januára tammikuuta tammikuu ocak oca января январь янв січня січень јануар януари ιανουαρίου يناير جانفي كانون_الثاني ژانویه جنوری जनवरी जन জানুয়ারি ஜனவரி ינואר yanvar siječnja
    february feb februar februari février févr fév febrero febbraio fevereiro fev febrer luty lutego únor února február februarie helmikuuta helmikuu şubat şub февраля февраль фев лютого лютий фебруар февруари φεβρουαρίου فبراير فيفري شباط فوریه فروری फरवरी फ़रवरी फर फ़र ফেব্রুয়ারি பிப்ரவரி פברואר fevral veljače
    march mars märz marzo março març marca marzec březen března március martie maaliskuuta maaliskuu mart maart марта март березня березень μαρτίου مارس آذار مارچ मार्च মার্চ மார்ச் מרץ maret mrt mär ožujka
    april apr avril avr abril abr aprile kwiecień kwietnia duben dubna apríl április aprilie huhtikuuta huhtikuu nisan апреля апрель апр квітня квітень април απριλίου أبريل أفريل نيسان آوریل اپریل अप्रैल अप्रै এপ্রিল ஏப்ரல் אפריל travnja
    may mai mayo maggio mag maio maig maj maja květen května mei máj május toukokuuta toukokuu mayıs мая май травня травень мај μαΐου مايو ماي أيار مئی मई মে மே מאי svibnja
    june jun juin juni junio giugno giu junho juny czerwiec czerwca červen června june június iunie kesäkuuta kesäkuu haziran haz июня июнь июн червня червень јун юни ιουνίου يونيو جوان حزيران ژوئن جون जून জুন ஜூன் יוני lipnja
    july jul juillet juil juli julio luglio lug julho juliol lipiec lipca červenec července júl július iulie heinäkuuta heinäkuu temmuz tem июля июль июл липня липень јул юли ιουλίου يوليو جويلية جويليه تموز ژوئیه جولائی जुलाई जुल জুলাই ஜூலை יולי srpnja
    august aug août aou agosto ago agost augusti sierpień sierpnia srpen srpna augusztus elokuuta elokuu ağustos ağu августа август авг серпня серпень αυγούστου أغسطس أوت آب اوت اگست अगस्त अग আগস্ট ஆகஸ்ட் אוגוסט agustus augustus kolovoza
    september sep sept septembre septiembre settembre set setembro setembre wrzesień września září szeptember septembrie syyskuuta syyskuu eylül eyl сентября сентябрь сен сент вересня вересень септембар септември σεπτεμβρίου سبتمبر أيلول سپتامبر ستمبر सितंबर सितमबर सित सितम्बर সেপ্টেম্বর செப்டம்பர் ספטמבר sentyabr rujna
    october oct oktober okt octobre octubre ottobre ott outubro out październik października říjen října október octombrie lokakuuta lokakuu ekim eki октября октябрь окт жовтня жовтень октобар октомври οκτωβρίου أكتوبر تشرين_الأول اکتبر اکتوبر अक्टूबर अक्तूबर अक्टू अक्तू অক্টোবর அக்டோபர் אוקטובר oktyabr
    november nov novembre noviembre novembro noiembrie marraskuuta marraskuu kasım kas ноября ноябрь ноя новембар ноември листопада νοεμβρίου نوفمبر تشرين_الثاني نوامبر نومبر नवंबर नव नवम्बर নভেম্বর நவம்பர் נובמבר noyabr studenoga
    december dec dezember dez décembre déc diciembre dic dicembre dezembro desembre grudzień grudnia prosinec prosince decembrie joulukuuta joulukuu desember aralık ara декабря декабрь дек грудня грудень децембар декември δεκεμβρίου ديسمبر كانون_الأول دسامبر دسمبر दिसंबर दिस दिसम्बर ডিসেম্বর டிசம்பர் דצמבר dekabr prosinca
    """.strip().splitlines()
)
_NUMBER = {
    name.replace("_", " "): n
    for table in ([names.split() for names in month_names.MONTHS], _MONTHS)
    for n, names in enumerate(table, 1)
    for name in names
}
_DAY = "|".join(sorted((re.escape(name.replace("_", " ")) for name in month_names.DAYS.split()), key=len, reverse=True))
_DAY = rf"(?:(?<![^\W\d_])(?:{_DAY})\.?(?![^\W\d_])|[(（][日月火水木金土一二三四五六월화수목금토일](?:[)）]|$))"
DAY_BEFORE, DAY_AFTER = re.compile(rf"{_DAY}\W*$", re.I), re.compile(rf"^\W*?{_DAY}", re.I)
"""Days of the week, which say nothing beside a date."""
_NAME = "|".join(sorted(map(re.escape, _NUMBER), key=len, reverse=True))
_HALF = r"[ap]\.?m\.?|오전|오후|上午|下午|午前|午後|ص|م"
_TIME = (
    r"(?:\.?\s?[,،|–·-]?\s*(?:at|um|à|a las|alle|om|kl\.?|в|saat|الساعة|\(\D{{1,3}}\))?\s*(?P<q{0}>"
    + _HALF
    + r")?\s?(?P<h{0}>\d{{1,2}})\s?(?:[:h.시時点點]\s?|Uhr\s)"
    r"(?P<m{0}>\d{{2}}(?!\.?\d)|(?<=[시時点點])\d{{1,2}}|(?<=[시時]\s)\d{{1,2}})\s?[분分]?(?::\d{{2}})?(?:\s?(?P<p{0}>"
    + _HALF
    + r")(?!\w))?(?:\s?Uhr)?)?"
)
_ZONE = re.compile(
    r"\s?[,|]?\s?(?:\(?(?:(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|(?:[ECMP]|AE|AC|NZ|A[KW]|H)[SD]?T|CES?T|EES?T|WES?T|BST|IST|MSK|KST|JST|HKT|SGT|PKT|WIB|WITA|WAT|EAT|CAT|SAST|МСК)\)?(?!\w)|Uhr\b|"
    r"بتوقيت [\u0621-\u064a]+(?: [\u0621-\u064a]+)??(?=\s*(?:[|·,،–-]|$))|[+-]\d\d:\d\d\b|م(?!\w))"
)
_DATE = re.compile(
    rf"(?<!\d)(?P<y1>(?:19|20)\d\d)(?:[-/.]|\.\s)(?P<n1>\d{{1,2}})(?:[-/.]|\.\s)(?P<d1>\d{{1,2}})(?!\d)(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?{_TIME.format(1)}"
    rf"|(?<!\d)(?P<y2>(?:19|20)\d\d)\s?[年년]\s?(?P<n2>\d{{1,2}})\s?[月월]\s?(?P<d2>\d{{1,2}})\s?[日일]{_TIME.format(2)}"
    rf"|(?:(?<!\d)|(?<=19\d\d)|(?<=20\d\d))(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|ος|[ºª.])?\s?(?:de\s|of\s|d['’]\s?)?(?P<n3>{_NAME})[.॰]?[,،]?\s?(?:de\s|del\s)?(?P<y3>(?:19|20)\d\d)(?=\D|$|\d\d?\.?\s?(?:{_NAME})){_TIME.format(3)}"
    rf"|(?<![^\W\d_])(?P<n4>{_NAME})[.॰]?\s?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[,،]?\s(?P<y4>(?:19|20)\d\d)(?!\d){_TIME.format(4)}"
    rf"|(?<!\d)(?P<y5>(?:19|20)\d\d)[.,]?\s(?P<n5>{_NAME})[.॰]?\s(?P<d5>\d{{1,2}})(?!\d)\.?{_TIME.format(5)}"
    rf"|(?<!\d)(?P<d7>\d{{1,2}})\.?\s(?P<n7>{_NAME})\.?\s['’](?P<y7>\d\d)(?!\d){_TIME.format(7)}"
    rf"|(?<![\d./-])(?P<a6>\d{{1,2}})(?P<s6>[./-])(?P<b6>\d{{1,2}})(?P=s6)(?P<y6>(?:19|20)\d\d)(?![\d./-]\d){_TIME.format(6)}",
    re.I,
)
_BEFORE = re.compile(r"(?<![\d:.–-])(?<![–-]\s)(?P<h>\d{1,2})[:h](?P<m>\d\d)(?:\s?Uhr)?(?:\s?[,·|–-]\s?|\s)$")
_YEAR = re.compile(r"(?:19|20)\d\d|['’]\d\d")
_SHORT = re.compile(rf"(?<![\w./:-])(?P<a8>\d\d)(?P<s8>[./])(?P<b8>\d\d)(?P=s8)(?P<y8>\d\d)(?![\w/-]|[.:]\d){_TIME.format(8)}", re.I)
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?!\d)")
_OTHER_YEAR = re.compile(r"(?:1[34]|2[45])\d\d|[和成正國国]\s?(?:\d|元)")
_MAX = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, from `start` to before `end`."""

    start: int
    end: int
    date: dt.date
    time: dt.time | None = None
    is_ambiguous: bool = False
    """Written in numbers that may mean day and month or month and day."""


def western(text: str) -> str:
    """The text with every script's digits as 0 to 9, character for character."""
    return "".join(str(unicodedata.decimal(c, c)) if c.isdecimal() else c for c in text) if not text.isascii() else text


def find_dates(text: str, *, language: str = "") -> list[Found]:
    """All dates in a line's first 2,000 characters; `language` (BCP 47) decides between 3/4 and 4/3."""
    found: list[Found] = []
    text = western(text[:_MAX])
    # The long pattern is slow: it is tried only where a year stands.
    for match in _DATE.finditer(text) if _YEAR.search(text) else ():
        if one := _date(match, language):
            found.append(one)
    if not found and _OTHER_YEAR.search(text):
        found = [Found(start, end, date) for start, end, date in sorted(calendars.find(text))]
    if not found and len(text) <= 80:
        found = [one for match in _SHORT.finditer(text) if (one := _short(match, language))]
    found = [replace(one, end=zone.end()) if (zone := _ZONE.match(text, one.end)) else one for one in found]
    return [_with_time_before(one, text) if one.time is None else one for one in found]


def _with_time_before(found: Found, text: str) -> Found:
    """The date with the time of day right before it: “22:27, 15.02.2017”."""
    match = _BEFORE.search(text, max(0, found.start - 24), found.start)
    hour, minute = (int(match["h"]), int(match["m"])) if match else (24, 0)
    return replace(found, start=match.start(), time=dt.time(hour, minute)) if match and hour < 24 and minute < 60 else found


def _date(match: re.Match[str], language: str) -> Found | None:
    kind = next(n for n in "1234567" if match[f"y{n}"])
    year, ambiguous = int(match[f"y{kind}"]), False
    if kind == "6":
        day, month = int(match["a6"]), int(match["b6"])
        if month > 12 or (day <= 12 and language.casefold() in ("en-us", "en-ph")):
            day, month = month, day
        ambiguous = day <= 12 and month <= 12 and day != month
    else:
        name = match[f"n{kind}"]
        day, month = int(match[f"d{kind}"]), int(name) if name.isdecimal() else _NUMBER[name.casefold()]
    if kind == "7":
        year += _century(year)
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return Found(match.start(), match.end(), date, _time(match, kind), ambiguous)


def _century(year: int) -> int:
    return 2000 if year < 70 else 1900


def _short(match: re.Match[str], language: str) -> Found | None:
    """Years of two digits: first in eastern Asia, last elsewhere; believed of a line only that is short and has no better date."""
    one, two, three = int(match["a8"]), int(match["b8"]), int(match["y8"])
    year, month, day = (one, two, three) if language.casefold()[:2] in ("ko", "ja", "zh") or three > 31 and one > 31 else (three, two, one)
    if month > 12:
        month, day = day, month
    try:
        date = dt.date(year + _century(year), month, day)
    except ValueError:
        return None
    return Found(match.start(), match.end(), date, _time(match, "8"), is_ambiguous=True)


def _time(match: re.Match[str], kind: str) -> dt.time | None:
    if not match[f"h{kind}"]:
        return None
    hour, half = int(match[f"h{kind}"]), (match[f"p{kind}"] or match[f"q{kind}"] or "").replace(".", "").casefold()
    if half:
        hour = hour % 12 + (12 if half in ("pm", "오후", "下午", "午後", "م") else 0)
    minute = int(match[f"m{kind}"])
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def order_in(text: str) -> str:
    """`en-us` where the dates in numbers of a whole text can only be month, day, year; else nothing."""
    pairs = [(int(one), int(two)) for one, two in _NUMBERS.findall(western(text[:200_000]))]
    return "en-us" if any(two > 12 for _one, two in pairs) and not any(one > 12 for one, _two in pairs) else ""


def machine_date(text: str) -> dt.date | None:
    """A date as metadata has it (ISO 8601, else anything `find_dates` knows); a datetime when it names a time, with its zone if it has one."""
    text = western(text.strip())[:100]
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        found = find_dates(text)
        return found[0].date if found else None
    if not 1900 <= when.year <= 2100:
        return None
    return when if ":" in text else when.date()
