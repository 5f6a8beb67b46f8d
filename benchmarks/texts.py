"""Clean lines in many languages, written for this project: prose with its usual typography."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_SENTENCES: Final = {
    "English": """The café on the corner closes at six — don’t be late.
She said: “It’s only a naïve question…”
The façade was repainted in 1998 for £40,000.
We measured 25 °C ± 0.5 °C in the cellar.
The résumé he sent was two pages too long.
Turn left after ¾ of a mile; you’ll see the tower.
The price rose from €5 to €7 within a year.
His coöperation was noted – and then forgotten.
A table of 3 × 4 cells is enough.
© 2024 The Harbour Society""",
    "French": """L’été dernier, nous avons loué une maison près de la forêt.
Il m’a répondu : « Ça dépend du temps qu’il fera. »
Où est passée la clé du garage ?
La leçon était très difficile, même pour les élèves âgés.
Cette œuvre coûte à peine 12 € à la librairie.
Noël approche et le marché est déjà plein.
À côté du château, il y a un vieux chêne.
Les bœufs paissaient là où naît la rivière.
FRANÇAIS, ENCORE UN EFFORT : LA SÉANCE EST LEVÉE
Le garçon a reçu une lettre à l’aube.""",
    "German": """Die Straßenbahn fährt heute nicht über die Brücke.
„Das wäre schön“, sagte die Bäckerin und lächelte.
Öffne bitte die Tür, es zieht fürchterlich.
Größere Mengen müssen früh bestellt werden.
Ärger gab es nur wegen der Schlüssel.
Im März blühen die Kätzchen am Ufer.
Übermorgen gibt es Grünkohl mit Klößen.
Er aß süße Äpfel aus dem Garten – einen nach dem anderen.
Für 15 € bekommt man eine Führung durch das Schloß.
Das Gemälde hängt seit fünfzig Jahren schief.""",
    "Spanish": """El niño soñó que la montaña cabía en su mano.
¿Dónde está la estación de autobuses más próxima?
¡Qué lástima que no puedas venir mañana!
La reunión empezará a las diez según el señor Ibáñez.
El pingüino caminó despacio hacia el océano.
Mi corazón y mi razón no siempre están de acuerdo.
En el café de la esquina sirven té frío.
Según la última versión, nadie oyó nada.
El árbol más viejo del jardín es un ciprés.
Aquí también llovió el sábado — más que nunca.""",
    "Portuguese": """A manhã começou com chuva e terminou com sol.
Não há ninguém na praça além do irmão dela.
O avô contou três histórias sobre a inundação.
As lições de português são às terças-feiras.
É possível que a solução esteja à vista.
O pão, a maçã e o café já estão na mesa.
A estação fica a dois quilómetros daqui.
NÃO ENTRE SEM AUTORIZAÇÃO
Você também pode vir à reunião amanhã.
O órgão da igreja está avariado há um mês.""",
    "Italian": """La città è più bella quando piove.
Perché non sei venuto giovedì all’università?
Il caffè è già pronto, ma lo zucchero è finito.
Può darsi che domani ci sarà il sole.
La verità è che nessuno lo sa ancora.
Andò giù per la collina e non tornò più.
È così che si fa, disse la nonna.
Il papà di Nicolò abita laggiù.
C’è una novità: la libertà costa meno.
Lunedì aprirà il nuovo tabaccaio.""",
    "Swedish": """På våren kommer svalorna tillbaka till ladan.
Hon köpte två röda äpplen och en påse kål.
Öringen simmade långsamt uppför ån.
Åskan gick när vi åt middag på bryggan.
Det är för sent att ångra sig nu.
Båten låg förtöjd vid den gamla kvarnen.
Mötet börjar klockan åtta och slutar före nio.
Ägget kokade sönder medan han läste.
Fågeln sjöng ända till mörkret föll.
Läraren frågade om någon hade läst läxan.""",
    "Polish": """Wczoraj wieczorem padał śnieg i było ślisko.
Żółty autobus spóźnił się o piętnaście minut.
„Proszę usiąść”, powiedziała uprzejmie kasjerka.
Łódź płynęła wzdłuż brzegu aż do świtu.
Dziecko znalazło ćmę na oknie kuchni.
Mój sąsiad gra na skrzypcach każdą niedzielę.
Książka leży na półce obok słownika.
Święta spędzimy u babci w górach.
Ósmego maja zaczynają się targi książki.
Gęś zjadła całą marchew z ogródka.""",
    "Czech": """Příští týden pojedeme na výlet do hor.
