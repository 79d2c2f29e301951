"""Standing words, names and ways to write a date: two columns a language, the first for the pages worked on, the second for the fourth set."""

from __future__ import annotations

KEYS = (
    "home live sign_in subscribe listen share save reading photo letter letter_text more trending comments reply topics about bio mistake rights "
    "published updated ago by role role2 and with_by in_place sign"
).split()
"""`reading` takes minutes; `by`, `with_by`, `in_place` and `sign` take a name, `in_place` a place too."""

WORKSHOP = {
    "en": "Home|Live|Sign in|Subscribe|Listen to this article|Share|Save|%d min read|Photo: %s|Get the morning briefing|The five stories you need, in your inbox before breakfast.|More on this story|Trending now|"
    "12 Comments|Reply|Topics|About the author|%s has reported from four continents.|Spotted an error? Tell us.|© 2026 All rights reserved|Published|Updated|3 hours ago|By %s|Correspondent|Political Editor|%s and %s|"
    "Additional reporting by %s|By %s in %s|%s",
    "fr": "Accueil|En direct|Se connecter|S’abonner|Écouter l’article|Partager|Enregistrer|Temps de lecture : %d min|Photo : %s|La lettre du matin|Cinq histoires à lire, chaque jour avant le petit déjeuner.|Sur le même sujet|"
    "En ce moment|12 commentaires|Répondre|Thèmes|À propos de l’auteur|%s a travaillé sur quatre continents.|Une erreur ? Signalez-la.|© 2026 Tous droits réservés|Publié le|Mis à jour le|Il y a 3 heures|Par %s|"
    "correspondant|journaliste politique|%s et %s|Avec %s|Par %s à %s|%s",
    "de": "Start|Live|Anmelden|Abonnieren|Artikel anhören|Teilen|Merken|Lesezeit: %d Minuten|Foto: %s|Der Morgenbrief|Fünf Geschichten, jeden Morgen vor dem Frühstück.|Mehr zum Thema|Gerade beliebt|12 Kommentare|Antworten|"
    "Themen|Über den Autor|%s hat aus vier Erdteilen berichtet.|Fehler gefunden? Schreiben Sie uns.|© 2026 Alle Rechte vorbehalten|Veröffentlicht am|Aktualisiert am|vor 3 Stunden|Von %s|Korrespondent|Politikredakteurin|"
    "%s und %s|Mitarbeit: %s|Von %s, %s|%s",
    "ar": "الرئيسية|مباشر|تسجيل الدخول|اشترك|استمع إلى المقال|شارك|حفظ|%d دقائق قراءة|تصوير: %s|نشرة الصباح|خمس قصص تصلك كل صباح قبل الإفطار.|المزيد حول هذه القصة|الأكثر رواجا|12 تعليقا|رد|مواضيع|عن الكاتب|"
    "غطى %s أخبار أربع قارات.|وجدت خطأ؟ أخبرنا.|© 2026 جميع الحقوق محفوظة|نشر في|آخر تحديث|منذ 3 ساعات|بقلم %s|مراسل|محرر سياسي|%s و%s|شارك في التغطية: %s|%s - %s|%s",
    "tr": "Anasayfa|Canlı|Giriş yap|Abone ol|Haberi dinle|Paylaş|Kaydet|%d dk okuma süresi|Fotoğraf: %s|Sabah bülteni|Her sabah kahvaltıdan önce beş haber.|Bu konuda|Gündemdekiler|12 yorum|Yanıtla|Konular|Yazar hakkında|"
    "%s dört kıtadan haber yaptı.|Hata mı gördünüz? Bize yazın.|© 2026 Tüm hakları saklıdır|Yayın tarihi|Güncelleme|3 saat önce|Yazan: %s|Muhabir|Siyaset editörü|%s ve %s|Katkı: %s|%s / %s|%s",
    "ko": "홈|생중계|로그인|구독|기사 듣기|공유|저장|읽는 시간 %d분|사진=%s|아침 뉴스레터|매일 아침 다섯 개의 기사를 보내 드립니다.|관련 기사|지금 많이 보는 기사|댓글 12|답글|주제|기자 소개|%s 기자는 네 대륙에서 취재했습니다.|"
    "오류를 발견하셨나요? 알려 주세요.|© 2026 무단 전재 금지|입력|수정|3시간 전|%s 기자|특파원|정치부 기자|%s·%s|도움 %s|%s %s 통신원|%s",
    "zh-hans": "首页|直播|登录|订阅|收听本文|分享|收藏|阅读约%d分钟|图片来源：%s|早间简报|每天早餐前的五个故事。|相关报道|热门|12条评论|回复|话题|关于作者|%s曾在四大洲采访。|发现错误？请告诉我们。|© 2026 版权所有|发布时间|更新时间|3小时前|"
    "记者 %s|特约记者|时政编辑|%s、%s|实习生：%s|记者 %s %s报道|%s",
    "ja": "ホーム|ライブ|ログイン|購読する|記事を聞く|シェア|保存|この記事は約%d分で読めます|写真：%s|朝のニュースレター|毎朝、五つの記事をお届けします。|この話題の記事|人気の記事|コメント12件|返信|トピック|筆者について|%sは四大陸で取材した。|誤りにお気づきですか。|"
    "© 2026 無断転載禁止|公開|更新|3時間前|文／%s|特派員|政治部記者|%s、%s|協力・%s|%s（%s）|%s",
}  # fmt: skip
FOURTH = {
    "en": "Front|Watch|Log in|Become a member|Play audio|Email this|Bookmark|A %d-minute read|Picture credit: %s|Never miss a story|We send one letter a week and nothing else.|Keep reading|What others are reading|"
    "Conversation (12)|Respond|In this article|Who wrote this|%s lives by the sea with two dogs.|Corrections: write to the desk.|© 2026. Reproduction needs permission.|First published|Last changed|yesterday|Reporting by %s|Staff Reporter|"
    "Chief Business Writer|%s & %s|Editing by %s|%s reports from %s|— %s",
    "fr": "À la une|Vidéos|Mon compte|Devenir membre|Lecture audio|Envoyer par courriel|Garder|%d minutes de lecture|Crédit photo %s|Ne manquez rien|Une seule lettre par semaine, rien d’autre.|Continuez votre lecture|Ce que lisent les autres|"
    "Conversation (12)|Réagir|Dans cet article|Qui signe|%s vit au bord de la mer avec deux chiens.|Corrections : écrivez-nous.|© 2026. Reproduction soumise à autorisation.|Première publication|Dernière modification|hier|Texte de %s|"
    "envoyé spécial|grand reporter|%s & %s|Édité par %s|De notre envoyé à %2$s, %1$s|— %s",
    "de": "Titel|Videos|Mein Konto|Mitglied werden|Vorlesen|Per E-Mail senden|Lesezeichen|%d Minuten Lektüre|Bild %s|Nichts verpassen|Ein Brief pro Woche und sonst nichts.|Lesen Sie weiter|Was andere lesen|Gespräch (12)|Erwidern|"
    "In diesem Text|Wer hier schreibt|%s lebt mit zwei Hunden am Meer.|Korrekturen an die Redaktion.|© 2026. Nachdruck nur mit Erlaubnis.|Erschienen am|Zuletzt geändert|gestern|Ein Bericht von %s|Reporterin|Chefreporter Wirtschaft|%s & %s|"
    "Redaktion: %s|%s berichtet aus %s|— %s",
    "ar": "الواجهة|فيديو|حسابي|كن عضوا|تشغيل الصوت|أرسل بالبريد|احتفظ|قراءة في %d دقائق|الصورة من %s|لا تفوت قصة|رسالة واحدة في الأسبوع لا غير.|تابع القراءة|ما يقرأه الآخرون|نقاش (12)|علّق|في هذا المقال|من كتب هذا|"
    "يعيش %s قرب البحر مع كلبين.|للتصويب اكتب إلى التحرير.|© 2026. النسخ بإذن.|صدر في|عُدّل في|أمس|إعداد: %s|صحفي|كبير المراسلين|%s، %s|تحرير: %s|%s من %s|— %s",
    "tr": "Kapak|Video|Hesabım|Üye ol|Sesli oku|E-posta ile gönder|Sakla|%d dakikada okunur|Görsel: %s|Hiçbir haberi kaçırma|Haftada bir mektup, başka bir şey yok.|Okumaya devam|Başkaları ne okuyor|Sohbet (12)|Yaz|Bu yazıda|Kim yazdı|"
    "%s iki köpeğiyle deniz kıyısında yaşıyor.|Düzeltme için yazı işlerine yazın.|© 2026. İzinsiz çoğaltılamaz.|İlk yayın|Son değişiklik|dün|Haber: %s|Haber Merkezi|Ekonomi yazarı|%s & %s|Editör: %s|%s %s’dan bildiriyor|— %s",
    "ko": "1면|영상|내 계정|회원 가입|음성 재생|메일 보내기|스크랩|%d분이면 읽어요|그림 출처 %s|기사를 놓치지 마세요|일주일에 한 번만 보냅니다.|이어서 읽기|다른 독자가 읽는 기사|대화 (12)|의견|이 기사에서|쓴 사람|%s 씨는 바닷가에서 개 두 마리와 산다.|"
    "정정 요청은 편집국으로.|© 2026. 재배포는 허락이 필요합니다.|최초 등록|최종 수정|어제|취재 %s|선임기자|경제부 기자|%s, %s|편집 %s|%2$s=%1$s 기자|(%s)",
    "zh-hans": "头条|视频|我的账户|成为会员|播放语音|邮件发送|书签|%d分钟读完|供图 %s|不错过任何故事|每周一封信，仅此而已。|继续阅读|大家在读|讨论（12）|回应|本文提到|执笔人|%s与两只狗住在海边。|更正请致函编辑部。|© 2026 转载须经许可|首发于|最后修改|昨天|"
    "采写：%s|首席记者|财经记者|%s %s|编辑：%s|%s 发自%s|（%s）",
    "ja": "一面|動画|マイページ|会員になる|音声で聞く|メールで送る|しおり|%d分で読了|画像提供 %s|記事を逃さない|お便りは週に一度だけ。|続けて読む|みんなが読んでいる|会話（12）|意見する|この記事に出てくる|書いた人|%sは二匹の犬と海辺に暮らす。|訂正のご連絡は編集部まで。|© 2026 転載には許可が必要です|"
    "初出|最終変更|昨日|取材・文　%s|編集委員|経済部|%s・%s|編集・%s|%2$s＝%1$s|（%s）",
}  # fmt: skip
NAMES = {
    "en": "Maria Fernandes|Tom O’Leary|J. K. Adebayo|Hannah Lindqvist-Moore|Priya Raman|Daniel Kowalski",
    "fr": "Camille Lefèvre|Jean-Marc Aubry|Nadia Belkacem|Hugo de La Tour",
    "de": "Katrin Möller|Jürgen von Stetten|Ayşe Demir|Lars Hoffmann",
    "ar": "محمد عبد الله|ليلى حداد|أحمد الزين|سارة بن يوسف",
    "tr": "Elif Yılmaz|Mehmet Can Öztürk|Zeynep Aksoy|Burak Şahin",
    "ko": "김민수|이서연|박지훈|최유진",
    "zh-hans": "王建国|李晓明|陈静|欧阳文",
    "ja": "田中健一|佐藤美咲|高橋 翔|鈴木花子",
}
PLACES = {
    "en": "Nairobi", "fr": "Bruxelles", "de": "Wien", "ar": "بيروت", "tr": "Ankara", "ko": "도쿄", "zh-hans": "上海", "ja": "ソウル",
}  # fmt: skip
AGENCIES = ("AFP", "Reuters", "dpa", "AP")
STAMPS = {
    "en": (r"j F Y, H:i \G\M\T|D j M Y H.i \B\S\T|M j, Y \| g:i A \I\S\T|F j, Y|l, j F Y", r"D, M j Y \a\t g:i a \E\T|Y/m/d|jS F Y|H:i, j M Y|F jS, Y"),
    "fr": (r"j F Y à H\hi|d/m/Y - H:i|l j F Y", r"\l\e j F Y à H:i|D j M Y, H\hi|d.m.Y"),
    "de": (r"d.m.Y, H:i \U\h\r|j. F Y|D, j. M Y", r"d.m.y, H:i \U\h\r|l, j. F Y|\a\m j.n.Y"),
    "ar": (r"l j F Y - H:i بتوقيت غرينتش|j F Y|Y/m/d", r"Y-m-d \| H:i|j/n/Y|HIJRI"),
    "tr": (r"d.m.Y - H:i|j F Y, l", r"j M Y l H:i|d/m/Y H:i"),
    "ko": ("Y.m.d. A g:i|Y년 n월 j일 H시 i분|Y-m-d H:i", "Y. n. j. H:i|Y/m/d|y.m.d H:i"),
    "zh-hans": ("Y年n月j日 H:i|Y-m-d H:i:s", "Y/n/j|Y年m月d日 l|MINGUO"),
    "ja": ("ERA|Y年n月j日 H時i分|Y.m.d", "Y年n月j日(D)|Y/n/j G:i|ERA"),
}  # fmt: skip
