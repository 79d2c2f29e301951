"""French."""

from __future__ import annotations

import re

from broadsheet.record.proposing.grammar import Grammar, forms
from broadsheet.record.words import calendar


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SAY = (
    "déclare déclarent déclarait déclaraient déclara déclaré affirme affirment affirmait affirmaient affirma affirmé indique indiquent indiquait indiqué"
    " explique expliquent expliquait expliqua expliqué précise précisent précisait précisé ajoute ajoutent ajoutait ajouta ajouté estime estiment estimait"
    " estimaient estima estimé assure assurent assurait assura assuré annonce annoncent annonçait annoncé souligne soulignent soulignait souligné rappelle"
    " rappellent rappelait rappelé confirme confirment confirmait confirmé révèle révèlent révélait révélé prétend prétendent prétendait prétendu soutient"
    " soutiennent soutenait soutenu reconnaît reconnaissent reconnaissait reconnu reconnaître admet admettent admettait admis juge jugent jugeait jugé"
    " considère considèrent considérait considéré croit croient croyait pense pensent pensait pensé espère espèrent espérait espéré redoute"
    " craint craignent craignait prévient préviennent prévenu avertit avertissent averti insiste insistent insistait insisté note notent notait noté observe"
    " observent observé remarque remarquent remarquer remarqué raconte racontent racontait raconté écrit écrivent écrivait rapporte rapportent rapporté"
    " dit disent disait disaient dira répète répètent répété suggère suggèrent suggéré conclut concluent conclu démontre répond répondent répondait"
    " répondu demande demandent demandait demandé promet promettent promis exige exigent dénonce plaide martèle regrette regrettent regretté"
    " signale signalent signalé constate constatent constaté prédit prédisent prévoit nie nient argue arguent"
)
FRENCH = Grammar(
    language="fr",
    word=re.compile(
        r"aujourd['’]hui|presqu['’]île|[^\W\d_]+(?:-t-|-)(?:il|elle|on|ils|elles)\b|\w{1,8}['’](?=\w)|(?:[A-Z]\.){2,}|(?:MM?|Dr|Me|Pr)\.(?=\s)|\w+(?:[-.,&/]\w+)*|[^\w\s]", re.I
    ),
    cues=forms(
        cq=_SAY,
        q="avance avancent avançait lance lancent lançait lancé poursuit poursuivent poursuivait poursuivi glisse confie confient confié ironise réagit"
        " réagissent commente commenté tranche résume résumé renchérit lâche déplore déploré invoque invoquent invoqué tonne détaille"
        " continue reprend relève relevé évoque",
        rq="exclame exclament exclamé exclamée interroge interrogent interrogé interrogée félicite félicité inquiète indigne indigné emporte",
        dcq="déclarant affirmant indiquant expliquant précisant ajoutant estimant assurant annonçant soulignant rappelant confirmant révélant prétendant"
        " soutenant reconnaissant jugeant considérant espérant notant disant écrivant",
        a="décrit décrivent décrivait",
        o="qualifie qualifient qualifié accuse accusent accusait accusé",
    ),
    according=(
        ("selon",), ("d'", "après"), ("aux", "yeux", "de"), ("aux", "dires", "de"), ("de", "l'", "avis", "de"), ("à", "en", "croire"),
    ),
    that=_set("que qu'"),
    pronouns={"il": "m", "elle": "f", "ils": "", "elles": "f", "on": "", "lui": "m", "eux": ""},
    writer=_set("je j' nous vous tu qui que qu' ce cela ça c' ceci dont où personne rien"),
    between=_set(
        "a ont avait avaient aurait auraient est sont était vient viennent venait de d' fait font faisait l' le la les lui leur y en s' se m' me nous vous t'"
        " bien déjà aussi encore toujours ainsi alors donc même ensuite quant pour sa part également souvent hier puis justement enfin tenu à tient par ailleurs"
        " plus tard comme été être soit"
    ),
    adverbs=("ment",),
    denials=_set("ne n' pas jamais refuse refusé sans ni"),
    auxiliaries=_set("a ont avait avaient aurait auraient est sont était vient viennent ayant eut"),
    passive=_set("été être soit s' se"),
    onward=_set("vient viennent venait fait font faisait tient tenu continue a ont doit"),
    infinitive=_set(""),
    openers=_set(
        "mais or et ainsi alors ensuite puis enfin cependant toutefois pourtant certes aussi donc hier comme lorsque quand si car parce pendant après avant"
        " selon ailleurs surtout seulement premièrement deuxièmement"
    ),
    stops=_set("mais or quand lorsque lorsqu' si s'il comme car parce puisque puisqu' tandis alors dont où qui que qu' quoi ou ni donc afin avant après quoique"),
    doubts=_set("si s'il"),
    articles=_set(
        "le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs notre nos mon ma mes plusieurs certains certaines quelques tous toutes"
        " deux trois seul seuls seule de_nombreux d'autres"
    ),
    prepositions=_set("à au aux de d' du des en dans sur sous par pour avec chez entre vers contre depuis devant"),
    joining=_set("et mais"),
    finite=_set(
        "est sont était étaient a ont avait avaient sera seront serait seraient aura auront aurait auraient peut peuvent pouvait pourrait pourraient doit"
        " doivent devait devrait devraient va vont faut fait font ira fallait faudra faudrait vaut veut veulent reste restent existe existent permet"
        " permettent représente s'est n'est c'est soit prête"
    ),
    endings=("ait", "aient", "era", "eront", "erait", "eraient", "irait", "issent"),
    relatives=_set("qui dont où lequel laquelle ce"),
    titles={"m": "m", "m.": "m", "mme": "f", "mlle": "f", "mm": "", "me": "", "dr": "", "monsieur": "m", "madame": "f"},
    offices=_set(
        "président présidente ministre premier première porte-parole directeur directrice secrétaire député députée sénateur sénatrice maire gouverneur"
        " chancelier chancelière roi reine pape ambassadeur général colonel chef cheffe patron patronne pdg fondateur fondatrice chercheur chercheuse"
        " économiste avocat avocate professeur responsable responsables analyste analystes expert experts dirigeant dirigeants trésorier eurodéputé"
        " finances économie intérieur défense justice santé éducation culture affaires étrangères travail transports budget éditorialiste acteur actrice chanteur chanteuse entraîneur joueur capitaine ancien ancienne actuel actuelle commissaire procureur juge"
        " journaliste écrivain peintre général syndicat parti"
    ),
    sources=_set(
        "rapport rapports étude études document documents enquête enquêtes auteur auteurs auteure résultats chiffres source sources agence presse sondage"
        " médias journal quotidien experts analystes économistes spécialistes chercheurs ministère ministre gouvernement police parquet autorités avocats"
        " lui elle eux elles organisation association syndicats communiqué estimations données traders banquiers partisans défenseurs organisateurs"
        " témoins adage dernières intéressé président présidente porte-parole directeur commission banque l'insee insee dirigeants responsables"
    ),
    no_sources=_set(
        "que qu' point points cas loi propension version ancienne nouvelle protocole méthode critères âge règles besoin besoins type taille moment mode"
        " principe modèle humeur goût goûts circonstances pays"
    ),
    particles=_set("de d' du des la le les et & van von bin al el l' en"),
    months=calendar("fr"),
    times=_set("hier aujourd'hui demain matin soir dernier dernière semaine mois an année jour ce cette"),
    infinitives=("er", "ir", "oir", "dre", "être", "aître"),
    hearsay=re.compile(r"\b(?:aurait|auraient)\s+(?:été\s+)?\w+(?:é|ée|és|ées|i|is|ie|ies|u|us|ue|ues|it|ert|is)\b", re.I),
    moods=_set("aurait auraient"),
    hearsay_not=re.compile(
        r"\b(?:si|s['’]il|sans|sinon|pu|dû|fallu|voulu|eu|aimé|préféré|mieux|qui aurait|on|je|nous|vous|pourquoi|comment)\b|\?", re.I
    ),
    inverted=re.compile(r"(?:(?:a|ont|avait|avaient)-(?:t-)?(?:il|elle|on|ils|elles)|([^\W\d_]+?)-(?:t-)?(?:il|elle|on|ils|elles))", re.I),
    aside=re.compile(
        r"[,!?]\s+((?:(?:a|ont|avait|avaient)-(?:t-)?(?:il|elle|on|ils|elles)\s+\w+|[^\W\d_]+-(?:t-)?(?:il|elle|on|ils|elles)))\s*,\s*", re.I
    ),
    bodies=_set(
        "ministère banque parti université association fonds conseil cour police agence office département comité commission union ligue club compagnie"
        " société groupe international nationale national institut église assemblée sénat parlement gouvernement armée monde figaro libération journal"
        " états unis république musée école hôpital ville parti pirate fédération syndicat autorité radio france europe"
    ),
)  # fmt: skip