Žluťoučký kůň stál u plotu a díval se na děti.
Večer bývá zvlášť chladno a fouká vítr.
Řidič zapomněl otevřít zadní dveře.
„Ještě chvíli počkejte,“ řekla paní učitelka.
Čerstvé houby rostou i v městském parku.
Škola začíná v osm, ale žáci chodí dřív.
Dědeček vyprávěl o dávné povodni.
Úřad je zavřený až do pátku.
Můj bratr kouří na balkóně.""",
    "Romanian": """Într-o dimineață rece, bătrânul a ieșit în grădină.
Știu că ții la casa părinților tăi.
Când plouă, drumul spre munte este închis.
Țăranii au strâns fânul înainte de furtună.
Școala se află lângă biserică.
Mâine vom ști câți oameni au venit.
Apa a inundat pivnița și magazia.
România are multe râuri și păduri.
Fără îndoială, acesta este cel mai bun vin.
Copiii s-au așezat în jurul mesei.""",
    "Turkish": """İstanbul’da bu sabah yoğun sis vardı.
Çocuklar bahçede gürültüyle oynuyordu.
Şehrin ışıkları uzaktan görünüyordu.
Öğretmen sınıfa girince herkes sustu.
Küçük kız, ağacın altında kitap okuyor.
Yağmur dün akşamdan beri hiç durmadı.
Üzüm bağları köyün güneyinde kalıyor.
Bu dağın adını kimse bilmiyor.
Kırmızı şapkayı kapının arkasına astı.
Geçen yıl çok soğuk bir kış geçirdik.""",
    "Vietnamese": """Sáng nay trời mưa rất to ở Hà Nội.
Bà tôi kể chuyện cổ tích mỗi tối.
Đường đến trường đi qua một cây cầu nhỏ.
Chúng tôi uống cà phê sữa đá bên hồ.
Anh ấy làm việc ở thư viện thành phố.
Mùa hè năm ngoái nóng hơn mọi năm.
Quyển sách này được viết bằng tiếng Việt.
Những người nông dân gặt lúa từ sớm.
Cô giáo hỏi: “Ai đã làm bài tập?”
Ước gì ngày mai trời nắng đẹp.""",
    "Russian": """Вчера вечером мы гуляли по набережной.
Кошка спит на подоконнике и не слышит дождя.
«Приходите завтра», — сказал сторож и закрыл ворота.
В нашем доме три этажа и ни одного лифта.
Почему ты не взял с собой зонт?
Ёжик нашёл яблоко под старой яблоней.
Поезд № 12 отправляется с пятого пути.
Снег выпал рано, и реки замёрзли уже в ноябре.
Дети рисовали мелом на асфальте.
Это объявление висит здесь с прошлого года.""",
    "Ukrainian": """Ці люди живуть біля річки з діда-прадіда.
Від станції до школи йти п’ять хвилин.
Її сестра грає на скрипці щовечора.
Хлопець з’їв усі вишні й заснув.
Ґанок пофарбували в зелений колір.
Всі гості вже сіли за стіл.
Зі сходу насувалася чорна хмара.
Бабуся пекла хліб щосуботи вранці.
МІСЦЕВІ ВІСТІ: МІСІЯ ЗАВЕРШЕНА
Навесні сади тут білі, наче сніг.""",
    "Bulgarian": """Вчера валя цял ден и реката придойде.
Децата тичаха по улицата след кучето.
Къде остави ключовете от мазето?
Старият мост беше затворен за ремонт.
Хлябът е още топъл, вземи си парче.
Учителката прочете разказа на глас.
През зимата пътят до хижата е труден.
Майка ми бере липа всяко лято.
Влакът закъсня с двайсет минути.
На площада продават цветя и мед.""",
    "Serbian": """Јуче је цео дан падала киша.
Ђак је заборавио књигу код куће.
Њена сестра свира хармонику.
Љубичице цветају поред потока.
Џеп му је био пун ораха.
Воз из Ниша касни двадесет минута.
Ћерка је добила нове ципеле.
Где си био кад је почела бура?
Деда прича о старом млину.
На тргу свира дувачки оркестар.""",
    "Greek": """Χθες το βράδυ έβρεχε ασταμάτητα.
