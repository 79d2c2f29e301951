"""The few standing words by which sites mark who wrote, when, about what, and where their furniture begins.

Evidence only: a line counts as furniture by its shape first. Compared without case, at the beginning or as the whole of a line.
"""

from __future__ import annotations

import re

BY = "by words_by written_by story_by text_by report_by posted_by reported_by reporting_by interview_by analysis_by compiled_by published_by author authors byline writer reporter par textes_de "
BY += "texte_de propos_recueillis_par auteurs rédigé_par écrit_par publié_par de_notre_correspondant von geschrieben_von verfasst_von ein_artikel_von text_von autor autoren autorin por escrito_por texto_de "
BY += "redacción di scritto_da a_cura_di da door geschreven_door av tekst af przez autorzy автор авторы текст автора autore auteur yazan yazar haberi_yazan hazırlayan بقلم كتب كتبه كتبت تأليف الكاتب الكاتبة "
BY += "إعداد تقرير نوشته نویسنده به_قلم از تحریر مصنف 作者 撰文 撰稿 文 记者 記者 本报记者 本報記者 特约记者 著者 執筆 文責 取材・文 글 글쓴이 기자 작성자 취재 द्वारा लेखक লেখক penulis oleh tác_giả "
BY += "words un_article_de un_reportage_de texte récit_de par_notre_correspondant ein_beitrag_von ein_bericht_von ein_gastbeitrag_von eine_reportage_von es_berichtet es_schreibt text una_nota_de un_artículo_de "
BY += "reportagem_de un_articolo_di artikel_von haber kaleme_alan كاتب_المقال متابعة أعده أعدته گزارش_از 采写 执笔 執筆者 取材 筆者 글·사진 글·그림 취재·글 글_/_사진 리포트 रिपोर्ट लेखन रिपोर्टर প্রতিবেদক লিখেছেন எழுதியவர் రచయిత "
DATED = "published posted posted_on published_on publication_date date on first_published last_updated updated updated_on last_modified modified publié publié_le mis_à_jour mis_à_jour_le le "
DATED += "veröffentlicht veröffentlicht_am aktualisiert stand am publicado actualizado el publicado_em atualizado pubblicato aggiornato il gepubliceerd bijgewerkt publicerad uppdaterad опубликовано "
DATED += "обновлено дата yayın_tarihi yayınlanma güncelleme güncellenme tarih نشر نشر_في نشرت تاريخ_النشر آخر_تحديث تحديث منتشر_شده منتشر_شده_در به‌روزرسانی تاریخ شائع "
DATED += "发表于 发布于 发布时间 更新于 更新 公開日 更新日 投稿日 掲載 게시일 작성일 입력 수정 등록 प्रकाशित अपडेट প্রকাশ আপডেট last_changed last_edited first_posted created issued paru parue paru_le parue_le première_publication "
DATED += "première_publication_le dernière_modification dernière_mise_à_jour modifié_le modifiée_le créé_le erschienen erschienen_am zuerst_erschienen erstveröffentlichung geändert geändert_am zuletzt_geändert zuletzt_aktualisiert "
DATED += "letzte_aktualisierung última_actualización última_atualização publicado_el publicada_el ultimo_aggiornamento laatst_bijgewerkt senast_uppdaterad последнее_обновление yayımlanma yayımlandı yayınlandı yayınlanma_tarihi "
DATED += "ilk_yayın ilk_yayınlanma eklenme son_güncelleme son_değişiklik güncellendi صدر صدر_في نُشر نُشر_في نُشرت تم_النشر تم_التحديث تم_التعديل عُدّل عُدّل_في تاريخ_التحديث انتشار به‌روزرسانی_شده 首发 首发于 首发时间 首次发布 最后修改 最后更新 修改时间 发布 "
DATED += "发布日期 发稿时间 更新时间 發布時間 更新時間 發佈於 時間 时间 日期 公開 公開日時 初出 初公開 配信 配信日時 掲載日 最終更新 最終変更 更新日時 作成日 기사입력 기사등록 기사승인 승인 등록일 최초 최초등록 최초_등록 최초_입력 최종수정 최종_수정 최종_업데이트 업데이트 "
DATED += "प्रकाशित_तिथि अपडेटेड आखरी_अपडेट अंतिम_अपडेट পোস্ট প্রকাশিত আপডেট_করা வெளியிடப்பட்டது ప్రచురణ"
UPDATED = "updated updated_on last_updated last_modified modified mis_à_jour mis_à_jour_le aktualisiert actualizado atualizado aggiornato bijgewerkt uppdaterad обновлено güncelleme "
UPDATED += "güncellenme آخر_تحديث تحديث به‌روزرسانی 更新于 更新 更新日 수정 अपडेट আপডেট last_changed last_edited dernière_modification dernière_mise_à_jour modifié_le modifiée_le geändert geändert_am "
UPDATED += "zuletzt_geändert zuletzt_aktualisiert letzte_aktualisierung última_actualización última_atualização ultimo_aggiornamento laatst_bijgewerkt senast_uppdaterad son_güncelleme son_değişiklik güncellendi "
UPDATED += "تم_التحديث تم_التعديل عُدّل عُدّل_في تاريخ_التحديث 最后修改 最后更新 修改时间 更新时间 更新時間 最終更新 最終変更 更新日時 최종수정 최종_수정 업데이트 अपडेटेड अंतिम_अपडेट"
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
STOP += "اشترك_في_النشرة_البريدية عضویت_در_خبرنامه 뉴스레터_구독 订阅我们的通讯 ニュースレターを購読 subscríbete_a_nuestro_boletín keep_reading recommended_for_you most_viewed more_for_you from_our_partners editors’_picks "
STOP += "popular_posts recent_posts also_on_this_site what_others_are_reading les_plus_consultés à_découvrir_aussi nos_lecteurs_ont_lu_ensuite am_häufigsten_aufgerufen was_andere_lesen auch_interessant empfohlen en_çok_görüntülenen "
STOP += "많이_본_글 많이_본_기사 많이_본_뉴스 많이_읽은_기사 함께_읽기 よく読まれている記事 よく読まれています 人気記事 人気の記事 最多阅读 最多閱讀 推荐阅读 推薦閱讀 延伸阅读 延伸閱讀 "
STOP += "çok_okunan_haberler الأكثر_مشاهدة الأكثر_رواجا مواضيع_مشابهة مقالات_أخرى 가장_많이_본 가장_많이_본_뉴스 인기기사 浏览最多 大家在读 热门文章 人気記事ランキング アクセスの多い記事 सबसे_ज्यादा_पढ़ी_गई ये_भी_पढ़ें "
NOISE = "share reply print email facebook twitter x whatsapp telegram linkedin pinterest reddit instagram youtube tumblr copy_link skip_to_content search home menu subscribe advertisement ad like follow_us read_more "
NOISE += "continue_reading min_read views partager imprimer répondre rechercher publicité teilen drucken antworten suche anzeige compartir imprimir responder compartilhar condividi stampa delen печать поделиться ответить "
NOISE += "paylaş yazdır yanıtla ara reklam شارك مشاركة طباعة رد بحث إعلان اشترك تابعنا اشتراک‌گذاری چاپ پاسخ جستجو 分享 打印 回复 搜索 广告 シェア 印刷 返信 検索 공유 인쇄 답글 검색 previous next "
NOISE += "save listen listen_to_this_article sign_in log_in register copy_link download comment enregistrer écouter écouter_l’article se_connecter s’abonner s'abonner merken anhören artikel_anhören anmelden abonnieren guardar escuchar iniciar_sesión suscríbete "
NOISE += "salvar ouvir entrar salva ascolta accedi abbonati bewaren luister inloggen kaydet haberi_dinle giriş_yap abone_ol сохранить слушать войти подписаться حفظ استمع استمع_إلى_المقال تسجيل_الدخول دخول ذخیره گوش_کنید ورود 收藏 收听本文 登录 订阅 保存 記事を聞く "
NOISE += "ログイン 購読する 저장 기사_듣기 로그인 구독 구독하기 live "
NOISE += "précédent suivant zurück weiter السابق التالي önceki sonraki 上一篇 下一篇 이전 다음 قبلی بعدی newer older archives archive email_this email_this_article bookmark watch play play_audio become_a_member "
NOISE += "gift_this_article gift give_this_article share_this_article print_this send accept accept_all reject_all accept_all_cookies manage_choices manage_preferences manage_options skip_to_main_content open_menu close my_account "
NOISE += "account sign_up log_out subscribe_now donate text_size font_size language e-paper epaper viber bluesky threads mastodon link tout_accepter tout_refuser paramétrer offrir_cet_article offrir envoyer_par_courriel envoyer_par_e-mail garder "
NOISE += "devenir_membre mon_compte lecture_audio aller_au_contenu_principal aller_au_contenu langue alle_annehmen alle_ablehnen alle_akzeptieren einstellungen artikel_verschenken verschenken per_e-mail_senden lesezeichen mitglied_werden mein_konto "
NOISE += "vorlesen zum_hauptinhalt_springen zum_inhalt_springen sprache menü aceptar aceptar_todo rechazar_todo aceitar_tudo menú menu_principal tümünü_kabul_et tümünü_reddet kabul_et ayarlar e-posta_ile_gönder sakla üye_ol hesabım "
NOISE += "sesli_oku ana_içeriğe_atla dil menü اللغة القائمة قبول_الكل رفض_الكل إدارة_الخيارات أهد_هذا_المقال أرسل_بالبريد احتفظ كن_عضوا حسابي تشغيل_الصوت استمع_إلى_الخبر انتقل_إلى_المحتوى_الرئيسي 모두_동의 모두_거부 설정 기사_선물하기 메일_보내기 스크랩 회원_가입 회원가입 "
NOISE += "내_계정 음성_재생 주_메뉴로_이동 본문_바로가기 메뉴 언어 全部接受 全部拒绝 管理选项 赠送本文 邮件发送 书签 成为会员 我的账户 播放语音 跳转至主要内容 菜单 语言 すべて許可 すべて拒否 設定する 記事をプレゼントする メールで送る しおり 会員になる マイページ 音声で聞く メインコンテンツへ "
NOISE += "メニュー 言語 शेयर शेयर_करें प्रिंट खोजें मेनू लॉग_इन सब्सक्राइब"

