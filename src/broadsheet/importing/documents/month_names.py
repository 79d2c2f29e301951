"""Names of months and days of the week as the Unicode CLDR has them, spaces written as `_`; what means two months in two languages is left out."""

from __future__ import annotations

MONTHS = (
    (
        "de_gen de_gener ean eanáir ian ion ionawr jaan jaanuar janaayo janairu janar jannaayo januarie januwari janvāris janúar led "
        "oṣù_ṣẹ́rẹ́ rbn rêbendan saus sausio sausis sij siječanj sty tammi thg_1 tháng_1 urt urtarrila xan xaneiro yan ιαν ιανουάριοσ гыйн "
        "гыйнвар сту студзень студзеня січ январ яну јан јануари қаң қаңтар հնվ հունվար հունվարի ינו׳ جنوري ژانویهٔ जन॰ जाने जानेवारी জানু "
        "জানুয়ারী জানুৱাৰী ਜਨਵਰੀ જાન્યુ જાન્યુઆરી ଜାନୁଆରୀ జనవరి ಜನವರಿ ജനു ജനുവരി ජනවාරි ม.ค มกราคม ມ.ກ ມັງກອນ ဇန် ဇန်နဝါရီ იან იანვარი "
        "ጃንዋሪ មករា "
    ),
    (
        "chw chwef chwefror de_febr de_febrer fab faburairu feabh feabhra febr febraayo febreiro februwari februára februāris febrúar helmi "
        "lut ots otsaila oṣù_èrèlè peb pebrero sbt shk shkurt sibat thg_2 tháng_2 vas vasario vasaris veebr veebruar velj veljača úno φεβ "
        "φεβρουάριοσ ақп ақпан лют лютага люты феб февр феврал փետրվար փետրվարի փտվ פבר׳ فبروري فوریهٔ فېبروري फ़र॰ फेब्रु फेब्रुअरी "
        "फेब्रुवारी ফেব ফেব্রুয়ারী ফেব্ৰু ফেব্ৰুৱাৰী ਫ਼ਰ ਫ਼ਰਵਰੀ ફેબ્રુ ફેબ્રુઆરી ଫେବୃଆରୀ பிப் ఫిబ్ర ఫిబ్రవరి ಫೆಬ್ರ ಫೆಬ್ರವರಿ ഫെബ്രു "
        "ഫെബ്രുവരി පෙබ පෙබරවාරි ก.พ กุมภาพันธ์ ກ.ພ ກຸມພາ ဖေဖော်ဝါရီ თებ თებერვალი ፌብሩዋሪ កុម្ភៈ "
    ),
    (
        "adar adr bře de_març kov kovas kovo maalis maarso mac machi mar marec maris marso marts martxoa mas mashi maw mawrth márc márta "
        "märts ožu ožujak oṣù_ẹrẹ̀nà thg_3 tháng_3 μάρ μάρτιοσ μαρ бер мар нау наурыз сак сакавік сакавіка մարտ մարտի մրտ মাৰ্চ ਮਾਰਚ માર્ચ "
        "ମାର୍ଚ୍ଚ மார் మార్చి ಮಾರ್ಚ್ മാർ മാർച്ച് මාර් මාර්තු มี.ค มีนาคม ມ.ນ ມີນາ မတ် მარ მარტი ማርች មីនា "
    ),
    (
        "abriil afi afirilu aib aibreán api apirila aprel aprili aprill apríla aprīlis bal balandis balandžio dub d’abr d’abril ebr ebrill "
        "eph ephreli huhti kwi nis nsn nîsan oṣù_ìgbé pri prill thg_4 tháng_4 tra travanj ápr απρ απρίλιοσ апрел квіт кра красавік "
        "красавіка сәу сәуір ապր ապրիլ ապրիլի אפר׳ अप्रिल एप्रि एप्रिल এপ্রি এপ্ৰিল ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ એપ્રિલ ଅପ୍ରେଲ ஏப் ఏప్రి ఏప్రిల్ ಏಪ್ರಿ "
        "ಏಪ್ರಿಲ್ ഏപ്രി ഏപ്രിൽ අප්‍රේල් เม.ย เมษายน ມ.ສ ເມສາ ဧပြီ აპრ აპრილი ኤፕሪ ኤፕሪል មេសា "
    ),
    (
        "beal bealtaine de_maig geg gegužė gegužės gln gulan kvě maayo maiatza maijs mayu maí mey meyi mája oṣù_ẹ̀bibi svi svibanj thg_5 "
        "tháng_5 touko μάι μάιοσ μαΐ μαΐου мам мамыр трав մայիս մայիսի մյս مهٔ মে’ മേയ് මැයි พ.ค พฤษภาคม ພ.ພ ພຶດສະພາ მაი მაისი ឧសភា "
    ),
    (
        "birž birželio birželis cze de_juny eka ekaina hezîran hun hunyo hzr iun iyn iyun junie junij juun juuni jún júna júní jūn jūnijs "
        "kesä lipanj meh mehefin meith meitheamh oṣù_òkúdu qer qershor thg_6 tháng_6 xuño yun yuni čvn ιουν ιούν ιούνιοσ мау маусым черв "
        "чэр чэрвень чэрвеня јуни հնս հունիս հունիսի जुन ਜੂਨ જૂન ଜୁନ జూన్ ಜೂನ್ ജൂൺ ජූනි มิ.ย มิถุนายน ມິ.ຖ ມິຖຸນາ ဇွန် ივნ ივნისი មិថុនា "
    ),
    (
        "de_jul de_juliol gor gorff gorffennaf heinä hul hulyo iul iyl iyul iúil julai julayi julie julij juuli júla júlí jūl jūlijs korr "
        "korrik liep liepa liepos lul luulyo oṣù_agẹmọ srpanj thg_7 tháng_7 trm tîrmeh uzt uztaila xul xullo yul yuli čvc ιουλ ιούλ ιούλιοσ "
        "лип ліп ліпень ліпеня шіл шілде јули հլս հուլիս հուլիսի جولای ژوئیهٔ जुलै जुल॰ জুল ਜੁਲਾ ਜੁਲਾਈ જુલાઈ ଜୁଲାଇ జులై ಜುಲೈ ജൂലൈ ජූලි ก.ค "
        "กรกฎาคม ກ.ລ ກໍລະກົດ ဇူလိုင် ივლ ივლისი ጁላይ កក្កដា "
    ),
    (
        "abu abuztua aga agasti agosti agu agusta augusta augusts avg avgust avq avqust awst d’ag d’agost elo gush gusht kol kolovoz lún "
        "lúnasa ogo ogos ogosto ogs oṣù_ògún rugp rugpjūtis rugpjūčio sie tbx tebax thg_8 tháng_8 ágú ágúst αυγ αύγ αύγουστοσ жні жнівень "
        "жніўня серп там тамыз օգոստոս օգոստոսի օգս אוג׳ اګست अगस्ट अग॰ ऑगस्ट আগষ্ট ਅਗਸਤ ઑગસ્ટ ଅଗଷ୍ଟ ఆగస్టు ಆಗಸ್ಟ್ ഓഗസ്റ്റ് අගෝ අගෝස්තු ส.ค "
        "สิงหาคม ສ.ຫ ສິງຫາ ဩဂုတ် აგვ აგვისტო ኦገስ ኦገስት សីហា "
    ),
    (
        "de_set de_setembre ira iraila medi meán_fómhair mfómh oṣù_owewe rugs rugsėjis rugsėjo ruj rujan sat satumba seb sebteembar "
        "sebtembar sen sentabr septemba septembar septembra septembris septhemba setyembre sht shtator syys szept thg_9 tháng_9 wrz zář îln "
        "îlon σεπ σεπτέμβριοσ вер верасень верасня сентябр сеп қыр қыркүйек սեպ սեպտեմբեր սեպտեմբերի ספט׳ سپتمبر سېپتمبر सप्टें सप्टेंबर "
        "सित॰ सेप्टेम्बर ছেপ্তে ছেপ্তেম্বৰ সেপ ਸਤੰ ਸਤੰਬਰ સપ્ટે સપ્ટેમ્બર ସେପ୍ଟେମ୍ବର செப் సెప్టెం సెప్టెంబర్ ಸೆಪ್ಟೆಂ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റം "
        "സെപ്റ്റംബർ සැප් සැප්තැම්බර් ก.ย กันยายน ກ.ຍ ກັນຍາ စက် စက်တင်ဘာ სექ სექტემბერი ሴፕቴ ሴፕቴምበር កញ្ញា "
    ),
    (
        "cot cotmeh deireadh_fómhair dfómh d’oct d’octubre hyd hydref loka oktabr okthoba oktoba oktobar oktobris oktoobar oktoober oktubre "
        "októbra oṣù_ọ̀wàrà paź spal spalio spalis tet tetor thg_10 tháng_10 urr urria říj οκτ οκτώβριοσ жовт кас кастрычнік кастрычніка "
        "октябр қаз қазан հոկ հոկտեմբեր հոկտեմբերի אוק׳ अक्टू॰ अक्टोबर ऑक्टो ऑक्टोबर অক্টো অক্টোবৰ ਅਕਤੂ ਅਕਤੂਬਰ ઑક્ટો ઑક્ટોબર ଅକ୍ଟୋବର அக் "
        "అక్టో అక్టోబర్ ಅಕ್ಟೋ ಅಕ್ಟೋಬರ್ ഒക്ടോ ഒക്‌ടോബർ ඔක් ඔක්තෝබර් ต.ค ตุลาคม ຕ.ລ ຕຸລາ အောက် အောက်တိုဘာ ოქტ ოქტომბერი ኦክቶ ኦክቶበር តុលា "
    ),
    (
        "aza azaroa de_nov de_novembre lapkr lapkritis lapkričio listopadu marras mijdar mjd nob nobyembre nof noofeembar novemba novembar "
        "novembra novembris noy nuw nuwamba nën nëntor nóv nóvember oṣù_bélú samh samhain stu studeni tach tachwedd thg_11 tháng_11 νοέ "
        "νοέμβριοσ νοε лист листопад ліс лістапад лістапада нов ное нояб ноябр қар қараша նոյ նոյեմբեր նոյեմբերի נוב׳ नव॰ नोभेम्बर नोव्हें "
        "नोव्हेंबर নভে নৱে নৱেম্বৰ ਨਵੰ ਨਵੰਬਰ નવે નવેમ્બર ନଭେମ୍ବର నవం నవంబర్ ನವೆಂ ನವೆಂಬರ್ നവം നവംബർ නොවැ නොවැම්බර් พ.ย พฤศจิกายน ພ.ຈ ພະຈິກ "
        "နို နိုဝင်ဘာ ნოე ნოემბერი ኖቬም ኖቬምበር វិច្ឆិកា "
    ),
    (
        "abe abendua berfanbar brf de_des de_desembre decembar decembra decembris decembro dek des desemba dets detsember dhj dhjetor dis "
        "disamba diseembar disemba disember disyembre gru gruod gruodis gruodžio joulu noll nollaig oṣù_ọ̀pẹ̀ pro prosinac rhag rhagfyr "
        "thg_12 tháng_12 δεκ δεκέμβριοσ груд декабр дец жел желтоқсан сне снежань снежня դեկ դեկտեմբեր դեկտեմբերի דצמ׳ डिसें डिसेंबर "
        "डिसेम्बर दिस॰ ডিচে ডিচেম্বৰ ডিসে ਦਸੰ ਦਸੰਬਰ ડિસે ડિસેમ્બર ଡିସେମ୍ବର டிச డిసెం డిసెంబర్ ಡಿಸೆಂ ಡಿಸೆಂಬರ್ ഡിസം ഡിസംബർ දෙසැ දෙසැම්බර් ธ.ค "
        "ธันวาคม ທ.ວ ທັນວາ ဒီဇင်ဘာ დეკ დეკემბერი ዲሴም ዲሴምበር ធ្នូ "
    ),
)

