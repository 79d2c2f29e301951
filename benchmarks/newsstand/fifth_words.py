"""What the fifth set of pages says around a story: standing words as sites of each language have them, names, ways to write a date."""

from __future__ import annotations

KEYS = (
    "home sign_in subscribe search share like views comments by posted updated written edited source author reading role place in_place latest read_most related more_by tags topics also credit bio rights "
    "leave_comment email_note letter letter_text first cookies accept previous next follow reply desk and"
).split()
"""`by`, `written`, `edited`, `author`, `more_by`, `bio`, `in_place` take a name; `posted`, `updated`, `first` a date; `source`, `credit` a house; `also` a headline; `reading` minutes."""

WORDS = {
    "en": "Home|Sign in / Join|Subscribe|Search for:|Share on Facebook|Like this:|1.2K views|4 Comments|By %s|Published %s|Updated %s|Written by %s|Edited by %s|Source: %s|Author: %s|%d min read|Business reporter|Leeds|%s in %s|Latest news|"
    "Most popular|Related articles|More by %s|Tags|Explore more on these topics|Also Read | %s|Image source, %s|%s covers councils, courts and schools. Reach the newsroom at news@paper.example.|Copyright © 2026. All rights reserved.|"
    "Leave a Reply|Your email address will not be published. Required fields are marked *|Sign up for our newsletter|Get the day’s headlines delivered to your inbox.|First published on %s|This website uses cookies to improve your experience.|"
    "Accept all|Previous article|Next article|Follow us on|Reply|News Desk|%s and %s",
    "fr": "Accueil|Se connecter|S’abonner|Rechercher :|Partager sur Facebook|J’aime ça :|1 204 lectures|4 commentaires|Par %s|Publié le %s|Mis à jour le %s|Écrit par %s|Édité par %s|Source : %s|Auteur : %s|Lecture %d min.|"
    "Journaliste économie|Lyon|%s (%s, correspondance)|Dernières actualités|Les plus lus|Articles liés|Tous les articles de %s|Étiquettes|Sur ces sujets|Lire aussi : %s|Crédit photo : %s|%s suit les collectivités, la justice et l’école.|"
    "© 2026 Tous droits réservés. Mentions légales|Laisser un commentaire|Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *|Inscrivez-vous à notre infolettre|Chaque soir, l’essentiel de l’actualité dans votre boîte.|"
    "Première publication le %s|Ce site utilise des cookies pour améliorer votre expérience.|Tout accepter|Article précédent|Article suivant|Suivez-nous sur|Répondre|La rédaction|%s et %s",
    "de": "Startseite|Anmelden|Abo|Suche nach:|Auf Facebook teilen|Gefällt mir:|1.204 Aufrufe|4 Kommentare|Von %s|Veröffentlicht am %s|Aktualisiert am %s|Geschrieben von %s|Redigiert von %s|Quelle: %s|Autor: %s|Lesedauer: %d Min.|"
    "Wirtschaftsredakteur|Leipzig|%s, %s|Neueste Nachrichten|Beliebteste Artikel|Verwandte Themen|Alle Beiträge von %s|Schlagwörter|Mehr zu diesen Themen|Lesen Sie auch: %s|Bildrechte: %s|%s schreibt über Gemeinden, Gerichte und Schulen.|"
    "© 2026 Alle Rechte vorbehalten. Impressum|Schreibe einen Kommentar|Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert|Unser Newsletter|Jeden Abend das Wichtigste des Tages in Ihrem Postfach.|"
    "Zuerst erschienen am %s|Diese Website verwendet Cookies, um Ihr Erlebnis zu verbessern.|Alle akzeptieren|Vorheriger Artikel|Nächster Artikel|Folgen Sie uns auf|Antworten|Redaktion|%s und %s",
    "ar": "الرئيسية|تسجيل الدخول|اشترك الآن|البحث عن:|شارك على فيسبوك|معجب بهذه:|1204 مشاهدة|4 تعليقات|بقلم: %s|نُشر في %s|آخر تحديث %s|كتب: %s|تحرير: %s|المصدر: %s|الكاتب: %s|%d دقائق للقراءة|محرر الشؤون الاقتصادية|عمّان|%s - %s|"
    "أحدث الأخبار|الأكثر قراءة|مقالات مشابهة|جميع مقالات %s|الوسوم|مواضيع ذات صلة|اقرأ أيضا: %s|(%s)|%s يكتب عن البلديات والمحاكم والمدارس.|جميع الحقوق محفوظة © 2026|اترك تعليقاً|لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *|"
    "النشرة البريدية|أهم أخبار اليوم كل مساء في بريدك.|نشر لأول مرة في %s|يستخدم هذا الموقع ملفات تعريف الارتباط لتحسين تجربتك.|قبول الكل|المقال السابق|المقال التالي|تابعنا على|رد|فريق التحرير|%s و%s",
    "tr": "Ana Sayfa|Giriş Yap|Abone Ol|Arama:|Facebook'ta Paylaş|Beğen:|1.204 okunma|4 yorum|%s|Yayınlanma: %s|Güncelleme: %s|Yazan: %s|Editör: %s|Kaynak: %s|Yazar: %s|Okuma süresi: %d dk|Ekonomi muhabiri|İzmir|%s / %s|Son Haberler|"
    "Çok Okunanlar|İlgili Haberler|Yazarın tüm yazıları: %s|Etiketler|Bu konularda daha fazlası|AYRICA OKU: %s|Fotoğraf: %s|%s belediyeleri, mahkemeleri ve okulları izliyor.|© 2026 Her hakkı saklıdır. Künye|Bir yanıt yazın|"
    "E-posta adresiniz yayınlanmayacak. Gerekli alanlar * ile işaretlenmişlerdir|E-bülten|Her akşam günün özeti e-postanızda.|İlk yayınlanma: %s|Bu web sitesi deneyiminizi iyileştirmek için çerez kullanır.|Tümünü kabul et|Önceki Haber|"
    "Sonraki Haber|Bizi takip edin|Cevapla|Haber Merkezi|%s ve %s",
    "ko": "홈|로그인|구독하기|검색:|페이스북 공유|좋아요|조회 1,204|댓글 4|%s 기자|입력 %s|수정 %s|글쓴이 %s|편집 %s|출처 : %s|작성자 : %s|%d분 소요|경제부 기자|부산|%s=%s 기자|최신 뉴스|많이 본 뉴스|관련기사|%s 기자의 기사 더보기|태그|주제별 더 보기|"
    "[관련기사] %s|/사진=%s|%s 기자는 지방 의회와 법원, 학교를 취재한다.|Copyright ⓒ 2026. 무단전재 및 재배포 금지|답글 남기기|이메일 주소는 공개되지 않습니다. 필수 필드는 *로 표시됩니다|뉴스레터 신청|매일 저녁 하루의 소식을 보내드립니다.|최초 입력 %s|"
    "이 웹사이트는 쿠키를 사용합니다.|모두 허용|이전 기사|다음 기사|팔로우|답글|온라인뉴스팀|%s·%s 기자",
    "zh-hans": "首页|登录|订阅|搜索：|分享到微信|点赞|阅读 1204|评论 4|文/%s|发布时间：%s|更新时间：%s|作者：%s|编辑：%s|来源：%s|作者 %s|阅读需 %d 分钟|财经记者|广州|本报记者 %s %s报道|最新消息|热门文章|相关阅读|%s的更多文章|标签|更多相关话题|延伸阅读：%s|图源：%s|"
    "%s，关注地方政务、司法与教育。|版权所有 © 2026 未经授权不得转载|发表回复|您的邮箱地址不会被公开。必填项已用 * 标注|订阅电子报|每晚把当天要闻送到您的邮箱。|首次发布：%s|本网站使用 Cookie 改善您的体验。|全部接受|上一篇|下一篇|关注我们|回复|编辑部|%s、%s",
    "ja": "トップ|ログイン|会員登録|検索:|Facebookでシェア|いいね:|1,204回閲覧|コメント4件|文：%s|公開日：%s|更新日：%s|執筆：%s|編集：%s|出典：%s|筆者：%s|読了時間 約%d分|経済部|福岡|【%s】%s|新着記事|アクセスランキング|関連記事|%sの記事一覧|タグ|関連トピックス|▼あわせて読みたい %s|"
    "（写真：%s）|%s　地方議会、裁判、学校を取材。|Copyright © 2026 無断転載を禁じます|コメントする|メールアドレスが公開されることはありません。 * が付いている欄は必須項目です|メールマガジン|毎晩その日のニュースをお届けします。|初公開：%s|当サイトはクッキーを使用しています。|すべて同意|前の記事|"
    "次の記事|フォローする|返信|編集部|%s、%s",
    "hi": "होम|साइन इन|सब्सक्राइब करें|खोजें:|फेसबुक पर शेयर करें|पसंद करें|1,204 व्यूज|4 टिप्पणियां|%s|प्रकाशित: %s|अपडेटेड: %s|लेखक: %s|संपादित: %s|स्रोत: %s|Written By: %s|%d मिनट में पढ़ें|व्यापार संवाददाता|लखनऊ|%s, %s|ताज़ा खबरें|सबसे ज्यादा पढ़ी गई|"
    "संबंधित खबरें|%s की और खबरें|टैग्स|इन विषयों पर और पढ़ें|ये भी पढ़ें: %s|फोटो: %s|%s नगर निकाय, अदालत और स्कूलों पर लिखते हैं।|© 2026 सर्वाधिकार सुरक्षित|अपनी प्रतिक्रिया दें|आपका ईमेल पता प्रकाशित नहीं किया जाएगा। आवश्यक फ़ील्ड चिह्नित हैं *|न्यूज़लेटर|हर शाम दिन भर की खबरें पाएं।|"
    "पहली बार प्रकाशित: %s|यह वेबसाइट कुकीज़ का उपयोग करती है।|स्वीकार करें|पिछली खबर|अगली खबर|हमें फॉलो करें|जवाब दें|न्यूज़ डेस्क|%s और %s",
}  # fmt: skip
NAMES = {
    "en": "Rachel Okafor|Peter Haverstock|Aoife Byrne|Samuel T. Greene|Lucía Ortega|Imran Chaudhry|Megan Walsh-Price|Kofi Mensah",
    "fr": "Élodie Garnier|Mathieu Delaunay|Fatima Zahraoui|Anne-Sophie Perrin|Thomas d’Hautefeuille",
    "de": "Sabine Krüger|Matthias Weißenborn|Nina von der Heide|Emre Çelik|Julia Brandt-Meier",
    "ar": "خالد منصور|رنا الخطيب|يوسف عبد الرحمن|هدى بن علي|فادي حنا",
    "tr": "Deniz Karaca|Selin Arslan|Murat Yıldırım|Ayşe Gül Koç",
    "ko": "정하늘|윤성호|한지민|오세영|송미라",
    "zh-hans": "赵立新|周婷婷|刘洋|孙浩然|吴倩",
    "ja": "山口 真由|中島大輔|小林 恵|石田和也|村上春香",
    "hi": "अमित शर्मा|प्रियंका सिंह|राहुल वर्मा|नेहा त्रिपाठी",
}
HOUSES = ("Getty Images", "AFP", "Reuters", "Anadolu", "AP")
STAMPS = {
    "en": (r"F j, Y", r"M j, Y, g:i a \E\T", r"D j M Y H.i \G\M\T", r"j F Y", r"g:i A \E\S\T, F j, Y", r"j M Y \a\t H:i", r"F d, Y h:i a \I\S\T", r"m/d/Y"),
    "fr": (r"j F Y à H\hi", r"d/m/Y à H:i", r"j F Y", r"d F Y - H:i"),
    "de": (r"j. F Y, H:i \U\h\r", r"d.m.Y, H.i \U\h\r", r"d. F Y", r"d.m.Y"),
    "ar": (r"j F Y", r"l j F Y - H:i", r"j/n/Y", "LEVANT"),
    "tr": (r"j F Y, H:i", r"d.m.Y H:i", r"d F Y l", r"d F Y - H:i"),
    "ko": ("Y.m.d H:i", "Y년 m월 d일 H:i", "Y-m-d H:i:s", "Y.m.d. A g:i"),
    "zh-hans": ("Y年m月d日H:i", "Y-m-d H:i:s", "Y年n月j日 l", "Y/m/d H:i"),
    "ja": ("Y年n月j日 H時i分", "Y/m/d H:i", "Y年n月j日(D) H:i", "Y.m.d"),
    "hi": (r"d F Y", r"j F Y, h:i A \I\S\T", r"d M Y, H:i", r"j F Y"),
}  # fmt: skip
LEVANT = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|")
SECTIONS = {
    "en": "News|Politics|Business|Sport|Culture|Opinion|Tech|Weather", "fr": "À la une|Politique|Économie|Sport|Culture|Idées|Société", "de": "Politik|Wirtschaft|Sport|Kultur|Meinung|Wissen|Lokales",
    "ar": "أخبار|سياسة|اقتصاد|رياضة|ثقافة|رأي|تكنولوجيا", "tr": "Gündem|Siyaset|Ekonomi|Spor|Kültür|Yazarlar|Teknoloji", "ko": "정치|경제|사회|국제|문화|스포츠|오피니언", "zh-hans": "要闻|时政|财经|国际|体育|文化|科技", "ja": "政治|経済|社会|国際|スポーツ|文化|社説",
    "hi": "देश|राजनीति|कारोबार|खेल|मनोरंजन|विचार|तकनीक",
}  # fmt: skip
