"""What the eighth set of pages says around a story: labels that stand over what they name, credits side by side, notes of subscribers; other names, houses and ways to write a date."""

from __future__ import annotations

KEYS = (
    "open account back find by both came changed ago picture send hear also picks hottest letter letter_text letter_button filed opinions rule answer bio job job2 town crew amended owned more_by translated "
    "writer_label date_label length_label length skip motto likes next_one prior latest wall"
).split()
"""`by`, `bio`, `more_by`, `translated` take a name; `both` two; `came`, `changed`, `amended` a date; `ago`, `hear`, `opinions`, `length`, `likes` a number; `also` a headline; `picture` a house."""

WORDS = {
    "en": "Browse|Your account|Become a backer|Type to find|Words by %s|%s / %s|First printed %s|This version: %s|%d hrs back|Pictures: %s|Hand it on|Play aloud (%d min)|FROM THE SAME DESK: %s|Chosen by us|What people open|The Porch Light|A letter about our towns, each Sunday evening.|Put me down|"
    "Placed under|Letters to us (%d)|We print what is signed.|Write back|%s grew up in Omaha and has followed county courts since 2008.|Courthouse reporter|Staff photographer|Omaha|The night desk|A name in this story was misspelled until %s.|© Prairie Ledger Co-operative. Ask before you reprint.|"
    "Stories %s wrote before|From the German by %s|Who wrote it|When it ran|How long|About %d min|Jump to the story|Owned by those who read it|%d hearts|The one after|The one before|As it came in|You have opened your free stories for this month. Backers open all of them.",
    "fr": "Parcourir|Votre espace|Devenir sociétaire|Tapez un mot|Texte de %s|%s avec %s|Paru le %s|Version du %s|voici %d h|Images : %s|Envoyer à un proche|À écouter (%d min)|DE LA MÊME PLUME : %s|Notre choix|Ce qui s’ouvre le plus|La lettre du dimanche|Un courrier sur nos bourgs, chaque dimanche soir.|Inscrivez-moi|"
    "Rangé dans|Courrier des lecteurs (%d)|Nous publions ce qui est signé.|Répliquer|%s a grandi à Niort et suit les tribunaux depuis 2008.|Chroniqueuse judiciaire|Photographe|Niort|L’équipe de nuit|Un nom était mal écrit jusqu’au %s.|© Coopérative Le Bocage. Demandez avant de reprendre.|"
    "Ce que %s a écrit avant|Traduit de l’allemand par %s|Qui l’a écrit|Quand|Durée|Environ %d min|Aller au texte|Le journal de ceux qui le lisent|%d cœurs|L’article d’après|L’article d’avant|Au fil de l’eau|Vous avez ouvert vos articles offerts du mois. Les sociétaires les ouvrent tous.",
    "de": "Durchblättern|Ihr Konto|Genossin werden|Wort eingeben|Text: %s|%s mit %s|Erstmals gedruckt am %s|Stand: %s|vor %d Std.|Bilder: %s|An Freunde geben|Zum Hören (%d Min.)|AUS DERSELBEN FEDER: %s|Unsere Wahl|Was geöffnet wird|Das Sonntagslicht|Ein Brief über unsere Orte, jeden Sonntagabend.|Tragt mich ein|"
    "Abgelegt unter|Leserbriefe (%d)|Wir drucken, was unterschrieben ist.|Erwidern|%s ist in Celle aufgewachsen und sitzt seit 2008 in Gerichtssälen.|Gerichtsreporterin|Fotografin|Celle|Die Nachtschicht|Ein Name war bis zum %s falsch geschrieben.|© Genossenschaft Heideblatt. Vor Nachdruck bitte fragen.|"
    "Was %s zuvor schrieb|Aus dem Englischen von %s|Wer es schrieb|Wann es erschien|Wie lang|Etwa %d Min.|Zum Text springen|Gehört denen, die es lesen|%d Herzen|Der nächste Text|Der Text davor|Wie es hereinkam|Sie haben Ihre freien Texte für diesen Monat geöffnet. Genossen öffnen alle.",
    "ar": "تصفح|حسابك|كن شريكا|اكتب كلمة|كتبها %s|%s مع %s|صدر في %s|نسخة %s|قبل %d س|الصور: %s|أرسل إلى صديق|بالصوت (%d د)|من المكتب نفسه: %s|اخترنا لك|ما يفتحه القراء|رسالة الأحد|رسالة عن مدننا مساء كل أحد.|سجلوني|"
    "محفوظ في|رسائل القراء (%d)|ننشر ما وقعه صاحبه.|رد على الرسالة|نشأ %s في صفاقس ويتابع المحاكم منذ 2008.|مراسلة المحكمة|مصورة|صفاقس|مكتب الليل|كان اسم في هذا الخبر مكتوبا خطأ حتى %s.|© تعاونية السهل. اسأل قبل أن تنقل.|"
    "ما كتبه %s من قبل|نقله إلى العربية %s|من كتبه|متى صدر|كم يطول|نحو %d د|إلى النص|ملك لمن يقرؤه|%d قلبا|ما بعده|ما قبله|أولا بأول|فتحت موادك المجانية لهذا الشهر، والشركاء يفتحونها كلها.",
    "tr": "Göz at|Hesabım|Ortak ol|Bir sözcük yaz|Kaleme alan: %s|%s ile %s|Çıkış: %s|Bu hâli: %s|%d sa. önce|Görseller: %s|Dosta yolla|Sesli (%d dk)|AYNI MASADAN: %s|Seçtiklerimiz|En çok açılan|Pazar Işığı|Kasabalarımız üstüne bir mektup, her pazar akşamı.|Beni de yazın|"
    "Yeri|Okur mektupları (%d)|İmzalı olanı basarız.|Karşılık ver|%s Balıkesir’de büyüdü, 2008’den beri mahkemeleri izliyor.|Adliye yazarı|Fotoğrafçı|Balıkesir|Gece masası|Bu haberde bir ad %s tarihine dek yanlış yazılmıştı.|© Ova Kooperatifi. Basmadan önce sorun.|"
    "%s daha önce ne yazdı|Almancadan çeviren %s|Kim yazdı|Ne zaman çıktı|Ne kadar|Yaklaşık %d dk|Yazıya geç|Okuyanların gazetesi|%d kalp|Sonraki yazı|Önceki yazı|Geldikçe|Bu ayki bedava yazılarınızı açtınız. Ortaklar hepsini açar.",
    "ja": "見わたす|口座|組合員になる|ことばで探す|文＝%s|%s、%s|初出 %s|改め %s|%d時間まえ|写真＝%s|友に送る|耳で読む（%d分）|同じ机から：%s|えらんだ記事|よく開かれる記事|日曜の灯|町の便りを日曜の夕べに。|申し込む|"
    "置き場所|読者の便り（%d）|名のある便りを載せます。|返事を書く|%s　山形で育ち、二〇〇八年から裁判所を歩く。|法廷記者|写真家|山形|夜勤班|%sまで名前に誤りがありました。|© 平野協同組合　転載の前におたずねください。|"
    "%sの前の記事|%s訳|書いた人|出た日|長さ|約%d分|本文へ|読む人の新聞|ハート%d|次の一本|前の一本|届いた順|今月の無料の記事は読み終えました。組合員はすべて読めます。",
    "zh-hans": "翻阅|账号|成为社员|输入词语|撰文 %s|%s、%s|首刊于%s|本版%s|%d小时以前|图片：%s|寄给友人|听文章（%d分钟）|同一版：%s|我们挑的|常被打开|周日灯火|每周日傍晚的小城来信。|算我一个|"
    "归在|来信（%d）|署名的信才登。|回信|%s在洛阳长大，2008年起旁听法庭。|法庭记者|摄影师|洛阳|夜班组|文中一个名字在%s前有误。|© 平原合作社 转载前请先问。|"
    "%s以前写的|%s译自德文|谁写的|何时刊出|多长|约%d分钟|跳到正文|属于读它的人|%d颗心|后一篇|前一篇|随到随登|本月的免费文章已读完，社员可读全部。",
    "id": "Jelajahi|Akunmu|Jadi anggota|Ketik kata|Ditulis %s|%s bersama %s|Naik %s|Versi %s|%d jam silam|Gambar: %s|Kirim ke kawan|Dengar (%d mnt)|DARI MEJA YANG SAMA: %s|Pilihan kami|Yang banyak dibuka|Lentera Minggu|Surat tentang kota-kota kita, tiap Minggu petang.|Catat saya|"
    "Disimpan di|Surat pembaca (%d)|Yang kami muat yang bernama.|Balas surat|%s besar di Malang dan mengikuti pengadilan sejak 2008.|Pewarta pengadilan|Juru foto|Malang|Meja malam|Satu nama dalam cerita ini keliru sampai %s.|© Koperasi Padang Rata. Tanya sebelum mengutip.|"
    "Yang ditulis %s sebelumnya|Diterjemahkan %s|Siapa menulis|Kapan naik|Berapa lama|Sekitar %d mnt|Ke cerita|Milik yang membacanya|%d hati|Sesudahnya|Sebelumnya|Begitu tiba|Cerita gratismu bulan ini sudah habis. Anggota membuka semuanya.",
}  # fmt: skip
NAMES = {
    "en": "Wendell Castro|Priya Raghunathan|Maeve Donnelly|Augustus Finch|Lucille Okonkwo-Hall|J. R. Petrakis|Dot Haverford",
    "fr": "Solène Guérin|Amadou Traoré|Benoît de La Vigne|Inès Chabrol|Anne-Lise Cordier",
    "de": "Wiebke Thomsen|Ruprecht Kaltenbach|Selin Aslan|Dorothee von Hagen|Mirko Schulte-Brandt",
    "ar": "هالة منصور|ياسين بن عمر|رنا الخطيب|فؤاد عبد الحق|دعاء سلامة",
    "tr": "Nilgün Erdem|Tolga Işık|Şule Karadağ|Mehmet Ali Gök|Derya Çınar",
    "ja": "小野寺 遥|北川拓也|水野 千尋|藤原茜|堀内亮",
    "zh-hans": "林若溪|赵启明|孙莉|司马青|何家宁",
    "id": "Kirana Wibowo|Adi Nugroho|Melati Siregar|Rangga Pratama Putra|Yuliana Tobing",
}
HOUSES = ("Okabe", "R. Salazar", "Northlight", "Varga Studio", "Helene Brandt", "Foto Mar")
STAMPS = {
    "en": (r"l j M Y", r"F j, Y \· g:ia", r"j.n.Y", r"M j, Y, H:i", r"Y/m/d", r"jS M Y"),
    "fr": (r"j F Y \- H:i", r"l j F Y, H\hi", r"d/m/Y", r"j M Y"),
    "de": (r"j. F Y \u\m H:i \U\h\r", r"D., d.m.Y", r"d.m.y, H:i", r"j. F Y"),
    "ar": (r"j F Y \- H:i", r"l j F Y", r"d/m/Y", r"Y-m-d"),
    "tr": (r"j F Y, l", r"j M Y H:i", r"d.m.Y", r"Y-m-d H:i"),
    "ja": ("Y年n月j日 H:i", "Y/m/d H:i", "Y.n.j", "Y年n月j日（D）"),
    "zh-hans": ("Y年m月d日 H:i", "Y-m-d H:i:s", "Y年n月j日", "Y.n.j"),
    "id": (r"j F Y H:i", r"l, d M Y", r"d-m-Y", r"j M Y \| H:i \W\I\B"),
}  # fmt: skip
SECTIONS = {
    "en": "Counties|Statehouse|Ground|Trades|Fairs|Almanac|Kitchen|Ballfields", "fr": "Cantons|Assemblée|Terres|Métiers|Foires|Cuisine|Terrains", "de": "Kreise|Landtag|Acker|Handwerk|Märkte|Küche|Rasen", "ar": "المناطق|البرلمان|الأرض|الحرف|الأسواق|المطبخ",
    "tr": "İlçeler|Meclis|Toprak|Zanaat|Panayır|Mutfak|Çim", "ja": "郡部|議会|土|職人|市|台所|球場", "zh-hans": "县域|议事|土地|手艺|集市|厨房|球场", "id": "Daerah|Dewan|Tanah|Kerajinan|Pasar|Dapur|Lapangan",
}  # fmt: skip
