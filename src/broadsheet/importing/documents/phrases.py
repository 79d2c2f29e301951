"""The few standing words by which sites mark who wrote, when, about what, and where their furniture begins.

Evidence only: a line counts as furniture by its shape first. Compared without case, at the beginning or as the whole of a line.
"""

from __future__ import annotations

import re

BY = "by words_by written_by story_by text_by report_by posted_by author par de_notre_correspondant von geschrieben_von autor autorin por di da door av af przez автор autore auteur "
BY += "yazan yazar hazırlayan بقلم كتب كتبه تأليف الكاتب نوشته نویسنده به_قلم از تحریر مصنف 作者 撰文 文 記者 记者 著者 執筆 글 글쓴이 기자 작성자 द्वारा लेखक লেখক penulis oleh tác_giả"
DATED = "published posted posted_on published_on publication_date date on first_published last_updated updated updated_on last_modified modified publié publié_le mis_à_jour mis_à_jour_le le "
DATED += "veröffentlicht veröffentlicht_am aktualisiert stand am publicado actualizado el publicado_em atualizado pubblicato aggiornato il gepubliceerd bijgewerkt publicerad uppdaterad опубликовано "
DATED += "обновлено дата yayın_tarihi yayınlanma güncelleme güncellenme tarih نشر نشر_في نشرت تاريخ_النشر آخر_تحديث تحديث منتشر_شده منتشر_شده_در به‌روزرسانی تاریخ شائع "
DATED += "发表于 发布于 发布时间 更新于 更新 公開日 更新日 投稿日 掲載 게시일 작성일 입력 수정 등록 प्रकाशित अपडेट প্রকাশ আপডেট"
UPDATED = "updated updated_on last_updated last_modified modified mis_à_jour mis_à_jour_le aktualisiert actualizado atualizado aggiornato bijgewerkt uppdaterad обновлено güncelleme "
UPDATED += "güncellenme آخر_تحديث تحديث به‌روزرسانی 更新于 更新 更新日 수정 अपडेट আপডেট"
TAGS = "tags tag tagged tagged_with topics topic keywords labels mots-clés étiquettes étiquette schlagwörter schlagwort schlagworte etiquetas temas palabras_clave palavras-chave "
TAGS += "argomenti parole_chiave trefwoorden метки теги ключевые_слова etiketler etiket الوسوم وسوم كلمات_مفتاحية برچسب‌ها برچسب ٹیگز 标签 關鍵字 关键词 タグ キーワード 태그 टैग ট্যাগ"
FILED = "category categories filed_under section sections posted_in catégorie catégories rubrique kategorie kategorien rubrik categoría categorías sección categoria categorie рубрика "
FILED += "категория kategori kategoriler التصنيف التصنيفات القسم تصنيفات دسته دسته‌ها دسته‌بندی زمرہ 分类 栏目 カテゴリー カテゴリ 카테고리 분류 श्रेणी বিভাগ"
COMMENTS = "comments comment leave_a_comment leave_a_reply leave_comment add_a_comment post_a_comment responses commentaires commentaire laisser_un_commentaire "
COMMENTS += "ajouter_un_commentaire kommentare kommentar kommentar_schreiben kommentar_hinterlassen schreibe_einen_kommentar comentarios deja_un_comentario "
COMMENTS += "comentários deixe_um_comentário commenti lascia_un_commento reacties kommentarer комментарии комментарий оставить_комментарий yorumlar bir_yorum_yazın "
COMMENTS += "yorum_yap التعليقات تعليقات اترك_تعليقا اترك_تعليقاً اترك_رد أضف_تعليق دیدگاه‌ها دیدگاهی_بنویسید نظرات ارسال_نظر تبصرے 评论 发表评论 留言 コメント コメントを残す 댓글 "
COMMENTS += "댓글_남기기 टिप्पणियाँ মন্তব্য "
STOP = "related related_posts related_articles related_stories related_news related_content you_may_also_like you_might_also_like more_stories more_news "
STOP += "more_from recommended read_next up_next about_the_author share_this trending most_read most_popular articles_similaires articles_liés à_lire_aussi "
STOP += "lire_aussi sur_le_même_sujet à_propos_de_l’auteur les_plus_lus ähnliche_beiträge ähnliche_artikel verwandte_artikel das_könnte_sie_auch_interessieren "
STOP += (
    "mehr_zum_thema über_den_autor meistgelesen artículos_relacionados noticias_relacionadas te_puede_interesar sobre_el_autor más_leídas "
)
STOP += "notícias_relacionadas leia_também mais_lidas articoli_correlati leggi_anche gerelateerde_artikelen lees_ook relaterade_artiklar похожие_статьи "
STOP += "похожие_записи читайте_также benzer_yazılar benzer_haberler ilgili_haberler bunlar_da_ilginizi_çekebilir yazar_hakkında en_çok_okunanlar "
STOP += "مقالات_ذات_صلة مواضيع_ذات_صلة أخبار_ذات_صلة قد_يعجبك_أيضا قد_يعجبك_أيضاً اقرأ_أيضا اقرأ_أيضاً عن_الكاتب الأكثر_قراءة مطالب_مرتبط شاید_بپسندید "
STOP += "درباره_نویسنده پربازدیدترین متعلقہ_خبریں 相关文章 相关阅读 您可能还喜欢 关于作者 関連記事 関連する記事 こちらもおすすめ 著者について 관련_글 관련_기사 추천_글 글쓴이_소개 संबंधित_खबरें আরও_পড়ুন newsletter "
STOP += (
    "subscribe_to_our_newsletter abonnez-vous_à_notre_newsletter abonnez-vous_à_notre_lettre newsletter_abonnieren bültenimize_abone_olun "
)
STOP += "اشترك_في_النشرة_البريدية عضویت_در_خبرنامه 뉴스레터_구독 订阅我们的通讯 ニュースレターを購読 subscríbete_a_nuestro_boletín "
NOISE = "share reply print email facebook twitter x whatsapp telegram linkedin pinterest reddit instagram youtube tumblr copy_link skip_to_content search home menu subscribe advertisement ad like follow_us read_more "
NOISE += "continue_reading min_read views partager imprimer répondre rechercher publicité teilen drucken antworten suche anzeige compartir imprimir responder compartilhar condividi stampa delen печать поделиться ответить "
NOISE += "paylaş yazdır yanıtla ara reklam شارك مشاركة طباعة رد بحث إعلان اشترك تابعنا اشتراک‌گذاری چاپ پاسخ جستجو 分享 打印 回复 搜索 广告 シェア 印刷 返信 検索 공유 인쇄 답글 검색 previous next "
NOISE += "précédent suivant zurück weiter السابق التالي önceki sonraki 上一篇 下一篇 이전 다음 قبلی بعدی newer older archives archive"


