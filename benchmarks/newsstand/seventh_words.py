"""What the seventh set of pages says around a story: words, names and houses of sites in languages that most of the sets before do not have."""

from __future__ import annotations

KEYS = (
    "menu enter support search now by both came changed ago picture send hear also picks hottest mail mail_text mail_button subjects opinions rule answer flag bio job job2 town crew amended owned consent refuse promo entries entry join "
    "bigger onpaper onward trust key from translated wire more_by pages watch saved inbrief"
).split()
"""`by`, `bio`, `more_by`, `translated` take a name; `both` two; `came`, `changed`, `amended` a date; `ago`, `hear`, `opinions` a number; `also` a headline; `picture` a house."""

WORDS = {
    "en": "Sections|Your profile|Contribute|Looking for something?|Happening now|%s reports|%s with %s|Out %s|Revised %s|%d hrs|%s/Pool|Pass on|Audio · %d min|SEE TOO %s|Picked for you|Most clicked|The Long Weekend|Our best reporting, sent on Saturdays. No charge, leave whenever you like.|"
    "Count me in|Threads|Reader views (%d)|Keep it civil; we remove insults.|Answer|Flag|%s covers the coast and its harbours. Raised in Leith.|Harbour correspondent|Data team|Aberdeen|The news team|A figure in this piece was put right on %s.|© Northmoor Media 2026. No copying.|"
    "We and 214 partners store things on your device.|No thanks|Presented by our partners|Updates so far|Pinned|Follow along on our channel|Bigger letters|On paper|Read on|How we work|At a glance|From our archive|Rendered into English by %s|Wire copy|Further pieces by %s|Page 1 of 3|Clip|Saved|In brief",
    "es": "Secciones|Regístrate|Hazte socio|Buscar en el diario|Última hora|%s|%s / %s|%s|Actualizado: %s|Hace %d horas|EFE / %s|Compartir en redes|Escucha la noticia · %d min|Más información: %s|Te puede interesar|Lo más leído|Boletín de la mañana|Lo que hay que saber antes de las ocho, en tu correo.|"
    "Apúntate|Archivado en:|Comentarios (%d)|Normas de participación|Responder|Denunciar|%s es redactor de la sección local desde 2014. Licenciado en Historia.|Redactor jefe de Local|Corresponsal en el norte|Gijón|Redacción|Fe de errores: este texto se corrigió el %s.|© Ediciones del Norte S.L. Prohibida la reproducción total o parcial.|"
    "Usamos cookies propias y de terceros.|Rechazar y suscribirse|Contenido patrocinado|Minuto a minuto|Entrada fijada|Únete a nuestro canal de WhatsApp|Tamaño de letra|Imprimir esta página|Sigue leyendo|Se adhiere a los criterios de The Trust Project|Claves|Hemeroteca|Traducción de %s|Agencias|Más noticias de %s|Página 1 de 2|Vídeo|Guardado|Breves",
    "pt": "Editorias|Entrar|Assine|Buscar no jornal|Agora|Por %s|%s e %s|%s|Atualizado em %s|há %d horas|%s/Divulgação|Compartilhe|Ouvir matéria · %d min|LEIA TAMBÉM: %s|Para você|Mais lidas|Boletim do dia|O resumo das notícias, de segunda a sexta.|"
    "Quero receber|Assuntos|Comentários (%d)|Os comentários não representam a opinião do jornal.|Responda|Denuncie|%s é repórter de Cidades e cobre desastres. Formado em Jornalismo.|Repórter especial|Enviada ao sul|São Paulo|Da Redação|Erramos: o texto foi corrigido em %s.|© 2026 Diário da Serra. Todos os direitos reservados.|"
    "Este site usa cookies.|Recusar|Publicidade|Acompanhe|Fixado|Siga o canal no WhatsApp|Aumentar fonte|Versão para impressão|Continue lendo|Nossos princípios|Resumo|Do acervo|Tradução: %s|Com agências|Outras de %s|1 de 4|Assista|Salvo|Curtas",
    "it": "Sezioni|Accedi|Abbonati|Cerca nel sito|Ultim’ora|di %s|%s e %s|%s|Ultima modifica il %s|%d ore fa|Foto %s|Condividi l’articolo|Ascolta l’articolo %d min|LEGGI ANCHE – %s|Scelti per te|I più letti|Il caffè|Ogni mattina alle sette, le cose che contano.|"
    "Iscriviti gratis|Argomenti|Commenti (%d)|Regole per i commenti|Rispondi|Segnala|%s, nata a Pesaro nel 1984, si occupa di province.|Inviata|Dalla nostra corrispondente|Ancona|a cura della redazione|Correzione: il testo è stato modificato il %s.|© RIPRODUZIONE RISERVATA|"
    "Noi e i nostri partner usiamo i cookie.|Continua senza accettare|Contenuto sponsorizzato|La diretta|In evidenza|Segui il canale WhatsApp|Ingrandisci il testo|Stampa|Prosegui la lettura|I nostri valori|I punti chiave|Dall’archivio|Traduzione di %s|ANSA|Gli altri articoli di %s|Pagina 1 di 2|Guarda il video|Salvato|In breve",
    "nl": "Rubrieken|Inloggen|Word abonnee|Zoeken|Net binnen|%s|%s en %s|%s|Aangepast %s|%d uur geleden|Beeld %s|Deel artikel|Luister naar dit verhaal · %d min|Lees ook: %s|Aangeraden|Meest gelezen|De ochtendbrief|Elke dag het belangrijkste nieuws in vijf minuten.|"
    "Schrijf me in|Onderwerpen|Reacties (%d)|Blijf beleefd, reageer op de inhoud.|Beantwoord|Meld|%s is verslaggever in het noorden en schrijft over water en wind.|Regioverslaggever|Correspondent eilanden|Harlingen|Onze redactie|In een eerdere versie stond een fout, die is op %s hersteld.|© Waddenpers 2026. Overname alleen met toestemming.|"
    "Wij plaatsen cookies.|Weigeren|Advertentie|Liveblog|Vastgezet|Volg ons via WhatsApp|Lettergrootte|Print|Verder lezen|Over onze journalistiek|In het kort|Uit het archief|Vertaling %s|ANP|Meer van %s|1 van 3|Bekijk|Bewaard|Kort nieuws",
    "ru": "Разделы|Войти|Поддержать|Поиск по сайту|Сейчас|%s|%s, %s|%s|Обновлено %s|%d часа назад|Фото: %s / ТАСС|Поделитесь|Слушать · %d мин|Читайте также: %s|Вам может понравиться|Самое читаемое|Утренняя рассылка|Главное за ночь, коротко и без рекламы.|"
    "Подпишитесь|Темы|Комментарии (%d)|Правила общения|Ответ|Пожаловаться|%s пишет о городах и транспорте с 2011 года.|Специальный корреспондент|Обозреватель отдела науки|Псков|Отдел новостей|Исправлено %s: уточнены цифры.|© 2026 «Северная газета». При цитировании ссылка обязательна.|"
    "Сайт использует cookie.|Отказаться|На правах рекламы|Онлайн|Закреплено|Подписывайтесь на наш Telegram-канал|Крупный шрифт|Версия для печати|Читать далее|Как мы работаем|Главное|Из архива|Перевод: %s|Интерфакс|Все материалы автора %s|1 из 2|Видео|Сохранено|Коротко",
    "pl": "Działy|Zaloguj|Prenumerata|Szukaj|Z ostatniej chwili|%s|%s, %s|%s|Akt. %s|%d godz. temu|Fot. %s|Podaj dalej|Posłuchaj · %d min|Zobacz także: %s|Polecamy|Najczęściej czytane|Poranny przegląd|Wszystko, co warto wiedzieć przed pracą.|"
    "Zapisz się|Tematy|Opinie (%d)|Szanujmy się nawzajem.|Odpowiedz|Zgłoś|%s – dziennikarka działu krajowego, pisze o małych miastach.|dziennikarka|reporter|Nowy Sącz|Redakcja|Sprostowanie z %s: poprawiono liczbę podpisów.|© Wydawnictwo Podgórze. Kopiowanie zabronione.|"
    "Dbamy o Twoją prywatność.|Nie zgadzam się|Reklama|Na żywo|Przypięte|Dołącz do nas na WhatsAppie|Większy tekst|Wydrukuj|Dalsza część artykułu|Kim jesteśmy|Najważniejsze|Z archiwum|Tłum. %s|PAP|Inne teksty %s|Strona 1 z 2|Obejrzyj|Zapisano|W skrócie",
    "id": "Rubrik|Masuk|Berlangganan|Cari berita|Terkini|Oleh %s|%s dan %s|Terbit %s|Diperbarui %s|%d jam lalu|Foto: dok. %s|Bagikan|Dengarkan · %d menit|Baca juga: %s|Rekomendasi untuk Anda|Terpopuler|Surat Pagi|Rangkuman berita penting, tiap hari kerja.|"
    "Daftar|Tag|Komentar (%d)|Jaga kesantunan dalam berkomentar.|Balas|Laporkan|%s meliput teknologi dan bisnis rintisan sejak 2016.|Wartawan|Penulis lepas|Bandung|Tim Redaksi|Koreksi: artikel ini diperbaiki pada %s.|© 2026 Warta Selatan. Hak cipta dilindungi undang-undang.|"
    "Kami memakai kuki.|Tolak|Iklan|Siaran langsung|Disematkan|Ikuti saluran WhatsApp kami|Perbesar huruf|Cetak|Lanjut baca|Pedoman kami|Ringkasan|Dari arsip|Alih bahasa: %s|Antara|Tulisan lain %s|Halaman 1 dari 3|Tonton|Tersimpan|Sekilas",
    "ko": "전체 지면|회원 로그인|구독신청|통합 검색|방금 들어온 소식|%s 기자|%s·%s 기자|입력 %s|수정 %s|%d시간 전|사진=%s|공유하기|음성으로 듣기 · %d분|[관련기사] %s|당신을 위한 추천|많이 본 뉴스|아침 편지|출근길에 읽는 다섯 가지 소식을 보내 드립니다.|"
    "신청하기|관련 키워드|댓글 %d개|욕설은 삭제될 수 있습니다.|답글 달기|신고|%s 기자는 지역과 생활을 취재한다. 강릉에서 자랐다.|사회부|문화부|강릉|디지털뉴스팀|바로잡습니다: %s 숫자를 고쳤습니다.|저작권자 ⓒ 한빛일보 무단전재 및 재배포 금지|"
    "이 사이트는 쿠키를 씁니다.|거부|광고|실시간 상황|고정|카카오톡 채널 추가|글자 크게|기사 인쇄|이어서 읽기|취재 원칙|요약|지난 기사|옮긴이 %s|연합|%s 기자의 다른 기사|1 / 2|영상|담아두기|짧은 소식",
}  # fmt: skip
NAMES = {
    "en": "Morag Sinclair|Imran Bhatt|Eilidh MacRae|Owen Pryce-Jones|T. J. Akande|Fiona Delgado|Rhys ap Gwilym",
    "es": "Begoña Larrea|Íñigo Sanz de la Torre|Nuria Peñalver|Xosé Manuel Rial|Carmen Ochoa",
    "pt": "Thaís Nogueira|João Pedro Furtado|Marília de Castro|Caio Bittencourt|Luzia dos Anjos",
    "it": "Chiara Pellegrini|Giandomenico Lo Russo|Elena De Santis|Matteo Zanon|Ilaria D’Amico",
    "nl": "Sanne de Groot|Joris van der Meulen|Fenna Hoekstra|Bram Tichelaar|Marijke ’t Hart",
    "ru": "Ольга Ветрова|Тимур Гараев|Анна Белоусова|Пётр Ильин|Ксения Шульгина",
    "pl": "Agnieszka Wrona|Michał Kądziołka|Ewa Lis-Nowak|Grzegorz Stec|Jagoda Bury",
    "id": "Dewi Lestari Putri|Bagus Prakoso|Siti Nurhaliza Harahap|Yohanes Manurung|Ratna Sari",
    "ko": "윤하늘|조민석|한지우|서동현|문가영",
}
HOUSES = ("Ferrer", "Lindqvist", "M. Okafor", "Prensa Norte", "Kessler", "Studio 8")
STAMPS = {
    "en": (r"d M Y \a\t H:i", r"F j, Y, g:i A", r"j F Y", r"l, F jS Y", r"d.m.Y, H:i", r"M j Y"),
    "es": (r"d M Y - H:i \C\E\T", r"j \d\e F \d\e Y \a \l\a\s H:i", r"d/m/Y H:i\h", r"l, j \d\e F \d\e Y"),
    "pt": (r"d/m/Y \à\s H\hi", r"j \d\e F \d\e Y, H:i", r"j.M.Y \à\s H\hi", r"d/m/Y H\hi"),
    "it": (r"j F Y", r"j F Y \a\l\l\e H:i", r"d M Y (\m\o\d\i\f\i\c\a \a\l\l\e H:i)", r"d/m/Y H:i"),
    "nl": (r"j F Y, H:i", r"d-m-Y H:i", r"l j F Y \o\m H:i", r"j M Y"),
    "ru": (r"j E Y, H:i", r"d.m.Y H:i", r"H:i, j E Y", r"j E Y г."),
    "pl": (r"j E Y, H:i", r"d.m.Y H:i", r"j.m.Y \g. H:i", r"j E Y"),
    "id": (r"l, j F Y H:i \W\I\B", r"j F Y, H:i", r"d/m/Y, H:i \W\I\B", r"j M Y"),
    "ko": ("Y.m.d. 오후 g:i", "Y-m-d H:i:s", "Y년 n월 j일 H시 i분", "Y.m.d"),
}  # fmt: skip
SECTIONS = {
    "en": "Coast|Council|Work|Kirk|Rugby|Weather|Obituaries|Puzzles|Podcasts", "es": "España|Internacional|Opinión|Economía|Sociedad|Deportes|Televisión|Gente", "pt": "Política|Mundo|Mercado|Esporte|Ilustrada|Tec|Comida", "it": "Politica|Esteri|Economia|Cultura|Sport|Motori|Viaggi",
    "nl": "Binnenland|Buitenland|Politiek|Cultuur & Media|Opmerkelijk|Regionaal nieuws|Sport", "ru": "Политика|Общество|Экономика|Спорт|Культура|Технологии|Авто", "pl": "Kraj|Świat|Biznes|Sport|Kultura|Zdrowie|Pogoda", "id": "Nasional|Ekonomi|Olahraga|Gaya Hidup|Otomotif|Kesehatan|Opini",
    "ko": "정치|경제|사회|국제|문화|스포츠|사설·칼럼|포토",
}  # fmt: skip
