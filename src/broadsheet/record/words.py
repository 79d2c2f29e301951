"""Words of some languages that say how many, that deny, or that carry no fact; without them the guard asks by signs and names alone."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex
from babel import Locale, UnknownLocaleError

WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[.,:/٫٬-](?=\p{N})[\p{N}]+)*|[%‰£$€₹¥]")
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None, "ँ": "ं", "़": None})
_HARAKAT = regex.compile(r"[\u064b-\u065f\u0670]")

NUMBERS = {
    "en": "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty"
    " forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion dozen dozens half quarter"
    " double twice percent",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents mille"
    " million millions milliard milliards dizaine dizaines douzaine centaine centaines milliers moitié demi quart tiers double",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig"
    " fünfzig sechzig siebzig achtzig neunzig hundert hunderte tausend tausende million millionen milliarde milliarden dutzend hälfte viertel doppelt prozent",
    "ar": "واحد اثنان اثنين ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثماني تسعه تسع عشره عشر عشرون عشرين ثلاثون ثلاثين اربعون اربعين خمسون خمسين"
    " ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مائه مئه مئات مئتان مئتين الف الفان الفين الاف مليون ملايين مليار مليارات نصف ربع ثلث عشرات ضعف",
    "hi": "दो तीन चार पांच पाँच छह छः सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे सौ हजार लाख करोड़ अरब"
    " आधा डेढ़ ढाई दर्जन दर्जनों सैकड़ों हजारों लाखों करोड़ों",
}
DENIALS = {
    "en": "not no never none nobody nothing without cannot",
    "fr": "pas ne jamais aucun aucune rien personne sans",
    "de": "nicht kein keine keinen keiner keines keinem nie niemals nichts niemand ohne",
    "ar": "لا لم لن ليس ليست بدون دون",
    "hi": "नहीं न मत कभी बिना",
}
PLAIN = {
    "en": "the a an and or but yet so for nor if then than that this these those there here it its he she his her they their them we our you your i my of in"
    " on at to from by with as is are was were be been has have had will would can could may might must do does did who whom whose which what when where why"
    " how also however moreover meanwhile instead still even just only while whilst although though because since until after before during between among"
    " into over under about against all some any each every both few many more most other another such same new old first last next later now today"
    " according one too very",
    "fr": "le la les l un une des du de d et ou mais donc or ni car si que qu qui quoi dont où ce cet cette ces c il elle ils elles on nous vous je j tu me te se s"
    " son sa ses leur leurs mon ma mes notre nos votre vos à au aux en dans sur sous par pour avec chez entre vers est sont était étaient a ont avait été être"
    " avoir plus moins très aussi cependant toutefois pourtant ensuite puis alors ainsi enfin après avant pendant depuis lorsque quand comme parce tout tous toute"
    " toutes autre autres même selon déjà encore bien",
    "de": "der die das den dem des ein eine einen einem einer eines und oder aber doch denn sondern wenn als wie dass daß das ob weil da er sie es wir ihr ich du sein"
    " seine seinen seiner ihre ihren ihrer mein unser in im an am auf aus bei mit nach von vom vor zu zum zur über unter durch für gegen um ist sind war waren wird"
    " werden wurde wurden hat haben hatte hatten kann können soll sollen muss auch noch schon nur sehr mehr jedoch allerdings dann danach jetzt hier dort wo wer was"
    " diese dieser dieses dieser alle viele andere anderen so ebenso sowie zudem etwas wenig außerdem dabei damit daher deshalb trotzdem laut",
    "ar": "في من الي علي عن مع بين الذي التي الذين هذا هذه ذلك تلك هو هي هم كان كانت يكون قد لقد ان انه انها لكن ولكن غير كما مثلما ايضا كذلك لان اذ اذا حيث بعد قبل"
    " خلال منذ حتي ثم او و ف ب ل ك كل بعض اي ما هنا هناك عند عندما بينما بل سوف اما الا فقط اكثر اقل جدا نحو حول ضد عبر لدي وفق بحسب",
    "hi": "का के की को से में पर ने और एवं तथा या लेकिन परन्तु परंतु किन्तु किंतु मगर कि जो वह यह ये वे इस उस इन उन है हैं था थी थे हो होगा होगी होंगे गया गई गए कर करने किया"
    " की ही भी तो तक लिए साथ बाद पहले जब तब अब यहां वहां कुछ सब सभी अपने अपनी अपना एक जैसे क्योंकि ताकि इसलिए हालांकि रहा रही रहे द्वारा बहुत",
}  # fmt: skip
_VARIANTS = {"ar": ("ar", "ar_SY", "ar_MA", "ar_DZ")}


def primary(language: str) -> str:
    """The language of a BCP 47 tag, without region and script."""
    return language.partition("-")[0].lower()


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word as it is compared: the same however it is capitalised, and however its script may write it; figures are those of ASCII."""
    folded = _HARAKAT.sub("", unicodedata.normalize("NFKC", word).casefold()).translate(_ALIKE)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded) if any(c.isdecimal() for c in folded) else folded


@lru_cache(maxsize=50)
def listed(kind: str, language: str) -> frozenset[str]:
    """Words of a kind ("numbers", "denials", "plain"), folded folded."""
    words = {"numbers": NUMBERS, "denials": DENIALS, "plain": PLAIN}[kind].get(primary(language), "")
    return frozenset(fold(word) for word in words.split())


@lru_cache(maxsize=50)
def calendar(language: str) -> frozenset[str]:
    """Names of months and weekdays, whole and shortened, by CLDR."""
    found: set[str] = set()
    for locale in _locales(language):
        for names in (locale.months, locale.days):
            found |= {
                str(name) for use in ("format", "stand-alone") for width in ("wide", "abbreviated") for name in names[use][width].values()
            }
    return _words(found)


@lru_cache(maxsize=50)
def places(language: str) -> frozenset[str]:
    """Words in names of countries, by CLDR."""
    found = {str(name) for locale in _locales(language) for code, name in locale.territories.items() if len(code) == 2}
    return _words(found) - listed("plain", language)


def _words(names: set[str]) -> frozenset[str]:
    return frozenset(word for name in names for found in WORD.finditer(name) if len(word := fold(found[0])) > 2)


def _locales(language: str) -> list[Locale]:
    tag = primary(language)
    made = []
    for name in _VARIANTS.get(tag, (tag,)):
        try:
            made.append(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return made
