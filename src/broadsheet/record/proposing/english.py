"""English."""

from __future__ import annotations

import re

from broadsheet.record.proposing.grammar import Grammar, forms
from broadsheet.record.words import calendar


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ENGLISH = Grammar(
    language="en",
    word=re.compile(r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Rev|St)\.(?=\s)|\w+(?:[-'’.,&/]\w+)*|[^\w\s]"),
    cues=forms(
        bcq="say says said claim claims claimed insist insists insisted believe believes believed think thinks thought hope hopes hoped admit admits"
        " admitted argue argues argued emphasize emphasized emphasizes emphasise emphasised emphasises stress stressed stresses"
        " maintain maintains maintained suggest suggests suggested estimate estimates estimated fear fears feared reckon reckons reckoned reiterated"
        " acknowledge acknowledges acknowledged conceded concedes concede predict predicts predicted denied denies deny note notes noted",
        cq="add adds added announce announces announced reveal reveals revealed confirm confirms confirmed agree agrees agreed report reports reported"
        " signal signals signalled signaled indicate indicates indicated explain explains explained state stated states write writes wrote declare declares"
        " declared promise promises promised pledge pledged pledges conclude concludes concluded allege alleges alleged hint hints hinted complain"
        " complains complained expect expects expected vow vowed vows boast boasted recall recalls recalled observe observed observes remark remarked"
        " remarks testified testifies caution cautioned cautions contend contends contended assert asserts asserted stipulated demand demanded demands"
        " urge urged urges propose proposed proposes tweeted tweets posted mentioned mentions underlined underscored lamented laments",
        q="ask asks asked reply replies replied respond responds responded continue continued continues joke jokes joked quip quipped read reads go goes"
        " shouted shouts cried whispered called calls recounted recounts reflects reflected commented comments sighed tell",
        bctq="warn warns warned",
        tcq="tell tells told inform informs informed remind reminds reminded assure assures assured convinced",
        a="describe describes described criticise criticises criticised criticize criticizes criticized condemn condemns condemned denounce denounces"
        " denounced dismiss dismisses dismissed hail hails hailed praise praises praised characterised characterized slammed branded",
        o="accuse accuses accused",
        dbcq="saying claiming insisting believing hoping arguing warning stressing emphasizing emphasising maintaining suggesting estimating noting",
        dcq="adding explaining announcing confirming revealing declaring pointing_out stating writing alleging predicting promising conceding indicating",
        dtcq="telling assuring reminding informing",
        da="describing criticising criticizing condemning denouncing dismissing hailing praising",
        do="accusing",
    ),
    according=(
        ("according", "to"), ("in", "the", "view", "of"), ("in", "the", "words", "of"), ("in", "the", "opinion", "of"),
    ),
    nouns=_set("claim claims hope hopes note notes report reports state states fear fears demand demands promise estimate estimates call calls reads"),
    that=_set("that"),
    pronouns={"he": "m", "she": "f", "they": "", "it": ""},
    writer=_set("i we you who which that there what this"),
    between=_set(
        "has have had also later then now still repeatedly again since already previously often once himself herself themselves itself both all even"
        " just soon first further separately too and_then continues continue continued to is are been was were"
    ),
    adverbs=("ly",),
    denials=_set("not never n't cannot didn't doesn't don't hasn't haven't hadn't won't wouldn't refused refuses declined declines failed nobody neither"),
    auxiliaries=frozenset(),
    passive=_set("is are was were be been being it's he's that's gets got"),
    onward=_set("continues continue continued went wants wanted appeared appears had seems has have used goes on"),
    infinitive=_set("to"),
    openers=_set(
        "but however and meanwhile nevertheless instead yet so then now earlier later today yesterday still also though although while as when since"
        " because despite moreover furthermore additionally separately previously recently last this next nonetheless even for where after before once"
    ),
    stops=_set(
        "but when whether as if because while though although which who whom whose than so until unless where after before since that what how why or"
        " nor yet"
    ),
    doubts=_set("if whether unless"),
    articles=_set("the a an his her their its our my this these those some many several one two three both all most another other"),
    prepositions=_set("in on at of for from by with to into after before during under over about between among against near since amid despite via"),
    joining=_set("and but"),
    finite=_set(
        "is are was were be has have had will would can could may might must should shall do does did isn't aren't wasn't weren't hasn't haven't won't"
        " wouldn't can't couldn't shouldn't don't doesn't didn't it's he's she's that's they're we're there's he'd she'd they'd i'm i've got went came"
        " took made met gave left kept saw set put told began stepped rose fell ran cut hit lost won faces plans wants needs remains gives leaked keeps"
        " allow face plan want need remain make take give"
    ),
    endings=("ed",),
    relatives=_set("which who whose where whom"),
    titles={"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "dame": "f", "lord": "m", "lady": "f", "dr": "", "prof": "", "gen": "", "rev": ""},
    offices=_set(
        "president minister prime spokesperson spokesman spokeswoman chief executive director secretary senator governor mayor chairman chairwoman chair"
        " chancellor king queen prince princess pope ambassador envoy actor actress singer author writer analyst analysts economist professor doctor lawyer"
        " lawyers coach captain striker manager founder leader boss head official officials officer officers police judge general colonel captain deputy vice"
        " foreign defence defense finance interior home treasury shadow former interim acting cabinet party lawmaker lawmakers mp mps opposition regulator"
        " researcher researchers scientist scientists expert experts activist campaigner journalist reporter editor dealer dealers trader traders broker"
        " resident residents witness witnesses player footballer artist musician rapper star mother father brother sister son daughter wife husband friend"
        " business health education transport justice environment energy culture development trade labour press managing senior co-founder vice-president union industry charity company group firm agency ministry government council client spokespeople representative representatives commissioner"
    ),
    sources=_set(
        "report reports study studies survey figures data document documents poll source sources agency newspaper press media officials police ministry"
        " government company court lawyers him her them statement website research researchers experts analysts prosecutors authorities witnesses"
        " organisers campaigners charity records estimates people union"
    ),
    no_sources=_set("plan schedule law rules size taste need needs plans custom tradition type age"),
    particles=_set("de van von bin al el di du la le der den ten ibn of the for and & dos da"),
    months=calendar("en"),
    times=_set("last this next earlier late later today yesterday tonight tomorrow week month year day morning afternoon evening night weekend ago"),
    bodies=_set(
        "ministry bank party university association trust fund council court police agency office department committee commission union league club company"
        " corporation group united international national institute society church house parliament government army force forces times post news street house"
        " state states kingdom world cup museum college school hospital airport city county north south east west new programme project studios records"
        " theatre network service services pension ltd inc llc plc"
    ),
)  # fmt: skip