Η γάτα κοιμάται πάνω στο παράθυρο.
Πού είναι ο σταθμός του τρένου;
Το ψωμί είναι ακόμα ζεστό.
Τα παιδιά παίζουν στην αυλή του σχολείου.
Ο παππούς διηγήθηκε μια παλιά ιστορία.
Αύριο θα πάμε εκδρομή στο βουνό.
Η θάλασσα ήταν ήρεμη το πρωί.
Άνοιξε το βιβλίο στη σελίδα δέκα.
Δεν ξέρω πόσο κοστίζει το εισιτήριο.""",
    "Hebrew": """אתמול בערב ירד גשם חזק בעיר.
החתול ישן על אדן החלון.
הילדים משחקים בחצר בית הספר.
סבא סיפר סיפור על הנהר.
מחר ניסע לטיול בהרים.
הלחם עדיין חם, קח פרוסה.
איפה תחנת הרכבת הקרובה?
הספר מונח על המדף העליון.
המורה שאלה מי הכין שיעורים.
בחורף הדרך אל הכפר סגורה.""",
    "Arabic": """هطل المطر طوال الليل على المدينة.
القطة نائمة قرب النافذة.
أين تقع محطة القطار القريبة؟
يلعب الأطفال في ساحة المدرسة.
حكى الجد قصة عن النهر القديم.
الخبز ما زال ساخنا على المائدة.
سنذهب غدا في رحلة إلى الجبل.
وضعت الكتاب على الرف الأعلى.
سأل المعلم عن الواجب المنزلي.
في الشتاء يغلق الطريق إلى القرية.""",
    "Hindi": """कल रात शहर में बहुत बारिश हुई।
बिल्ली खिड़की के पास सो रही है।
बच्चे स्कूल के आँगन में खेल रहे हैं।
दादाजी ने नदी की कहानी सुनाई।
हम कल पहाड़ों की सैर पर जाएँगे।
रोटी अभी भी गरम है।
स्टेशन यहाँ से कितनी दूर है?
किताब ऊपर वाली अलमारी में रखी है।
सर्दियों में गाँव का रास्ता बंद रहता है।
अध्यापक ने सबसे नाम पूछा।""",
    "Thai": """เมื่อคืนนี้ฝนตกหนักทั้งเมือง
แมวนอนอยู่ข้างหน้าต่าง
เด็กๆ เล่นอยู่ในสนามโรงเรียน
คุณตาเล่าเรื่องแม่น้ำสายเก่า
พรุ่งนี้เราจะไปเที่ยวภูเขา
ขนมปังยังอุ่นอยู่บนโต๊ะ
สถานีรถไฟอยู่ไกลไหม
หนังสือวางอยู่บนชั้นบน
ฤดูหนาวถนนไปหมู่บ้านปิด
ครูถามว่าใครทำการบ้านแล้ว""",
    "Chinese": """昨天晚上城里下了一场大雨。
小猫在窗台上睡着了。
孩子们在学校的院子里玩耍。
爷爷讲了一个关于老河的故事。
“明天我们去山里郊游吧！”妈妈说。
面包还是热的，快来吃一块。
请问火车站离这里有多远？
那本书放在最上面的架子上。
冬天通往村子的路常常封闭。
老师问谁做完了作业。""",
    "Japanese": """昨夜は町で激しい雨が降った。
猫が窓のそばで眠っている。
子どもたちは校庭で遊んでいます。
祖父は古い川の話をしてくれた。
「明日は山へ行こう」と母が言った。
パンはまだ温かいです。
一番近い駅はどこですか。
その本は上の棚に置いてある。
冬になると村への道は閉ざされる。
先生は宿題をしたか尋ねた。""",
    "Korean": """어젯밤 도시에 비가 많이 내렸다.
