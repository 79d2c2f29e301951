"""What the third set of pages is dressed in: bylines as phrases, dates with the time, the day, an age or a second calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from benchmarks.newsstand.posts import Post

NAMES = (
    "skip open_menu languages edition listen text_size signed label_by report_of shown changed ago read_also letter letter_text consent choices send opinions order log_in viewed keywords more_on "
    "about caption reserved support editors entry"
).split()
_WORDS = {
    "en": "Skip to main content|Menu|Language|UK edition|Listen to this story|A− A A+|{name} reports|Words|Reporting by {name}; editing by the night desk|First published|Last changed|{n} months ago|See also|"
    "The morning letter|One mail a day with what matters. You can leave at any time.|We and our 312 partners store and access information on your device. You can withdraw your choice at any time.|"
    "Accept all~Reject all~Manage choices|Gift this article|{n} opinions|Newest first|Log in to take part|Most viewed|In this story|More on {section}|More from {name}|Photograph: {site}|"
    "Registered office: 1 Quay Street. All content protected.|Independent reporting costs money. Become a supporter from 3 a month.|Night desk|"
    "This entry was posted in {section} on {date} by {name}. Bookmark the permalink.",
    "fr": "Aller au contenu principal|Menu|Langue|Édition du jour|Écouter l’article|A− A A+|Un article de {name}|Texte|Propos recueillis par {name}|Paru le|Modifié le|Il y a {n} mois|Voir aussi|"
    "La lettre du matin|Un courriel par jour, l’essentiel de l’actualité. Désinscription à tout moment.|Avec nos 312 partenaires, nous stockons des informations sur votre appareil. Vous pouvez retirer votre choix à tout moment.|"
    "Tout accepter~Tout refuser~Paramétrer|Offrir cet article|{n} réactions|Les plus récentes d’abord|Connectez-vous pour réagir|Les plus consultés|Dans cet article|Plus sur {section}|Du même auteur|Photo : {site}|"
    "Siège social : 1, rue du Quai. Reproduction interdite.|Une information indépendante a un prix. Soutenez-nous à partir de 3 € par mois.|La rédaction|"
    "Cette entrée a été publiée dans {section} le {date} par {name}. Ajouter aux favoris le permalien.",
    "de": "Zum Hauptinhalt springen|Menü|Sprache|Ausgabe Nord|Artikel anhören|A− A A+|Ein Beitrag von {name}|Text|Es berichtet {name}|Erschienen|Geändert|vor {n} Monaten|Siehe auch|"
    "Der Morgenbrief|Täglich eine Mail mit dem Wichtigsten. Abmelden können Sie sich jederzeit.|Wir und unsere 312 Partner speichern Informationen auf Ihrem Gerät. Ihre Wahl können Sie jederzeit widerrufen.|"
    "Alle annehmen~Alle ablehnen~Einstellungen|Artikel verschenken|{n} Meinungen|Neueste zuerst|Zum Mitreden anmelden|Am häufigsten aufgerufen|In diesem Text|Mehr aus {section}|Mehr von {name}|Foto: {site}|"
    "Verlag und Redaktion: Kaistraße 1. Alle Inhalte geschützt.|Unabhängige Berichte kosten Geld. Unterstützen Sie uns ab 3 Euro im Monat.|Spätdienst|"
    "Dieser Eintrag wurde am {date} von {name} in {section} veröffentlicht. Setze ein Lesezeichen auf den Permalink.",
    "ar": "انتقل إلى المحتوى الرئيسي|القائمة|اللغة|الطبعة العربية|استمع إلى الخبر|أ− أ أ+|كتب {name}|إعداد|متابعة: {name}|تاريخ النشر|تم التعديل|منذ {n} أشهر|انظر أيضا|"
    "رسالة الصباح|رسالة واحدة في اليوم بأهم ما حدث. يمكنك إلغاء الاشتراك في أي وقت.|نقوم نحن وشركاؤنا بتخزين معلومات على جهازك. يمكنك سحب موافقتك في أي وقت.|"
    "قبول الكل~رفض الكل~إدارة الخيارات|أهد هذا المقال|{n} رأيا|الأحدث أولا|سجل الدخول للمشاركة|الأكثر مشاهدة|في هذا الخبر|المزيد عن {section}|المزيد من {name}|تصوير: {site}|"
    "المقر: شارع الرصيف 1. المحتوى محمي.|الصحافة المستقلة لها ثمن. ادعمنا ابتداء من 3 في الشهر.|قسم التحرير|"
    "نشرت هذه التدوينة في {section} بتاريخ {date} بواسطة {name}. أضف الرابط إلى المفضلة.",
    "tr": "Ana içeriğe atla|Menü|Dil|Türkiye baskısı|Haberi dinle|A− A A+|{name} bildiriyor|Kaleme alan|Haber: {name}|Yayımlanma|Son değişiklik|{n} ay önce|Ayrıca bakınız|"
    "Sabah mektubu|Günde bir e-posta, günün özeti. Dilediğiniz zaman çıkabilirsiniz.|Biz ve 312 ortağımız cihazınızda bilgi saklıyoruz. Seçiminizi dilediğiniz zaman geri alabilirsiniz.|"
    "Tümünü kabul et~Tümünü reddet~Ayarlar|Bu yazıyı hediye et|{n} görüş|Önce en yeniler|Katılmak için giriş yapın|En çok görüntülenen|Bu haberde|{section} hakkında daha fazlası|{name} yazıları|Fotoğraf: {site}|"
    "Yönetim yeri: Rıhtım Sokak 1. Tüm içerik korunur.|Bağımsız haberciliğin bir bedeli var. Ayda 3 liradan destek olun.|Gece masası|"
    "Bu yazı {date} tarihinde {section} kategorisinde {name} tarafından yayınlandı. Kalıcı bağlantıyı yer imlerine ekleyin.",
    "ko": "주 메뉴로 이동|메뉴|언어|전국판|기사 듣기|가− 가 가+|{name} 기자|취재|글·사진 {name}|기사입력|최종수정|{n}개월 전|참고 기사|"
    "아침 편지|하루 한 번 중요한 소식을 보내 드립니다. 언제든지 해지할 수 있습니다.|저희와 312개 제휴사는 기기에 정보를 저장합니다. 동의는 언제든지 철회할 수 있습니다.|"
    "모두 동의~모두 거부~설정|기사 선물하기|의견 {n}개|최신순|로그인하고 참여하기|가장 많이 본|이 기사의 열쇠말|{section} 더 보기|{name} 기자의 다른 기사|사진: {site}|"
    "주소: 부두길 1. 모든 콘텐츠는 보호를 받습니다.|독립 언론에는 비용이 듭니다. 한 달에 3천 원으로 후원해 주세요.|야간 편집부|"
    "이 글은 {date}에 {name}님이 {section}에 게시했습니다. 고유주소를 북마크하세요.",
    "zh-hans": "跳转至主要内容|菜单|语言|中国版|收听本文|小 中 大|记者 {name} 报道|撰稿|责任编辑：{name}|首发时间|修改时间|{n}个月前|另请参阅|"
    "晨间来信|每天一封邮件，告诉您重要的事。您可以随时退订。|我们和 312 个合作伙伴会在您的设备上存储信息。您可以随时撤回选择。|"
    "全部接受~全部拒绝~管理选项|赠送本文|{n} 条意见|最新优先|登录后参与|浏览最多|本文关键词|更多{section}|{name} 的更多文章|图片：{site}|"
    "地址：码头街 1 号。所有内容受保护。|独立报道需要成本。每月 3 元起支持我们。|夜班编辑|"
    "此条目由 {name} 发表于 {date}，归类于 {section}。将固定链接加入收藏夹。",
    "ja": "メインコンテンツへ|メニュー|言語|国内版|記事を聴く|小 中 大|{name} 記者|執筆者|取材・文＝{name}|配信日時|最終更新|{n}か月前|あわせて読む|"
    "朝の便り|一日一通、大切な話題をお届けします。いつでも解除できます。|当社と 312 社の提携先は端末に情報を保存します。同意はいつでも撤回できます。|"
    "すべて許可~すべて拒否~設定する|記事をプレゼントする|{n}件の声|新しい順|ログインして参加する|アクセスの多い記事|この記事の話題|{section}の記事をもっと見る|{name}の記事一覧|写真＝{site}|"
    "所在地：埠頭通り一丁目。無断使用はお断りします。|独立した報道には費用がかかります。月三百円から支えてください。|夜間デスク|"
    "この投稿は {date} に {name} が {section} に公開しました。パーマリンクをブックマークしてください。",
}  # fmt: skip
_CLOCK = {
    "en": "D j M Y H.i", "fr": "j F Y \\à H\\hi", "de": "j.n.Y, H:i \\U\\h\\r", "ar": "j F Y H:i", "tr": "d F Y l, H:i", "ko": "Y.m.d H:i", "zh-hans": "Y-m-d H:i:s", "ja": "Y年n月j日(D) G時i分",
}  # fmt: skip
_BRIEF = {"en": "j M Y", "fr": "d.m.Y", "de": "j. M Y", "ar": "Y/n/j", "tr": "j M Y", "ko": "Y년 n월 j일", "zh-hans": "Y年n月j日", "ja": "Y年n月j日"}  # fmt: skip
_DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩"}
_HIJRI = "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة".split("|")
_TODAY = dt.date(2026, 2, 3)


def words(post: Post, section: str, *, opinions: int) -> dict[str, str]:
    """The site's standing words, those about a post filled in; empty where they would name nobody."""
    said = dict(zip(NAMES, _WORDS[post.language].split("|"), strict=True))
    months = (_TODAY.year - post.published.year) * 12 + _TODAY.month - post.published.month
    filled = {
        key: text.format(name=post.author, site=post.site, section=section, n=opinions if key == "opinions" else max(1, months), date=brief(post.published, post.language))
        for key, text in said.items()
    }  # fmt: skip
    return {key: "" if "{name}" in said[key] and not post.author else text for key, text in filled.items()}