def _any(words: str) -> str:
    return "|".join(sorted((re.escape(word.replace("_", " ")) for word in words.split()), key=len, reverse=True))


_AFTER = r"(?:\s*[:：|]\s*|\s+|$)"
BYLINE = re.compile(rf"(?:{_any(BY)}){_AFTER}", re.I)
DATE_WORD = re.compile(rf"(?:{_any(DATED)})(?![^\W\d_])\s*[:：]?", re.I)
DATED_END = re.compile(rf"(?:(?<![^\W\d_])(?:{_any(DATED)})\s*[:：]?\s*)+$", re.I)
UPDATE_WORD = re.compile(rf"(?:{_any(UPDATED)})(?![^\W\d_])", re.I)
TAG_WORD = re.compile(rf"(?:{_any(TAGS)})\s*[:：]\s*", re.I)
FILED_WORD = re.compile(rf"(?:{_any(FILED)})\s*[:：]\s*", re.I)
_COMMENTS = re.compile(rf"(?:\W*\d+\s*)?(?:{_any(COMMENTS)})\s*[:：]?\s*(?:\(?\s*\d*\s*\)?)?\W*", re.I)
_STOP = re.compile(rf"(?:\W*\d+\s*)?(?:{_any(STOP + COMMENTS)})\s*[:：]?\s*(?:\(?\s*\d*\s*\)?)?\W*", re.I)
_NOISE = re.compile(rf"(?:{_any(NOISE)})(?: (?:{_any(NOISE)}))*", re.I)
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Za-z])(?=[^\x00-\u024f])")
_NO_LETTER = re.compile(r"(?:[^\w\u200c’'-]|[\d_])+")
READING_TIME = re.compile(r"\W*\d+\s?(?:min\w*\.?|dk|minutes?|хв|мин\w*|دقائق|دقيقة|دقیقه|分钟|分|분)(?:\s?[^\W\d_]+){0,3}\W*", re.I)
COUNTED = re.compile(r"\W*[\d.,]+\s?[^\W\d_]+\W*|\W*[^\W\d_]+(?:\s|\s?[:：]\s?|\s?\()[\d.,]+\)?\W*")


def is_stop(line: str) -> bool:
    """Whether the line is a heading under which something other than the story begins."""
    return len(line) < 60 and bool(_STOP.fullmatch(line.strip()))


def begins_comments(line: str) -> bool:
    """Whether readers' comments begin here."""
    return len(line) < 60 and bool(_COMMENTS.fullmatch(line.strip()))


def is_noise(line: str) -> bool:
    """Whether the line is nothing but names of buttons and networks."""
    apart = _GLUED.sub(" ", line) if len(line) < 200 else ""
    return len(line) < 200 and any(_NOISE.fullmatch(_NO_LETTER.sub(" ", one).strip()) for one in (line, apart))
