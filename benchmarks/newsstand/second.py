"""Other standing words and other ways to write a date: what the second set of held-out pages is dressed in."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.formats import date_format

NAMES = "go_to start sections share_it similar discuss said answer top desk_note consent agree full_story before after reserved words_of filed read_by print_it send_it source".split()
_WORDS = {
    "en": "Jump to main text|Front page|All sections|Share this article|Recommended for you|Join the discussion|thoughts on|Report|Most popular this week|Got a tip? Write to our desk.|"
    "This site stores small files on your device so that it works. You decide which.|Only necessary|Full story|Older entry|Newer entry|No part may be reproduced without permission.|"
    "Words:|Filed in|reads|Print this page|Send to a friend|Source",
    "fr": "Passer au texte|Une|Toutes les rubriques|Partagez cet article|Nos suggestions|Participez à la discussion|avis sur|Signaler|Les articles de la semaine|Une information ? Écrivez à la rédaction.|"
    "Ce site dépose des petits fichiers sur votre appareil. Vous choisissez lesquels.|Le strict nécessaire|L’article entier|Billet plus ancien|Billet plus récent|Reproduction interdite sans accord.|"
    "Texte :|Classé dans|lectures|Imprimer cette page|Envoyer à un ami|Source",
    "de": "Direkt zum Text|Titelseite|Alle Ressorts|Diesen Artikel teilen|Unsere Empfehlungen|Diskutieren Sie mit|Meinungen zu|Melden|Beliebt in dieser Woche|Ein Hinweis? Schreiben Sie der Redaktion.|"
    "Diese Seite legt kleine Dateien auf Ihrem Gerät ab. Sie entscheiden, welche.|Nur notwendige|Ganzer Artikel|Älterer Beitrag|Neuerer Beitrag|Nachdruck nur mit Genehmigung.|"
    "Text:|Abgelegt unter|Lesungen|Seite drucken|An Freunde senden|Quelle",
    "ar": "انتقل إلى النص|الصفحة الأولى|كل الأقسام|شارك هذا المقال|اخترنا لك|شاركنا رأيك|آراء حول|إبلاغ|الأكثر تداولا هذا الأسبوع|لديك معلومة؟ اكتب إلى هيئة التحرير.|"
    "يحفظ هذا الموقع ملفات صغيرة على جهازك. أنت تقرر أيها.|الضروري فقط|النص الكامل|الأقدم|الأحدث|يمنع النقل دون إذن.|تحرير:|في قسم|قراءة|اطبع الصفحة|أرسل إلى صديق|المصدر",
    "tr": "Metne geç|Manşet|Tüm bölümler|Bu yazıyı paylaş|Sizin için seçtiklerimiz|Tartışmaya katılın|görüş:|Bildir|Haftanın en çok okunanı|Bir ipucunuz mu var? Yazı işlerine yazın.|"
    "Bu site cihazınıza küçük dosyalar koyar. Hangilerini, siz seçin.|Yalnız gerekli olanlar|Yazının tamamı|Daha eski yazı|Daha yeni yazı|İzinsiz kopyalanamaz.|"
    "Haber:|Bölüm|okunma|Sayfayı yazdır|Arkadaşına gönder|Kaynak",
    "ko": "본문 바로가기|첫 화면|전체 메뉴|이 기사 공유하기|함께 보면 좋은 기사|의견을 나눠 주세요|개의 의견|신고|이번 주 인기 기사|제보할 것이 있으면 편집국에 써 주세요.|"
    "이 사이트는 기기에 작은 파일을 저장합니다. 어떤 것을 저장할지 직접 고를 수 있습니다.|필수 항목만|전체 기사|지난 글|새 글|무단 전재 및 재배포 금지.|글쓴이:|분류|조회|인쇄하기|친구에게 보내기|출처",
    "zh-hans": "跳到正文|头版|全部栏目|分享到|猜你喜欢|参与讨论|条看法|举报|本周热门|有线索？请联系编辑部。|本站会在您的设备上保存小文件，您可以自行选择。|仅必要|查看全文|较早文章|较新文章|未经许可不得转载。|"
    "作者：|归入|阅读|打印本页|发给朋友|来源",
    "ja": "本文へ移動|トップページ|すべての分野|この記事を共有する|あなたへのおすすめ|議論に参加する|件の意見|報告|今週の人気記事|情報をお持ちの方は編集部までお寄せください。|"
    "このサイトは端末に小さなファイルを保存します。どれを保存するかは選べます。|必要なものだけ|全文を読む|古い投稿|新しい投稿|許可なく転載することを禁じます。|文：|分類|回読まれました|このページを印刷する|友達に送る|出典",
}  # fmt: skip
_NUMBERS = {"en": "M j, Y, g:i a", "fr": "d/m/Y à H:i", "ar": "j F، Y - H:i", "ko": "Y.m.d H:i", "zh-hans": "Y-m-d H:i", "ja": "Y/m/d H:i"}
_LONG = {
    "en": "l, F j, Y", "ar": "l j F Y", "ko": "Y년 n월 j일 l", "zh-hans": "Y年n月j日 l", "ja": "Y年n月j日（D）", "tr": "j F Y l", "de": "l, j. F Y",
}  # fmt: skip


def vocabulary(language: str) -> dict[str, str]:
    """The site's standing words."""
    return dict(zip(NAMES, _WORDS[language].split("|"), strict=True))


def long_date(when: dt.datetime, language: str) -> str:
    """With the day of the week."""
    with translation.override(language):
        return str(date_format(when, _LONG.get(language, "l j F Y")))


def short_date(when: dt.datetime, language: str) -> str:
    """With the time, mostly in numbers."""
    with translation.override(language):
        return str(date_format(when, _NUMBERS.get(language, "d.m.Y H:i")))