ADVERTISEMENT = "advertisement advertisements ad ads advertising publicité anzeige anzeigen werbung publicidad publicidade pubblicità advertentie advertenties annons reklam reklama reklame ilan iklan quảng_cáo "
ADVERTISEMENT += "реклама إعلان إعلانات اعلان آگهی تبلیغات اشتہار 广告 廣告 広告 광고 विज्ञापन বিজ্ঞাপন விளம்பரம் ప్రకటన"


def _any(words: str) -> str:
    return "|".join(sorted((re.escape(word.replace("_", " ")) for word in words.split()), key=len, reverse=True))


ROLE = re.compile(
    r"\b(?:(?:staff|senior|chief|special|foreign|guest|contributing|political|city|sports?|business|science|deputy|managing|associate)\s)*(?:reporters?|correspondents?|editors?|writers?|contributors?|columnists?|journalists?|"
    r"producer|photographer|analyst|commentator|critic|bureau|newsroom|staff|(?:grand )?reporter|correspondante?s?|envoyée?s? spéciale?s?|journalistes?|rédact(?:eur|rice)s?|chroniqueu(?:r|se)|rédaction|"
    r"\w*(?:korrespondent|redakteur|reporter|journalist|autor)(?:in|innen|en)?|redaktion|corresponsal(?:es)?|periodistas?|redactora?|columnista|enviad[oa] especial|jornalistas?|repórter|correspondente|"
    r"giornalista|inviat[oa]|corrispondente|redattore|verslaggever|redacteur|journalistin|dziennikarz|muhabir[iı]?|editör[ü]?|yazarı?|temsilcisi|gazeteci|haber merkezi|корреспондент\w*|журналист\w*|редактор|обозреватель)\b"
    r"|(?<!\w)(?:مراسلة?|مراسلون|صحفية?|صحافية?|محررة?|كاتبة?|رئيس التحرير|مدير التحرير|خبرنگار|سردبیر|روزنامه‌نگار)(?!\w)"
    r"|특파원|논설위원|선임기자|칼럼니스트|편집장|부 기자$|통신원|记者$|記者$|编辑|編輯|评论员|主笔|特派員|論説委員|編集委員|編集長|編集部|政治部|経済部|社会部|संवाददाता|रिपोर्टर",
    re.I,
)
"""What somebody who writes does, anywhere in a text."""
DESK = re.compile(
    r"\b(?:newsroom|editorial (?:team|board|staff)|staff|(?:la )?rédaction|(?:unsere )?redaktion|redacción|redazione|redação|redactie|redakcja|redaksi|haber merkezi|редакция)\b"
    r"|(?<!\w)(?:هيئة التحرير|غرفة الأخبار|قسم الأخبار|تحریریہ)(?!\w)|^[\u4e00-\u9fff\u30a0-\u30ffA-Z]{2,7}(?:部|編集局|编辑部|编辑室)$|^[가-힣A-Z0-9]{2,7}(?:부|팀|국)$|^\S{1,6}\s?(?:담당|担当)$",
    re.I,
)
"""A desk of a newsroom; in eastern Asia by the sign that its name ends in."""
NAME_END = re.compile(
    r"(?<=[\w)])\s?(?:(?:선임|인턴|수습|전문)?\s?기자(?:\s?=.*)?|특파원|통신원|논설위원|(?:本报|本報)?(?:记者|記者)(?:\s?[\u4e00-\u9fff]{2,4}(?:报道|報道|报导|電|电))?|特派員|(?<=[\u4e00-\u9fff])\s?[\u4e00-\u9fff]{2,4}(?:报道|報道|電|电))\s*$"
)
"""What stands behind a writer's name."""
SIGNED = re.compile(r"[^\W\d_]{1,14}(?: [^\W\d_]{1,14})?\s?[:：]\s?(?=\S)")
"""A word and a colon, which in a line below a headline stand before a name, whatever the language."""
EDITED = re.compile(
    r"\W*(?:edit(?:ed|ing)|additional|with|photo\w*|picture|image|translat\w+|illustration|video|graphic\w*|source|credit|avec|crédit|édit\w*|traduction|source|foto\w*|bild|mitarbeit|redaktion|übersetzung|quelle|"
    r"fotoğraf|görsel|katkı|çeviri|kaynak|editör|تصوير|الصورة|صورة|ترجمة|المصدر|مصدر|شارك|사진|그래픽|출처|편집|도움|번역|图片|圖片|摄影|供图|来源|來源|编辑|責編|责编|责任编辑|責任編輯|校对|审核|实习生|संपाद|फोटो|सौजन्य|写真|画像|編集|協力|訳|出典|撮影)(?![a-zà-ÿ])",
    re.I,
)
"""How lines begin that name somebody other than the writer: who took the picture, edited, helped."""
CREDIT = re.compile(
    r"(?:^|[\s.(（|/])(?:photo(?:graph)?s?|picture|image|foto|bild|fotoğraf|görsel|تصوير|الصورة|사진|그래픽|图片来源|图片|图|写真|crédit)(?:\s(?:by|credit|de|di|von))?\s?[:：=©/]\s?\S.{0,40}$|©\s?(?:AFP|AP|Reuters|Getty|dpa|EPA)"
    r"|[\s,/(（\[:：=](?:(?:Getty|Getty Images|AFP|AP|Reuters|EPA|dpa|EFE|ANSA|TASS|Anadolu|Bloomberg|Alamy|Shutterstock|iStock|Unsplash|Wikimedia Commons|PA Media|Xinhua|Yonhap|新华社|新華社|共同|연합뉴스|رويترز|أ ف ب)(?:\s?(?:via|/|,)\s?)?)+[)）\]】]*$",
    re.I,
)
"""How a caption ends that says whose the picture is."""
ABOUT = re.compile(
    r"about the authors?|about the writer|à propos de l[’']auteure?|über (?:den autor|die autorin)|sobre (?:el autor|o autor|la autora)|yazar hakkında|عن (?:الكاتب|المؤلف|الكاتبة)|درباره نویسنده|关于作者|作者简介|"
    r"著者について|筆者について|執筆者|기자 소개|글쓴이 소개|об авторе|sull[’']autore|over de auteur|who wrote this|written by|the author|qui signe|wer hier schreibt|من كتب هذا|kim yazdı|쓴 사람|执笔人|書いた人|この記事を書いた人|लेखक के बारे में",
    re.I,
)
"""The heading of a box that names the writer."""
BOXED = re.compile(
    r"(?:more on this(?: story)?|read (?:also|more|next)|also read|see also|related(?: stories)?|sign up (?:for|to)|get (?:the|our)|subscribe to|à lire aussi|lire aussi|sur le même sujet|mehr zum thema|lesen sie auch|"
    r"lea también|te puede interesar|leia também|leggi anche|lees ook|читайте также|bu konuda|ilgili haber|ayrıca okuyun|اقرأ أيض\w*|المزيد حول|관련 기사|更多|相关报道|延伸阅读|関連記事|この話題の記事|あわせて読みたい)(?!\w)",
    re.I,
)
"""How boxes begin that sites put between two paragraphs."""
_AFTER = r"(?:\s*[:：|／=＝]\s*|(?<=[\u3040-\u9fff가-힣])/\s*|\s+|$)"
BYLINE = re.compile(rf"(?:{_any(BY)}){_AFTER}", re.I)
LABEL = re.compile(rf"\s+(?:(?:{_any(BY + DATED)})\s?[:：]|[^\W\d_]{{1,16}}\s?[:：](?!//))\s?(?=\S)", re.I)
"""Where in a line the next statement with a word and a colon before it begins."""
DATE_WORD = re.compile(rf"(?:{_any(DATED)})(?![^\W\d_])\s*[:：]?", re.I)
DATED_END = re.compile(rf"(?:(?<![^\W\d_])(?:{_any(DATED)})\s*[:：]?\s*)+$", re.I)
UPDATE_WORD = re.compile(rf"(?:{_any(UPDATED)})(?![^\W\d_])", re.I)
TAG_WORD = re.compile(rf"(?:{_any(TAGS)})\s*[:：]\s*", re.I)
FILED_WORD = re.compile(rf"(?:{_any(FILED)})\s*[:：]\s*|(?:filed|posted) (?:in|under)\s+(?=[^\W\d])", re.I)
_COMMENTS = re.compile(rf"(?:\W*\d+\s*)?(?:{_any(COMMENTS)})\s*[:：]?\s*(?:\(?\s*\d*\s*\)?)?\W*", re.I)
_STOP = re.compile(rf"(?:\W*\d+\s*)?(?:{_any(STOP + COMMENTS)})\s*[:：]?\s*(?:\(?\s*\d*\s*\)?)?\W*", re.I)
_NOISE = re.compile(rf"(?:{_any(NOISE)})(?: (?:{_any(NOISE)}))*", re.I)
_ADVERTISEMENT = re.compile(rf"[\W_]*(?:{_any(ADVERTISEMENT)})[\W_]*", re.I)
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Za-z])(?=[^\x00-\u024f])")
_RUN_ON = re.compile(rf"(?:{'|'.join(word.replace('_', ' ') for word in NOISE.split() if not word.isascii() and ord(word[0]) >= 0x0600)})+")
_NO_LETTER = re.compile(r"(?:[^\w\u200c’'-]|[\d_])+")
READING_TIME = re.compile(
    r"(?:[^\W\d]+[\s'’]){0,4}(?:[^\W\d]{1,12}\s?[:：]?\s?)?\W*\d{1,3}[\s-]?[’']?(?:min\w*\.?|dk|minutes?|хв|мин\w*|دقائق|دقيقة|دقیقه|分钟|分鐘|分|분)(?!\w*[.!?])(?:\s?[^\W\d_]+){0,3}\W*",
    re.I,
)
AGE = re.compile(
    r"\W*(?:\d{1,2}|an?|one)\s(?:min(?:ute)?|hour|hr|day|week|month|year)s?\sago|yesterday|today|just now|il y a .{1,14}|hier|aujourd[’']hui|vor .{1,14}|gestern|heute|hace .{1,14}|ayer|hoy|há .{1,14}|ontem|\d{1,2} \w+ (?:fa|önce|geleden|sedan|назад)|"
    r"ieri|oggi|dün|bugün|вчера|сегодня|(?:منذ|قبل) .{1,14}|أمس|اليوم|\d{1,2}\s?(?:초|분|시간|일|주|개월|년)\s?전|어제|\d{1,2}\s?(?:分钟|小时|天|周|个月|年)前|昨天|今天|\d{1,2}\s?(?:分|時間|日|週間|か月|ヶ月|年)前|昨日|本日|\d{1,2} .{1,8} पहले|कल",
    re.I,
)
"""How long ago something was, instead of its date."""
COUNTED = re.compile(r"\W*[\d.,]+\s?[^\W\d_]+\W*|\W*[^\W\d_]+(?:\s|\s?[:：]\s?|\s?\()[\d.,]+\)?\W*")


