"""What the sixth set of pages says around a story: other standing words, names, houses and ways to write a date than the sets before."""

from __future__ import annotations

KEYS = (
    "home login join find spread readers by when again credit role role2 ago more top also bio tags rights reply letter letter_text cookies ok both place desk minutes source writer editor ending sure meta "
    "talk earlier later"
).split()
"""`by`, `bio`, `writer`, `editor`, `ending` take a name; `when`, `again` a date; `credit`, `source` a house; `also` a headline; `ago`, `minutes`, `readers` a number; `meta` a name and a date."""

WORDS = {
    "en": "Today’s edition|My profile|Support us|Find a story|Pass it on|%d reads|By %s|Created: %s|Last revised: %s|Photograph: %s|Education Writer|Courts Correspondent|%d hours ago|Elsewhere in the paper|What others opened|DON’T MISS: %s|"
    "%s joined the paper in 2019 and writes about schools. Tips are welcome.|Filed as|© 2026. Reproduction needs our written consent.|Have your say|The Weekly Post|Ten stories worth your weekend, each Friday morning.|"
    "We set a few cookies; choose which.|Fine by me|%s & %s|Bristol|Newsroom staff|%d-minute read|From: %s|Story: %s|Desk: %s|(%s)|Is something wrong on this page? Tell us.|By %s, on %s|Talk about it|Earlier story|Later story",
    "fr": "L’édition du jour|Mon profil|Soutenez-nous|Chercher un article|Faire suivre|%d vues|Par %s|Mis en ligne le %s|Actualisé le %s|Photographie %s|Journaliste éducation|Correspondante judiciaire|Il y a %d heures|Ailleurs dans le journal|"
    "Ce que lisent les autres|NE MANQUEZ PAS : %s|%s a rejoint le journal en 2019 et suit l’école.|Thèmes|© 2026. Toute reprise soumise à notre accord écrit.|Donnez votre avis|La lettre du vendredi|Dix articles pour votre fin de semaine, chaque vendredi matin.|"
    "Nous déposons quelques cookies ; choisissez lesquels.|D’accord|%s et %s|Rennes|Service Société|%d minutes de lecture|De : %s|Récit : %s|Relecture : %s|(%s)|Une erreur sur cette page ? Dites-le-nous.|Par %s, le %s|En discuter|Plus ancien|Plus récent",
    "de": "Die heutige Ausgabe|Mein Profil|Unterstützen|Artikel finden|Weitersagen|%d Aufrufe|Von %s|Online seit %s|Zuletzt bearbeitet: %s|Fotografie: %s|Bildungsredakteurin|Gerichtsreporter|Vor %d Stunden|Anderswo im Blatt|Was andere öffnen|NICHT VERPASSEN: %s|"
    "%s ist seit 2019 bei der Zeitung und schreibt über Schulen.|Stichworte|© 2026. Nachdruck nur mit schriftlicher Zustimmung.|Ihre Meinung|Die Wochenpost|Zehn Texte für Ihr Wochenende, jeden Freitagmorgen.|Wir setzen einige Cookies; wählen Sie aus.|"
    "Einverstanden|%s und %s|Erfurt|Ressort Inland|%d Minuten Lesezeit|Aus: %s|Bericht: %s|Bearbeitung: %s|(%s)|Stimmt etwas nicht auf dieser Seite? Schreiben Sie uns.|Von %s, am %s|Mitreden|Älterer Text|Neuerer Text",
    "ar": "عدد اليوم|ملفي|ادعمنا|ابحث عن خبر|انشر الخبر|%d قراءة|بقلم %s|تاريخ الإضافة: %s|جرى التعديل: %s|عدسة: %s|محررة شؤون التعليم|مراسل المحاكم|منذ %d ساعات|في صفحات أخرى|ما يقرأه الآخرون|لا يفوتك: %s|انضم %s إلى الصحيفة عام 2019 ويكتب عن المدارس.|كلمات دالة|"
    "© 2026. لا يعاد النشر إلا بإذن مكتوب.|قل رأيك|بريد الجمعة|عشرة موضوعات لعطلتك صباح كل جمعة.|نستخدم بعض ملفات الارتباط، اختر منها ما تشاء.|لا مانع|%s و%s|طرابلس|هيئة التحرير|قراءة في %d دقائق|نقلا عن: %s|تقرير: %s|مراجعة: %s|(%s)|هل من خطأ في هذه الصفحة؟ أخبرنا.|بقلم %s، %s|شارك في النقاش|خبر أقدم|خبر أحدث",
    "tr": "Günün sayısı|Profilim|Destek ol|Haber bul|Yaygınlaştır|%d okuma|Haber: %s|Eklenme tarihi: %s|Değiştirilme: %s|Kare: %s|Eğitim muhabiri|Adliye muhabiri|%d saat önce|Gazetede bugün|Başkaları ne okuyor|KAÇIRMAYIN: %s|%s 2019’dan beri gazetede, okulları yazıyor.|Konu başlıkları|"
    "© 2026. Yazılı izin olmadan çoğaltılamaz.|Sözünü söyle|Cuma postası|Hafta sonun için on yazı, her cuma sabahı.|Birkaç çerez bırakıyoruz, hangileri olacağını seçin.|Olur|%s ve %s|Bursa|Yurt Haberler|%d dakikalık okuma|Alıntı: %s|Yazı: %s|Düzelti: %s|(%s)|Bu sayfada bir yanlış mı var? Bize yazın.|%s, %s|Konuşalım|Daha eski|Daha yeni",
    "ko": "오늘의 지면|내 정보|후원하기|기사 찾기|퍼뜨리기|읽음 %d|%s 기자|등록 : %s|고침 : %s|%s 제공|교육 담당|법조팀|%d시간 전|다른 지면|남들이 읽은 글|놓치지 마세요: %s|%s 기자는 2019년에 입사해 학교를 맡고 있다.|열쇠말|ⓒ 2026. 서면 허락 없이 옮길 수 없습니다.|한마디|금요 편지|주말에 읽을 글 열 편을 금요일 아침에 보냅니다.|"
    "쿠키를 몇 개 씁니다. 골라 주세요.|그래요|%s, %s 기자|대전|사회2부|읽는 데 %d분|제공처: %s|글: %s|데스크: %s|(%s 기자)|틀린 곳이 있나요? 알려 주세요.|%s 기자 %s|이야기하기|앞선 기사|나중 기사",
    "zh-hans": "今日版面|个人中心|支持我们|查找报道|转给朋友|%d 次阅读|记者 %s|时间：%s|修订：%s|摄影：%s|教育新闻部|法治新闻部|%d小时前|其他版面|别人在看|不要错过：%s|%s，2019年入职，负责学校报道。|主题词|© 2026 未获书面许可不得转载。|说两句|周五来信|每周五早上十篇值得一读的文章。|本站放置少量 Cookie，请选择。|好的|%s %s|济南|"
    "本网编辑部|%d分钟读完|稿源：%s|采写：%s|责编：%s|（%s）|页面有错？请告诉我们。|%s %s|讨论|更早|更新的文章",
    "ja": "今日の紙面|個人設定|支援する|記事をさがす|広める|%d回読まれた|%s記者|配信 %s|修正 %s|撮影・%s|教育担当|司法担当|%d時間前|ほかの紙面|みんなが読んだ|お見逃しなく %s|%s　2019年入社。学校を担当。|話題|© 2026 書面による許可なく転載できません。|ひとこと|金曜便|週末に読みたい十本を金曜の朝に。|クッキーを少し使います。お選びください。|わかりました|%s、%s|"
    "仙台|報道部|約%d分で読めます|提供：%s|記事：%s|デスク：%s|（%s）|誤りがありましたらお知らせください。|%s　%s|話し合う|以前の記事|以後の記事",
    "hi": "आज का अंक|मेरी प्रोफ़ाइल|सहयोग दें|खबर ढूंढें|आगे भेजें|%d बार पढ़ा गया|%s|तारीख: %s|बदलाव: %s|तस्वीर: %s|शिक्षा संवाददाता|अदालत संवाददाता|%d घंटे पहले|अखबार में और|औरों ने क्या पढ़ा|चूकें नहीं: %s|%s 2019 से अखबार में हैं और स्कूलों पर लिखते हैं।|विषय|© 2026 लिखित अनुमति के बिना प्रकाशन वर्जित।|अपनी बात कहें|"
    "शुक्रवार की चिट्ठी|हर शुक्रवार सुबह दस पढ़ने लायक खबरें।|हम कुछ कुकीज़ रखते हैं, चुनें।|ठीक है|%s और %s|भोपाल|संपादकीय टीम|%d मिनट की पढ़ाई|साभार: %s|रिपोर्ट: %s|संपादन: %s|(%s)|क्या इस पन्ने पर कोई गलती है? हमें बताएं।|%s, %s|चर्चा करें|पुरानी खबर|नई खबर",
}  # fmt: skip
NAMES = {
    "en": "Hannah Whitlock|Joe Adeyemi|Siobhán O’Rourke|Daniel P. Whitaker|Marisol Vega|Tariq Mahmood|Chloe Barnes-Wright|Nana Osei|Bob Lund",
    "fr": "Camille Berthier|Hugo Lemoine|Nadia Benali|Marie-Claude Vasseur|Loïc de Kersaint",
    "de": "Annika Seidel|Jörg Hoffmeister|Clara von Berg|Yusuf Demir|Lena Koch-Winter",
    "ar": "سامر حداد|ليلى العبيدي|عمر عبد العزيز|نور بن صالح|جورج خوري",
    "tr": "Ece Aydın|Kerem Öztürk|Zeynep Şahin|Ali Can Polat|İpek Ünal",
    "ko": "김도윤|박서연|이준호|최유진|남궁민",
    "zh-hans": "陈思远|王雪|郑伟|欧阳静|胡晓明",
    "ja": "佐々木 翔|田村由美|渡辺 直樹|森田さくら|大西健",
    "hi": "संजय मिश्रा|कविता यादव|विकास गुप्ता|पूजा कुमारी",
}
HOUSES = ("PA Media", "EFE", "Bloomberg", "dpa", "The Local Wire")
STAMPS = {
    "en": (r"D, M j, Y", r"jS F Y", r"H:i, j M Y", r"M. j, Y \a\t g:i a", r"l j F Y", r"Y-m-d", r"F jS, Y", r"j/n/Y H:i"),
    "fr": (r"l j F Y", r"d.m.Y à H\hi", r"j M Y, H:i", r"H\hi, \l\e j F Y"),
    "de": (r"l, j. F Y", r"j. M. Y, H.i \U\h\r", r"j.n.Y", r"H:i \U\h\r, d.m.Y"),
    "ar": (r"l، j F Y", r"Y/m/d H:i", r"j F، Y", r"j-n-Y"),
    "tr": (r"j F Y l H:i", r"d/m/Y", r"j F Y", r"H:i - d.m.Y"),
    "ko": ("Y년 n월 j일", "Y-m-d H:i", "Y. n. j.", "y.m.d H:i"),
    "zh-hans": ("Y年n月j日 H:i", "Y/n/j", "Y-m-d", "Y.m.d H:i"),
    "ja": ("Y年m月d日", "Y-m-d H:i", "Y年n月j日（D）G時i分", "Y/n/j"),
    "hi": (r"l, j F Y", r"j M Y", r"d/m/Y H:i", r"j F Y, g:i A"),
}  # fmt: skip
SECTIONS = {
    "en": "Front|Region|Money|Games|Stage|Letters|Machines|Sky", "fr": "Accueil du site|Région|Argent|Stades|Scènes|Courrier|Machines", "de": "Titel|Region|Geld|Stadion|Bühne|Briefe|Technik", "ar": "الواجهة|المحافظات|المال|الملاعب|المسرح|البريد|الأجهزة",
    "tr": "Kapak|Yöre|Para|Saha|Sahne|Mektuplar|Makine", "ko": "표지|지역|돈|경기장|무대|편지|기술", "zh-hans": "封面|地方|钱袋|赛场|舞台|来信|数码", "ja": "表紙|地域|家計|競技|舞台|投書|機械", "hi": "मुखपृष्ठ|प्रदेश|पैसा|मैदान|मंच|चिट्ठियां|मशीन",
}  # fmt: skip
