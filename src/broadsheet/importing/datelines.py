"""Datelines: the place a report begins with ("LONDON (Reuters) — …"), taken out of the text only when it is certain.

A missed dateline stays in the text and does no harm; a wrong one tells readers that somebody was somewhere. So a place has
to be one we know, or be vouched for by a news agency's name behind it, and nothing after it may suggest another reading.
"""

from __future__ import annotations

import re
import zoneinfo
from functools import cache
from typing import Any

# Besides the cities that name time zones. Left out on purpose: what is as well a person's name, a label or a word.
_PLACES = """
abuja|addis ababa|aden|agra|ahmedabad|aleppo|alexandria|ankara|antwerp|atlanta|baltimore|bangalore|bengaluru|barcelona|basra|beijing|
bengaluru|bern|bhopal|birmingham|boston|brasília|brasilia|bristol|calgary|canberra|cape town|caracas|chandigarh|charlotte|chennai|
chittagong|cologne|dallas|delhi|donetsk|dusseldorf|edinburgh|faisalabad|frankfurt|gaza|gaza city|geneva|glasgow|gothenburg|
guangzhou|guwahati|the hague|hamburg|hanoi|houston|hyderabad|idlib|imphal|islamabad|jaipur|jammu|jeddah|jenin|
kandahar|kanpur|kharkiv|kherson|kochi|krakow|kyiv|kiev|lahore|leeds|leipzig|liverpool|los angeles|lucknow|lyon|manchester|
marseille|mecca|medina|melbourne|miami|milan|minneapolis|mosul|multan|mumbai|munich|mykolaiv|nagpur|naples|new delhi|new orleans|
new york|odesa|odessa|osaka|ottawa|patna|peshawar|philadelphia|pittsburgh|pretoria|pune|quetta|rabat|rafah|rawalpindi|rio de janeiro|
rotterdam|san diego|san francisco|san josé|seattle|shenzhen|srinagar|st. louis|st petersburg|st. petersburg|strasbourg|stuttgart|
sydney|sylhet|tel aviv|toulouse|turin|united nations|visakhapatnam|washington|wellington|wuhan|yangon|zaporizhzhia|ramallah|
genf|zürich|wien|berlin|hamburg|münchen|köln|düsseldorf|brüssel|moskau|warschau|prag|rom|mailand|peking|neu-delhi|kairo|
athen|lissabon|kopenhagen|straßburg|stuttgart|genève|bruxelles|londres|moscou|pékin|le caire|alger|tunis|beyrouth|damas|téhéran|
varsovie|rome|milan|marseille|strasbourg|montréal|québec|dakar|abidjan|bamako|ouagadougou|kinshasa|
ciudad de méxico|méxico|bogotá|buenos aires|madrid|barcelona|lima|quito|caracas|la habana|montevideo|asunción|la paz|
parís|moscú|pekín|bruselas|ginebra|nueva york|nueva delhi|el cairo|são paulo|rio de janeiro|brasília|lisboa|luanda|maputo|
roma|milano|torino|napoli|firenze|bruxelles|parigi|londra|mosca|pechino|ginevra|gerusalemme|
москва|киев|минск|санкт-петербург|лондон|париж|берлин|вашингтон|нью-йорк|пекин|женева|брюссель|астана|алма-ата|алматы|ташкент|
бишкек|душанбе|баку|ереван|тбилиси|кишинев|рига|вильнюс|таллин|харьков|одесса|львов|київ|харків|одеса|львів|
istanbul|ankara|izmir|londra|moskova|pekin|brüksel|cenevre|bağdat|şam|tahran|
القاهرة|بيروت|دمشق|بغداد|الرياض|جدة|مكة|الدوحة|دبي|أبوظبي|أبو ظبي|المنامة|الكويت|مسقط|صنعاء|عدن|عمّان|القدس|غزة|رام الله|
الخرطوم|طرابلس|بنغازي|الجزائر|الرباط|نواكشوط|طهران|أنقرة|إسطنبول|اسطنبول|لندن|باريس|برلين|موسكو|واشنطن|نيويورك|بكين|
جنيف|بروكسل|الأمم المتحدة|كابول|إسلام آباد|نيودلهي|
اسلام آباد|کراچی|لاہور|پشاور|کوئٹہ|راولپنڈی|ملتان|فیصل آباد|مظفر آباد|نئی دہلی|دہلی|ممبئی|سری نگر|لندن|واشنگٹن|نیویارک|پیرس|
ماسکو|بیجنگ|کابل|تہران|ریاض|دبئی|ڈھاکہ|استنبول|تهران|کابل|مشهد|اصفهان|
ঢাকা|চট্টগ্রাম|সিলেট|রাজশাহী|খুলনা|কলকাতা|নয়াদিল্লি|লন্ডন|ওয়াশিংটন|
नई दिल्ली|दिल्ली|मुंबई|लखनऊ|पटना|कोलकाता|चेन्नई|जयपुर|भोपाल|श्रीनगर|काठमांडू|
北京|上海|香港|台北|东京|首尔|华盛顿|纽约|伦敦|巴黎|莫斯科|日内瓦|東京|大阪|ソウル|서울|부산|평양|도쿄|베이징|워싱턴|
aberdeen|belfast|cardiff|dundee|inverness|leicester|nottingham|plymouth|portsmouth|sheffield|southampton|swansea|galway|limerick|brisbane|adelaide|
bordeaux|clermont-ferrand|dijon|grenoble|le havre|le mans|lille|limoges|montpellier|nantes|perpignan|reims|rennes|rouen|saint-étienne|toulon|
aachen|augsburg|bielefeld|bochum|braunschweig|bremen|chemnitz|darmstadt|dortmund|dresden|duisburg|erfurt|freiburg|göttingen|hannover|heidelberg|
karlsruhe|kassel|kiel|leipzig|magdeburg|mainz|mannheim|nürnberg|potsdam|regensburg|rostock|saarbrücken|wiesbaden|wuppertal|würzburg|salzburg|innsbruck|
bilbao|córdoba|granada|málaga|murcia|oviedo|pamplona|sevilla|valladolid|zaragoza|guadalajara|monterrey|puebla|tijuana|rosario|mendoza|medellín|
belém|belo horizonte|curitiba|fortaleza|goiânia|manaus|porto alegre|recife|coimbra|porto|
bari|bologna|cagliari|catania|genova|messina|padova|palermo|parma|perugia|pescara|trieste|verona|venezia|ancona|
arnhem|den haag|eindhoven|enschede|groningen|haarlem|leeuwarden|maastricht|nijmegen|tilburg|utrecht|gent|antwerpen|
białystok|gdańsk|katowice|kraków|lublin|łódź|poznań|rzeszów|szczecin|toruń|wrocław|
волгоград|воронеж|екатеринбург|иркутск|казань|красноярск|краснодар|нижний новгород|новосибирск|омск|пермь|самара|саратов|тюмень|уфа|челябинск|
adana|antalya|bursa|denizli|diyarbakır|erzurum|eskişehir|gaziantep|kayseri|kocaeli|konya|malatya|mersin|sakarya|samsun|şanlıurfa|trabzon|
bandung|denpasar|makassar|medan|palembang|semarang|surabaya|yogyakarta|
आगरा|इंदौर|कानपुर|ग्वालियर|चंडीगढ़|जबलपुर|देहरादून|नागपुर|पुणे|प्रयागराज|रांची|रायपुर|वाराणसी|शिमला|हैदराबाद|
成都|重庆|大连|福州|广州|贵阳|哈尔滨|杭州|合肥|济南|昆明|兰州|南昌|南京|南宁|宁波|青岛|沈阳|深圳|石家庄|苏州|太原|天津|武汉|乌鲁木齐|西安|长春|长沙|郑州|高雄|臺北|臺中|
福岡|広島|神戸|金沢|熊本|京都|名古屋|長崎|那覇|新潟|札幌|仙台|静岡|横浜|岡山|鹿児島|
강릉|광주|대구|대전|목포|세종|수원|울산|인천|전주|제주|창원|청주|춘천|포항
"""
_AMBIGUOUS = frozenset(
    "sofia florence victoria georgia jordan santiago phoenix regina nelson jersey guernsey juba nome creston chatham enderbury easter "
    "wallis efate center knox vincennes marengo monticello vevay winamac petersburg louisville dawson adak "
    "honduras jamaica panama guyana israel singapore gaza chad mali cuba turkey".split()
) - {"singapore", "gaza", "louisville"}
_AGENCIES = re.compile(
    r"(?:AP|AFP|AFPE|Reuters|dpa|DPA|APA|sda|SDA|KNA|epd|EFE|ANSA|Lusa|LUSA|ANP|Belga|TASS|ITAR-TASS|RIA|Interfax|UNIAN|Ukrinform|Xinhua|IANS|PTI|"
    r"UNI|UPI|ANI|APP|BSS|UNB|Kyodo|Yonhap|Bernama|Antara|PNA|SPA|WAM|QNA|MENA|SANA|KUNA|IRNA|Anadolu|AA|DHA|İHA|IHA|MTI|PAP|CTK|ČTK|NTB|TT|Ritzau|"
    r"STT|Bloomberg|CNN|BBC|NYT|IPS|EP|Notimex|Télam|ТАСС|РИА Новости|Интерфакс|УНИАН|Укринформ|رويترز|أ ف ب|ا ف ب|أ ب|د ب أ|واس|وام|قنا|كونا|"
    r"أ ش أ|الأناضول|وكالات|اے ایف پی|رائٹرز|اے پی پی|اے پی|این این آئی|भाषा|वार्ता|পিটিআই|বাসস|ইউএনবি|新华社|中新社|共同社|時事|共同|연합뉴스)"
)
_BEGINNING = re.compile(
    r"(?P<open>(?:<(?:b|i|strong|em)>)*)"
    r"(?P<place>[^()<>—–:（）0-9.\[\]]{2,45}?(?:\b(?:St|Calif|Fla|Mass|Va|Pa|Ont)\.[^()<>—–:（）0-9.\[\]]{0,30})?)"
    r"(?P<date>,\s*[^()<>—–:（）]{0,14}?\d[^()<>—–:（）]{0,16}?)?"
    r"(?P<close>(?:</(?:b|i|strong|em)>)*)\s*"
    r"(?:[(（](?P<agency>[^()（）<>]{1,30})[)）])?"
    r"(?P<mark>\s*(?:—|–|--)\s+|\s+-\s+|\.\s?-\s+|:\s+)"
    r"(?P<late>(?:</(?:b|i|strong|em)>)*)\s*"
)
_SAINTS = re.compile(r"(?:SAN|SANTA|SANTO|SÃO|SAINT|ST\.|FORT|PORT) \w", re.I)
_SECOND_DASH = re.compile(r"\s(?:—|–|--|-)\s")
_LABELS = frozenset(
    "analysis update updated exclusive breaking opinion editorial comment interview explainer review photos video watch live travel "
    "technology health business culture sport sports politics faith history education note correction clarification obituary faq".split()
)


