"""What stands around an article, in the language of its site and made of the site's other posts."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from benchmarks.newsstand import second
from benchmarks.newsstand.posts import Post

_WORDS = {
    "en": "Home|About us|Contact|Privacy policy|Search|Share|Related posts|Leave a comment|Comments|Reply|Most read|Tags|Categories|Archives|"
    "Subscribe to our newsletter|We use cookies to give you the best experience on our site. By continuing you agree to our use of cookies.|"
    "Accept|Read more|Previous|Next|All rights reserved.|By|Posted on|Updated|min read|About the author|Latest|Skip to content|views|"
    "Your email address will not be published. Required fields are marked.|Follow us|You may also like|Print",
    "fr": "Accueil|À propos|Contact|Politique de confidentialité|Rechercher|Partager|Articles similaires|Laisser un commentaire|Commentaires|"
    "Répondre|Les plus lus|Étiquettes|Catégories|Archives|Abonnez-vous à notre lettre|Nous utilisons des cookies pour vous offrir la meilleure "
    "expérience. En continuant, vous acceptez leur utilisation.|Accepter|Lire la suite|Précédent|Suivant|Tous droits réservés.|Par|Publié le|"
    "Mis à jour le|min de lecture|À propos de l’auteur|Dernières nouvelles|Aller au contenu|vues|Votre adresse de messagerie ne sera pas publiée. "
    "Les champs obligatoires sont indiqués.|Suivez-nous|À lire aussi|Imprimer",
    "de": "Startseite|Über uns|Kontakt|Datenschutz|Suche|Teilen|Ähnliche Beiträge|Kommentar schreiben|Kommentare|Antworten|Meistgelesen|"
    "Schlagwörter|Kategorien|Archiv|Newsletter abonnieren|Wir verwenden Cookies, um Ihnen die beste Erfahrung zu bieten. Wenn Sie weiterlesen, "
    "stimmen Sie dem zu.|Einverstanden|Weiterlesen|Zurück|Weiter|Alle Rechte vorbehalten.|Von|Veröffentlicht am|Aktualisiert|Min. Lesezeit|"
    "Über den Autor|Neueste|Zum Inhalt springen|Aufrufe|Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind markiert.|"
    "Folgen Sie uns|Das könnte Sie auch interessieren|Drucken",
    "ar": "الرئيسية|من نحن|اتصل بنا|سياسة الخصوصية|بحث|شارك|مقالات ذات صلة|اترك تعليقا|التعليقات|رد|الأكثر قراءة|الوسوم|التصنيفات|الأرشيف|"
    "اشترك في النشرة البريدية|نستخدم ملفات تعريف الارتباط لنمنحك أفضل تجربة على موقعنا. بمتابعة التصفح فإنك توافق على استخدامها.|موافق|اقرأ المزيد|"
    "السابق|التالي|جميع الحقوق محفوظة.|بقلم|نشر في|آخر تحديث|دقائق قراءة|عن الكاتب|آخر الأخبار|تخط إلى المحتوى|مشاهدات|"
    "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها.|تابعنا|قد يعجبك أيضا|طباعة",
    "fa": "خانه|درباره ما|تماس با ما|حریم خصوصی|جستجو|اشتراک‌گذاری|مطالب مرتبط|دیدگاهی بنویسید|دیدگاه‌ها|پاسخ|پربازدیدترین|برچسب‌ها|دسته‌ها|بایگانی|"
    "عضویت در خبرنامه|ما از کوکی‌ها استفاده می‌کنیم تا بهترین تجربه را به شما بدهیم.|می‌پذیرم|ادامه مطلب|قبلی|بعدی|همه حقوق محفوظ است.|نوشته|"
    "منتشر شده در|به‌روزرسانی|دقیقه مطالعه|درباره نویسنده|تازه‌ها|پرش به محتوا|بازدید|نشانی ایمیل شما منتشر نخواهد شد.|ما را دنبال کنید|"
    "شاید بپسندید|چاپ",
    "tr": "Anasayfa|Hakkımızda|İletişim|Gizlilik politikası|Ara|Paylaş|Benzer yazılar|Bir yorum yazın|Yorumlar|Yanıtla|En çok okunanlar|"
    "Etiketler|Kategoriler|Arşivler|Bültenimize abone olun|Size en iyi deneyimi sunmak için çerezler kullanıyoruz. Devam ederek bunu kabul "
    "edersiniz.|Kabul et|Devamını oku|Önceki|Sonraki|Tüm hakları saklıdır.|Yazan|Yayın tarihi|Güncelleme|dk okuma|Yazar hakkında|Son haberler|"
    "İçeriğe geç|görüntülenme|E-posta adresiniz yayınlanmayacak. Gerekli alanlar işaretlenmiştir.|Bizi takip edin|Bunlar da ilginizi çekebilir|Yazdır",
    "ko": "홈|소개|연락처|개인정보 처리방침|검색|공유|관련 글|댓글 남기기|댓글|답글|많이 본 글|태그|카테고리|글 목록|뉴스레터 구독|"
    "저희는 최상의 경험을 제공하기 위해 쿠키를 사용합니다. 계속 이용하면 동의하는 것으로 간주됩니다.|동의|더 읽기|이전|다음|모든 권리 보유.|글|게시일|"
    "수정|분 읽기|글쓴이 소개|최신|본문으로 건너뛰기|조회|이메일 주소는 공개되지 않습니다. 필수 항목은 표시되어 있습니다.|팔로우|추천 글|인쇄",
    "zh-hans": "首页|关于我们|联系|隐私政策|搜索|分享|相关文章|发表评论|评论|回复|最多阅读|标签|分类|归档|订阅我们的通讯|"
    "我们使用 Cookie 为您提供最佳体验。继续浏览即表示您同意。|接受|阅读更多|上一篇|下一篇|版权所有。|作者|发表于|更新于|分钟阅读|关于作者|最新|跳至内容|"
    "浏览|您的邮箱地址不会被公开。必填项已标注。|关注我们|您可能还喜欢|打印",
    "ja": "ホーム|このサイトについて|お問い合わせ|プライバシーポリシー|検索|シェア|関連記事|コメントを残す|コメント|返信|よく読まれている記事|タグ|カテゴリー|"
    "アーカイブ|ニュースレターを購読|当サイトでは最適な体験のために Cookie を使用しています。続けると同意したものとみなされます。|同意する|続きを読む|前の記事|"
    "次の記事|無断転載を禁じます。|文|公開日|更新日|分で読めます|著者について|最新|コンテンツへスキップ|閲覧|メールアドレスが公開されることはありません。|"
    "フォローする|こちらもおすすめ|印刷",
}  # fmt: skip
_NAMES = (
    "home about contact privacy search share related leave_comment comments reply popular tags categories archives newsletter cookies accept "
    "more previous next rights by posted_on updated read_time about_author latest skip views email_note follow like print"
).split()


def vocabulary(language: str) -> dict[str, str]:
    """The site's standing words."""
    return dict(zip(_NAMES, _WORDS[language].split("|"), strict=True))