def _shown(when: dt.datetime, pattern: str, language: str) -> str:
    with translation.override(language):
        text = str(date_format(when, pattern))
    return text.translate(str.maketrans("0123456789", _DIGITS[language])) if language in _DIGITS else text


def brief(when: dt.datetime, language: str) -> str:
    """A short date, in the digits of the language."""
    return _shown(when, _BRIEF[language], language)


def clock(when: dt.datetime, language: str) -> str:
    """A date with its time, in the digits of the language; in Arabic behind the day of the Islamic calendar."""
    text = _shown(when, _CLOCK[language], language)
    return f"{hijri(when.date())} هـ - {text} م" if language == "ar" else text


def hijri(day: dt.date) -> str:
    """The day in the tabular Islamic calendar, as Arabic newspapers print it beside the other."""
    days = day.toordinal() - dt.date(622, 7, 19).toordinal()
    cycle, days = divmod(days, 10631)
    year = 0
    while days >= (length := 355 if (11 * (year + 1) + 14) % 30 < 11 else 354):
        days, year = days - length, year + 1
    month = min(11, int(days / 29.5))
    number = f"{days - int(month * 29.5 + 0.5) + 1} {_HIJRI[month]} {cycle * 30 + year + 1}"
    return number.translate(str.maketrans("0123456789", _DIGITS["ar"]))


def around(post: Post, said: dict[str, Any]) -> dict[str, Any]:
    """What these layouts print beside what all print."""
    section = (post.sections or tuple(said["menu"][:1]))[0]
    t = words(post, section, opinions=len(said["comments"]))
    return {
        "t": t, "section": section, "choices": t["choices"].split("~"), "clock": clock(post.published, post.language), "brief": brief(post.published, post.language),
        "changed": clock(post.modified, post.language) if said["updated"] and post.modified else "",
        "tongues": ("English", "Français", "العربية", "Deutsch", "日本語"),
    }  # fmt: skip