_NETWORK = re.compile(
    r"facebook|twitter|whats\s?app|telegram|linkedin|pinterest|reddit|instagram|youtube|tumblr|viber|bluesky|mastodon|messenger|google news|flipboard|vkontakte|kakao|فيسبوك|فيس بوك|تويتر|واتساب|تيليجرام|تلغرام|یوتیوب|"
    r"페이스북|트위터|카카오톡|인스타그램|微信|微博|朋友圈|フェイスブック|ツイッター|फेसबुक|ट्विटर|व्हाट्सएप|व्हाट्सऐप|टेलीग्राम|ফেসবুক|facebook['’]t[ae]|в?контакте",
    re.I,
)
_SIZE = re.compile(r"(?:[^\W\d]+\s){0,5}(?:A\s?[-−–+=]{1,2}|А\s?[-−–+]|[-−–+]\s?A)(?:\s?A?\s?[-−–+]?)*")
POSTED = re.compile(
    r"\b(?:by|par|von|por|di|da|door|av|przez|автор)\s(?P<a>[^.,;|()]{2,50}?)(?=[.,;|()]|$|\s(?:in|on|dans|en|le|em|su|unter|am|op|veröffentlicht|geschrieben|gepostet|filed|under|at|à|i|и|a las)\s)"
    r"|بواسطة\s(?P<b>[^.,،؛|()]{2,50}?)(?=[.,،؛|()]|$|\s(?:في|بتاريخ|ضمن)\s)|(?P<c>\S{2,20}(?:\s\S{2,20}){0,2})\starafından|由\s?(?P<d>[^\s。，,]{1,20}?)\s?(?:发表|發表|发布|發佈)|に\s?(?P<e>[^\s。、]{1,20}(?:\s[^\s。、]{1,8})?)\s?(?:が|さん)"
    r"|에\s?(?P<f>[^\s.,]{1,20}?)\s?님이|द्वारा\s(?P<g>[^।,|]{2,40})",
    re.I,
)
"""How the sentence at the foot of a post names who posted it: “This entry was posted on 4 May by …”."""