@cache
def _known_places() -> frozenset[str]:
    places = {place.strip().casefold() for place in _PLACES.replace("\n", "").split("|")}
    for zone in zoneinfo.available_timezones():
        continent, _, city = zone.rpartition("/")
        if continent in {"Africa", "America", "Asia", "Europe"}:
            places.add(city.replace("_", " ").casefold())
    return frozenset(places - _AMBIGUOUS - {""})


def is_place(text: str) -> bool:
    """Whether it is the name of a city we know that is little else."""
    return text.casefold().replace("i̇", "i") in _known_places()


def split_dateline(body: list[dict[str, Any]], *, marked: bool = False) -> tuple[str, list[dict[str, Any]]]:
    """(place, body without it); no place and the body as it is unless the beginning can be nothing else.

    `marked`: the export says by its own means that this is a report, so its place may be one that nobody knows.
    """
    if not body or body[0]["type"] != "text" or not body[0]["value"].startswith("<p>"):
        return "", body
    html = body[0]["value"][3:]
    found = _BEGINNING.match(html)
    if not found or found["open"].count("<") != (found["close"] + found["late"]).count("<"):
        return "", body
    rest = html[found.end() :]
    place = found["place"].strip().rstrip(",").strip()
    if not _is_certain(place, found, rest, marked):
        return "", body
    return place, [body[0] | {"value": f"<p>{rest}"}, *body[1:]]