DAYS = (
    "ahad ahd ajé alh alhamis alhamisi antradienis aoine arbaco arbc asa asabar asteartea asteazkena astelehena axad axd b.e bazar "
    "bazar_ertəsi bil biy biyernes c.a ceturtd ceturtdiena chor chorshanba chủ_nhật cmt csütörtök cum cuma cumartesi czw czwartek céad "
    "cümə cümə_axşamı die dienstag dijous dilluns dim dimanche dimarts dimecres dinsdag dissabte diumenge divendres dom domenica domh "
    "domingo donderdag donnerstag dum duminică dush dushanba duşem dydd_gwener dydd_iau dydd_llun dydd_mawrth dydd_mercher dydd_sadwrn "
    "dydd_sul dé_céadaoin dé_domhnaigh dé_haoine dé_luain dé_máirt dé_sathairn déar déardaoin dşm e_diel e_enjte e_hënë e_martë "
    "e_mërkurë e_premte e_shtunë enj esmaspäev fim fimmtudagur fre fredag freitag fri friday fös föstudagur gio giovedì gwe gwen hla "
    "huw huwebes hétfő hën iau igandea ijumaa isn isniin isnin isonto jeu jeudi jimco jmc joi jue jueves jum juma jumaat jumamosi "
    "jumanne jumapili jumat jumatano jumatatu jummaʼa kam kamis kedd keskiviikko keskiviikkona ketvirtadienis kha khamiis khamis khms "
    "kolmapäev lah lahadi lar laraba larunbata lau lauantai lauantaina laugardagur laupäev lin linggo lit litinin llun luan lun lundi "
    "lunedì lunes luni luns lör lördag lør lørdag maanantai maanantaina maandag man mandag mar mardi martedì martes marți maw mer "
    "mercoledì mercredi mgq mie miercuri min minggu mittwoch miy miyerkules mié miércoles mið miðvikudagur mon monday montag mso máirt "
    "mán mánudagur mån måndag mér mércores mër ned nedelja nedeľa nedjelja neděle neljapäev niedz niedziela ons onsdag osteguna "
    "ostirala otrd otrdiena pay payshanba paz pazar pazartesi penktadienis per perjantai perjantaina perşembe pet petak petek piatok "
    "piektd piektdiena pirmadienis pirmd pirmdiena piątek pon pondelok pondělí ponedeljak ponedeljek ponedjeljak poniedziałek pre pzt "
    "pátek péntek pêncşem pühapäev pşm qua quarta-feira qui quinta-feira rab rabu reede sab sabado sabato sabti sabtu sad sal salı sam "
    "samedi samstag sat saterdag sath saturday sbti seg segunda-feira sekmadienis sel selasa sen senin sesh seshanba sestd sestdiena "
    "sex sexta-feira shan shanba sht sin sob sobota son sondag sonntag sre sreda sri srijeda streda středa sub subota sul sun sunday "
    "sunnudagur sunnuntai svētd svētdiena sze szerda szo szombat sáb sábado sâm sâmbătă sêşem sön söndag søn søndag sşm tal talaado "
    "talata teisipäev ter terça-feira th_2 th_3 th_4 th_5 th_6 th_7 tha thu thursday thứ_ba thứ_bảy thứ_hai thứ_năm thứ_sáu thứ_tư "
    "tiistai tiistaina tir tirs tirsdag tis tisdag tldo tor torek tors torsdag torstai torstaina trečiadienis trešd trešdiena tue "
    "tuesday ulwesibili ulwesihlanu ulwesine ulwesithathu umgqibelo umsombuluko uto utorak utorok vasárnap ven vendredi venerdì venres "
    "vie viernes vin vineri vrijdag vrydag wed wednesday woensdag wtorek xov xoves yak yakshanba yekşem yşm zaterdag zondag àbámẹ́ta "
    "àìkú ç.a çar çarşamba çarşem çşm çərşənbə çərşənbə_axşamı ìsẹ́gun înî úterý þri þriðjudagur čet četrtek četvrtak čtvrtek środa şem "
    "şemî şənbə šeštadienis štvrtok δευ δευτέρα κυρ κυριακή πέμ πέμπτη παρ παρασκευή σάβ σάββατο τετ τετάρτη τρί τρίτη аўторак бейсенбі "
    "бейш бейшемби воскресенье вто вторник вівторок душ душанба душанбе дшб дүй дүйсенбі дүйшөмбү дүш дүшәмбе жек жексенбі жекшемби жум "
    "жума жұма ишемби ишм нед недела неделя недеља неділя нядзеля пʼятниця пай пайшанба панядзелак панҷшанбе пет петак петок петък пон "
    "понеделник понедельник понедељак понеділок пшб пятница пятніца пәнҗ пәнҗешәмбе саб сабота сейсенбі сенбі серада середа сеш сешанба "
    "сешанбе сиш сишәмбе сре среда сряда суб суббота субота сшб събота сәрсенбі уто уторак чацвер чет четвер четверг четвртак четврток "
    "четвъртък чор чоршанба чоршанбе чшб чәр чәршәмбе шан шанба шанбе шарш шаршемби шейш шейшемби шим шимбә шнб якш якшанба якшанбе "
    "якшәмбе яшб җом җомга ҷмъ ҷумъа երեքշաբթի երկ երկուշաբթի երք կիր կիրակի հինգշաբթի հնգ շաբաթ շբթ ուր ուրբաթ չորեքշաբթի չրք יום_א׳ "
    "יום_ב׳ יום_ג׳ יום_ד׳ יום_ה׳ יום_ו׳ יום_חמישי יום_ראשון יום_רביעי יום_שבת יום_שישי יום_שלישי יום_שני שבת اتوار الأحد الأربعاء "
    "الاثنين الثلاثاء الجمعة الخميس السبت اونۍ بدھ جمعرات جمعه جمعہ درېنۍ دوشنبه دونۍ سه‌شنبه شنبه منگل يونۍ پنجشنبه پينځنۍ پیر څلرنۍ "
    "چهارشنبه ہفتہ یکشنبه आइत आइतबार गुरु गुरुवार बिहि बिहिबार बुध बुधबार बुधवार मंगल मंगलवार मंगळ मंगळवार मङ्गल मङ्गलबार रवि रविवार "
    "शनि शनिबार शनिवार शुक्र शुक्रबार शुक्रवार सोम सोमबार सोमवार দেও দেওবাৰ বুধ বুধবার বুধবাৰ বৃহ বৃহস্পতি বৃহস্পতিবার বৃহস্পতিবাৰ "
    "মঙ্গল মঙ্গলবার মঙ্গলবাৰ রবি রবিবার শনি শনিবার শনিবাৰ শুক্র শুক্রবার শুক্ৰ শুক্ৰবাৰ সোম সোমবার সোমবাৰ ਐਤਵਾਰ ਬੁੱਧ ਬੁੱਧਵਾਰ ਮੰਗਲ "
    "ਮੰਗਲਵਾਰ ਵੀਰ ਵੀਰਵਾਰ ਸ਼ਨਿੱਚਰ ਸ਼ਨਿੱਚਰਵਾਰ ਸ਼ੁੱਕਰ ਸ਼ੁੱਕਰਵਾਰ ਸੋਮ ਸੋਮਵਾਰ ગુરુ ગુરુવાર બુધ બુધવાર મંગળ મંગળવાર રવિ રવિવાર શનિ શનિવાર શુક્ર "
    "શુક્રવાર સોમ સોમવાર ଗୁରୁ ଗୁରୁବାର ବୁଧ ବୁଧବାର ମଙ୍ଗଳ ମଙ୍ଗଳବାର ରବି ରବିବାର ଶନି ଶନିବାର ଶୁକ୍ର ଶୁକ୍ରବାର ସୋମ ସୋମବାର சனி செவ் செவ்வாய் ஞாயி "
    "ஞாயிறு திங் திங்கள் புத புதன் வியா வியாழன் வெள் வெள்ளி ఆది ఆదివారం గురు గురువారం బుధ బుధవారం మంగళ మంగళవారం శని శనివారం శుక్ర "
    "శుక్రవారం సోమ సోమవారం ಗುರು ಗುರುವಾರ ಬುಧ ಬುಧವಾರ ಭಾನು ಭಾನುವಾರ ಮಂಗಳ ಮಂಗಳವಾರ ಶನಿ ಶನಿವಾರ ಶುಕ್ರ ಶುಕ್ರವಾರ ಸೋಮ ಸೋಮವಾರ ചൊവ്വ ചൊവ്വാഴ്ച "
    "ചൊവ്വാഴ്‌ച ഞായറാഴ്‌ച ഞായർ തിങ്കളാഴ്‌ച തിങ്കൾ ബുധനാഴ്‌ച ബുധൻ വെള്ളി വെള്ളിയാഴ്‌ച വ്യാഴം വ്യാഴാഴ്‌ച ശനി ശനിയാഴ്‌ച අඟහ අඟහරුවාදා "
    "ඉරිදා බදාදා බ්‍රහස් බ්‍රහස්පතින්දා සඳුදා සිකු සිකුරාදා සෙන සෙනසුරාදා วันจันทร์ วันพฤหัสบดี วันพุธ วันศุกร์ วันอังคาร วันอาทิตย์ "
    "วันเสาร์ ຈັນ ພະຫັດ ພຸດ ວັນຈັນ ວັນພະຫັດ ວັນພຸດ ວັນສຸກ ວັນອັງຄານ ວັນອາທິດ ວັນເສົາ ສຸກ ອັງຄານ ອາທິດ ເສົາ ကြာသပတေး စနေ တနင်္ဂနွေ "
    "တနင်္လာ ဗုဒ္ဓဟူး သောကြာ အင်္ဂါ კვი კვირა ოთხ ოთხშაბათი ორშ ორშაბათი პარ პარასკევი სამ სამშაბათი შაბ შაბათი ხუთ ხუთშაბათი ሐሙስ ማክሰ "
    "ማክሰኞ ረቡዕ ቅዳሜ እሑድ ዓርብ ចន្ទ ច័ន្ទ ពុធ ព្រហ ព្រហស្បតិ៍ សុក្រ សៅរ៍ អង្គារ អាទិត្យ ẹtì ọjọ́_ajé ọjọ́_àbámẹ́ta ọjọ́_àìkú ọjọ́_ìsẹ́gun "
    "ọjọ́_ẹtì ọjọ́bọ ọjọ́rú 周一 周三 周二 周五 周六 周四 周日 土曜 土曜日 日曜 日曜日 星期一 星期三 星期二 星期五 星期六 星期四 星期天 星期日 月曜 月曜日 木曜 木曜日 水曜 水曜日 火曜 火曜日 週一 週三 週二 週五 "
    "週六 週四 週日 金曜 金曜日 금요일 목요일 수요일 월요일 일요일 토요일 화요일 "
)