def shown_date(when: dt.datetime, language: str) -> str:
    """The date as the language writes it."""
    with translation.override(language):
        return str(date_format(when.date(), "DATE_FORMAT"))


def around(post: Post, others: list[Post], *, chance: random.Random, metadata: bool) -> dict[str, Any]:
    """Everything a layout prints."""
    pool = [other for other in others if other.headline != post.headline]
    chance.shuffle(pool)
    cards = [_card(other) for other in pool]
    said = [sentence for other in pool for sentence in other.sentences]
    commenters = sorted({other.author for other in pool if other.author}) + ["Marta", "J. K.", "reader77", "Ole", "Samira B."]
    comments = [
        {
            "author": chance.choice(commenters),
            "date": shown_date(post.published + dt.timedelta(days=n + 1), post.language),
            "text": " ".join(chance.sample(said, k=min(len(said), chance.randint(1, 4)))),
        }
        for n in range(chance.randint(0, 5))
        if said
    ]
    modified = post.modified if post.modified and post.modified.date() > post.published.date() else None
    menu = sorted({name for other in others for name in other.sections})[:14] or ["News", "Reports", "Notes"]
    return {
        "lang": post.language.partition("-")[0],
        "dir": "rtl" if post.language in ("ar", "fa") else "ltr",
        "w": vocabulary(post.language),
        "s": second.vocabulary(post.language),
        "long": second.long_date(post.published, post.language),
        "short": second.short_date(post.published, post.language),
        "updated_short": second.short_date(modified, post.language) if modified else "",
        "today_long": second.long_date(dt.datetime(2026, 2, 3), post.language),
        "post": post,
        "url": f"https://{re.sub(r'[^a-z]', '', post.export)}.example/{post.published:%Y/%m}/post-{post.number}/",
        "date": shown_date(post.published, post.language),
        "iso": post.published.isoformat(),
        "updated": shown_date(modified, post.language) if modified else "",
        "updated_iso": modified.isoformat() if modified else "",
        "topics": post.topics,
        "menu": menu,
        "today": shown_date(dt.datetime(2026, 2, 3), post.language),
        "latest": cards[:5],
        "related": cards[5:9] or cards[:4],
        "blocks": [{"name": menu[n % len(menu)], "cards": cards[9 + 4 * n : 13 + 4 * n] or cards[:3]} for n in range(3)],
        "popular": cards[2:8],
        "previous": cards[0] if cards else None,
        "next": cards[1] if len(cards) > 1 else None,
        "months": [shown_date(dt.datetime(2025 - n // 12, 12 - n % 12, 1), post.language) for n in range(8)],
        "comments": comments,
        "biography": " ".join(said[:2]) if said else "",
        "tail": " ".join(said[2:8]) if said else "",
        "minutes": max(1, len(post.text.split()) // 200),
        "count": chance.randint(120, 9000),
        "metadata": metadata,
        "ld": _linked_data(post, modified) if metadata else "",
    }


def _card(other: Post) -> dict[str, str]:
    return {
        "title": other.headline, "url": f"/{other.published:%Y/%m}/post-{other.number}/", "excerpt": other.excerpt,
        "date": shown_date(other.published, other.language), "author": other.author, "section": other.sections[0] if other.sections else "",
    }  # fmt: skip


def _linked_data(post: Post, modified: dt.datetime | None) -> str:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": post.site, "url": "/"},
            {"@type": "NewsArticle", "headline": post.headline, "datePublished": post.published.isoformat(),
             "dateModified": (modified or post.published).isoformat(), "author": [{"@type": "Person", "name": post.author}] if post.author else [],
             "publisher": {"@type": "Organization", "name": post.site}, "keywords": list(post.topics), "articleSection": list(post.sections)},
        ],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