def _is_word(word: str) -> bool:
    """Whether a word in lower case is more than a particle of a name ("de", "al-Nur")."""
    return word[:1].islower() and len(word) > 3 and not re.match(r"(?:al|as|ar|ad|an|el|d|l)[-'’]\w", word)


def _is_certain(place: str, found: re.Match[str], rest: str, marked: bool) -> bool:
    words = re.sub(r"<[^>]*>", "", rest.partition("</p>")[0]).lstrip(" \"'“‘«„»(")
    if not words or words[0].islower() or _SECOND_DASH.search(words[:160]):
        return False
    head = place.partition(",")[0].strip()
    if not head or any(_is_word(word) for word in head.split()):
        return False
    if re.search(r"\s{2}|\s,", head) or re.match(r"(?:by|par|von|por|di|da|de)\s", head, re.I):
        return False  # A byline run into the dateline.
    agency = found["agency"]
    if agency is not None:
        return bool(_AGENCIES.fullmatch(re.split(r"[/,]", agency)[0].strip())) and len(head.split()) <= 5
    known = is_place(head)
    capitals = head.isupper() and head != head.lower()
    if found["mark"].strip() == ":":
        return capitals and known
    if known:
        return True
    if capitals and len(head.split()) > 1 and _SAINTS.match(head):
        return True
    titled = not head[0].islower() and len(head.split()) <= 4
    return marked and titled and head.casefold() not in _LABELS and found["mark"].strip() in ("–", "—")