고양이가 창가에서 자고 있다.
아이들은 학교 마당에서 놀고 있어요.
할아버지는 오래된 강 이야기를 들려주셨다.
내일은 산으로 소풍을 갈 거예요.
빵이 아직 따뜻합니다.
가장 가까운 역이 어디입니까?
그 책은 맨 위 선반에 놓여 있다.
겨울에는 마을로 가는 길이 막힌다.
선생님은 누가 숙제를 했는지 물으셨다.""",
}

TRICKY: Final = """“CAFÉ” is what the sign said, and “CAFÉ…” is how I read it.
« liberté », « égalité », « à l’été »
Il cria : « Liberté… » puis « À bas la « monnaie » !
Les lettres accentuées : À Â É È Ê Ë Î Ï Ô Ù Û Ü Ÿ Ç Œ
The letters “Ã” and “Â” are rare; « Â » most of all.
AaÀàÁáÂâÃãÄäÅåÆæÇçÈèÉéÊêËëÌìÍíÎîÏïÐðÑñÒòÓóÔôÕõÖöØøÙùÚúÛûÜüÝýÞþ
ÀàÁáÂâÃãÄäÅåÆæÇç
ĄąĆćĘęŁłŃńÓóŚśŹźŻż
ÁáČčĎďÉéĚěÍíŇňÓóŘřŠšŤťÚúŮůÝýŽž
АаБбВвГгҐґДдЕеЄєЖжЗзИиІіЇїЙйКкЛлМм
АаБбВвГгДдЂђЕеЖжЗзИиЈјКкЛлЉљМмНнЊњОоПпРрСсТтЋћУуФфХхЦцЧчЏџШш
The distance is 1.54 Å ± 0.02 Å, the area 12.5 Å², the volume 30 Å³.
1.54Å±0.02 and 12.5Å²
Напряжение 220 В ± 10 %, ток 5 А±1 %, температура 20 °С±2.
220В±10%
√π ≈ 1.772, √2 ≈ 1.414, n√π, 2√π, ln√π, x≈π, ¬p ∨ q
∑ ∫ √ ∞ ≤ ≥ ≠ ± × ÷ π Ω µ ∂ ∆
10–15 £, 20–∞, £5–£10
‚Ärger‘ und „Ärger“, »Ärger« und «État»
IKEÅ®, CAFÉ®, NESTLÉ™, JOSÉ†, PEÑA²
MAÇÃ IRMÃ MANHÃ AMANHÃ
NÃO, SÃO, PÃO, MÃE, JOÃO
CRÉÉ, FERMÉ, DÉJÀ… « DÉJÀ » “DÉJÀ”
SKÅL! ÅR 2000 – FRÅN A TILL Ö
STRAẞE, STRASSE, GRÜẞE
Là-bas, à l’Île-d’Yeu, tout est « là » — là…
mot—à—mot, —État, —Où ?
HỘI ĐỒNG NHÂN DÂN, QUẬN 1, ĐÀ NẴNG, ÂU CƠ
ŞİŞLİ, ÇAĞ, IĞDIR, ÜSKÜDAR, “İZMİR”, ZÂT, KÂR
FĂRĂ, ȘI, ÎN, VÂNT, “CASĂ”, „APĂ”, FĂŞĂT
СЕМЁН, ЁЛКА, ВСЁ, ЕЁ, «ВСЁ», ЩЁЛК
МІСІЇ, ВІЗІЇ, ЇЇ, ЛІЦІЇ, Ці, Ті, Ні, Зі, Від, Її
РАЎНА, ЎВЕСЬ, ПРАЎДА, АЎТАР, “СЛОЎ”
ЋЕРКА, ЊЕН, ЉУБАВ, ЏЕП, ЂАК, Ђорђе, ђак
«ГАЗ», «АВТОВАЗ®», КГБ—ФСБ, СССР…, ТК№12, ГОСТ№5
тем список её что-то ещё не так
тем
список
её
API-шлюз, PDF-файл, web-сайт, IT‑отдел
日本語のABC、中文的“引号”、한국어의 ‘따옴표’
├── docs │ ├── é.txt │ └── Être.txt ═╤═ Имя│Возраст
l·lusió, col·legi, paral·lel, instal·lat
O‘zbekiston, go‘zal, g‘oya
½ ¾ ¼ ²³ 5‰ 7 °C 1ª 2º nº Mª §5 ¶2 µm
n°1, N°2, Nº3, 4ᵉ, 1ᵉʳ, 2ⁿᵈ
¿Él? ¡Ésa! ¿Á? ¡Óyeme!
👍🏽 ❤️ 🎉 naïve🎉 café👍
→ ← ↑ ↓ ✓ ✗ • ● ■ ★ ☆
zvlášť, příště, ještě, zvláště, víš, češť
Ťažký, Ľudia, Ĺ, Ĺavka, ŔÁD, Äšoš""".splitlines()
"""Clean lines that look like trouble."""


def sentences(language: str) -> list[str]:
    """The lines of a language."""
    return _SENTENCES[language].splitlines()


def dressed(language: str) -> Iterator[str]:
    """Each line as it is, and two by two as a list item, a quotation and a parenthesis."""
    lines = sentences(language)
    yield from lines
    for index, (one, other) in enumerate(zip(lines, lines[1:] + lines[:1], strict=True)):
        plain = one.rstrip(".")
        yield (f"- {one} {other}", f"“{plain}” ({other})", f"{plain}… {other}")[index % 3]


LANGUAGES: Final = tuple(_SENTENCES)