def is_button(line: str) -> bool:
    """Whether a line of few words is for sharing on a network or for setting the letters larger."""
    return len(line) < 60 and (
        len(line.split()) <= 5 and bool(_NETWORK.search(line)) and not line.endswith((".", "!", "?", "。")) or bool(_SIZE.fullmatch(line))
    )


def age_at_end(line: str) -> str:
    """The last words of a line, where they say how long ago something was: “Ferry sails yesterday”."""
    words = line.split()
    ends = (" ".join(words[-size:]) for size in (3, 2, 1) if len(words) > size + 1)
    return next((end for end in ends if AGE.fullmatch(end)), "")


def is_stop(line: str) -> bool:
    """Whether the line is a heading under which something other than the story begins."""
    return len(line) < 60 and bool(_STOP.fullmatch(line.strip()))


def begins_comments(line: str) -> bool:
    """Whether readers' comments begin here."""
    return len(line) < 60 and bool(_COMMENTS.fullmatch(line.strip()))


def is_advertisement(line: str) -> bool:
    """Whether the line says that an advertisement stands here, and nothing else."""
    return len(line) < 40 and bool(_ADVERTISEMENT.fullmatch(line))


def is_noise(line: str) -> bool:
    """Whether the line is nothing but names of buttons and networks."""
    if is_button(line):
        return True
    apart = _GLUED.sub(" ", line) if len(line) < 200 else ""
    if len(line) < 40 and _RUN_ON.fullmatch(line.replace(" ", "")):
        return True
    return len(line) < 200 and any(_NOISE.fullmatch(_NO_LETTER.sub(" ", one).strip()) for one in (line, apart))
