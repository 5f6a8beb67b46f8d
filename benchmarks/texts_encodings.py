"""Short texts in many languages, written for this project, and the encodings each was once kept in.

Plain sentences about a day, without typographic quotes, so that each encoding can write all of it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

TEXTS: Final = {
    "French": (
        "Le café du village ferme à midi, même en été. Hélène préfère y passer très tôt, avant "
        "que la chaleur ne gêne les clients. Elle commande un thé, lit le journal déjà froissé et "
        "rêve d'une journée où il pleuvra enfin. Son frère, à côté, répète qu'il faut réparer la "
        "clôture brisée par l'orage. Après le déjeuner, ils iront à la forêt chercher des cèpes."
    ),
    "German": (
        "Früh am Morgen öffnet der Bäcker seine Tür und stellt die Körbe auf die Straße. Die "
        "Mädchen aus der Nähe kaufen süße Brötchen und grüßen fröhlich. Später fährt ein Zug über "
        "die Brücke, und die Vögel fliegen auf. Gegen Mittag wird es heiß, dann schließen die "
        "Läden für zwei Stunden. Am Abend hört man überall Gespräche über das schöne Wetter."
    ),
    "Spanish": (
        "Mañana saldrá el tren a las seis y aún no sé dónde dejé la maleta. Mi tía dice que está "
        "en el desván, junto al árbol de Navidad. ¿Quién podría subir ahí con tanta oscuridad? "
        "El niño pequeño corrió por el jardín y encontró un pájaro herido. Después llamó a su "
        "mamá, que lo curó con algodón y mucha atención. También comió un poquito de jamón."
    ),
    "Portuguese": (
        "Amanhã não há aula, e as crianças irão à praia com a avó. O céu está limpo, mas a água "
        "ainda é fria nesta estação. João levará o pão, a maçã e um cobertor de lã. Às três horas "
        "começa a construção do castelo de areia, atração principal do verão. Ninguém se lembrará "
        "do relógio até que o sol desça atrás das árvores e a maré já não permita nadar."
    ),
    "Polish": (
        "Wczoraj wieczorem spadł pierwszy śnieg i cały ogród zrobił się biały. Dzieci wybiegły na "
        "łąkę, żeby ulepić bałwana, a pies próbował łapać płatki. Później ktoś zapalił światło w "
        "kuchni i zaczął gotować zupę z grzybów. Był też świeży chleb, gęsty miód i gorąca "
        "herbata. Nikt się nie spieszył, bo następnego dnia była niedziela i można było spać."
    ),
    "Czech": (
        "Když přišlo jaro, rozkvetly na zahradě třešně a děti běhaly bosé po trávě. Stařeček "
        "seděl před domem a vyprávěl příběhy o městě, které už dávno zmizelo. Večer se vařila "
        "polévka a každý dostal kousek čerstvého chleba. Z řeky táhla vlhká mlha a žáby začaly "
        "zpívat. Nejmladší vnučka usnula dřív, než dědeček dořekl poslední větu své pověsti."
    ),
    "Russian": (
        "Утром над рекой стоял густой туман, и паромщик не спешил отчаливать. На берегу собрались "
        "люди с корзинами: они везли на рынок яблоки, грибы и мёд. Старик рассказывал, как прошлой "
        "зимой лёд тронулся раньше срока. Когда взошло солнце, всё вокруг заблестело, и лодка "
        "наконец поплыла. К полудню на площади уже шумела ярмарка, и пахло горячим хлебом."
    ),
    "Ukrainian": (
        "Уранці над річкою стояв густий туман, і поромник не поспішав відчалювати. На березі "
        "зібралися люди з кошиками: вони везли на ринок яблука, гриби та мед. Дідусь розповідав, "
        "як торік крига скресла раніше, ніж завжди. Коли зійшло сонце, усе довкола заблищало, і "
        "човен нарешті поплив. Опівдні на площі вже гомонів ярмарок, і пахло свіжим хлібом."
    ),
    "Greek": (
        "Κάθε πρωί ο ψαράς κατεβαίνει στο λιμάνι πριν ξημερώσει. Ελέγχει τα δίχτυα, λύνει τα "
        "σχοινιά και ανάβει τη μηχανή. Η θάλασσα είναι ήρεμη, μόνο ένα ελαφρύ αεράκι φυσάει από "
        "τον βορρά. Όταν γυρίζει, τα παιδιά τρέχουν να δουν τι έπιασε. Το μεσημέρι όλη η "
        "οικογένεια κάθεται κάτω από την ελιά και τρώει ψάρι, ψωμί και ντομάτες."
    ),
    "Turkish": (
        "Sabah erkenden çarşıya çıktık ve taze ekmek aldık. Komşumuz Ayşe Hanım bahçesindeki "
        "güllerden bir demet verdi. Öğleden sonra hava ısındı, çocuklar ağacın gölgesinde oyun "
        "oynadı. Akşamüstü dedem ışığı yaktı ve eski günlerden söz etti. Küçük kardeşim uyuyunca "
        "hepimiz sessizce dışarı çıktık, çünkü gökyüzü yıldızlarla doluydu ve rüzgâr esiyordu."
    ),
    "Hebrew": (
        "בכל בוקר סבתא שלי קמה מוקדם ומכינה תה עם נענע. אחר כך היא יורדת לגינה ומשקה את הפרחים. "
        "השכנים עוברים ליד השער ואומרים שלום. בצהריים כולם יושבים סביב השולחן ואוכלים מרק חם ולחם "
        "טרי. בערב, כשהרוח נושבת מן הים, אנחנו שומעים סיפורים על העיר הישנה ועל האנשים שגרו בה "
        "לפני שנים רבות. הילדים נרדמים לפני שהסיפור נגמר."
    ),
    "Arabic": (
        "في الصباح الباكر يفتح الخباز دكانه ويضع الخبز الساخن على الرفوف. يأتي الأطفال قبل المدرسة "
        "ليشتروا الكعك، ويتحدث الكبار عن الطقس وأخبار القرية. عند الظهر تصبح الشمس قوية، فيجلس "
        "الجميع في ظل الشجرة الكبيرة. في المساء تهب ريح خفيفة من جهة البحر، ويعود الصيادون "
        "بقواربهم الصغيرة. ثم تضيء النجوم سماء القرية الهادئة."
    ),
    "Lithuanian": (
        "Anksti rytą močiutė išeina į sodą ir renka žalius obuolius. Šuo bėga paskui ją, o katė "
        "tingiai žiūri pro langą. Vėliau visi sėdime prie stalo, geriame arbatą su medumi ir "
        "kalbamės apie šį keistą orą. Po pietų ateina kaimynas, kuris žino daugybę pasakų. Vakare "
        "virš ežero kyla rūkas, ir vaikai jau nebenori žaisti lauke, nes darosi šalta."
    ),
    "Thai": (
        "ทุกเช้าคุณยายตื่นแต่เช้ามืดเพื่อหุงข้าวและทำแกงใส่บาตร หลังจากนั้นท่านเดินไปตลาดใกล้บ้าน"
        "ซื้อผักสดกับผลไม้ เด็กๆ วิ่งเล่นอยู่ริมคลองรอเรือมาขายขนม "
        "ตอนบ่ายฝนตกหนักทุกคนจึงนั่งฟังนิทาน"
        "ใต้ถุนบ้าน พอตกเย็นอากาศเย็นสบาย มีเสียงกบร้องและกลิ่นดอกไม้หอมลอยมาตามลม"
    ),
    "Japanese": (
        "朝早く、祖母は庭に出て花に水をやります。犬がその後をついて歩き、猫は窓から外を眺めています。"
        "昼になると家族みんなで食卓を囲み、温かいうどんを食べました。午後は雨が降ったので、"
        "子供たちは部屋で本を読みました。夕方、空が晴れて虹が出ると、町の人々は橋の上に集まり、"
        "写真を撮ったり話をしたりしていました。夜は静かでした。"
    ),
    "Chinese": (
        "早上天还没亮，爷爷就到河边去钓鱼。水面上有一层薄薄的雾，远处传来鸟叫的声音。"
        "中午太阳很大，大家坐在树下吃西瓜，谈论今年的收成。下午下了一场雨，孩子们在屋里看书写字。"
        "晚上风凉了，奶奶讲起从前的故事，我们听着听着就睡着了。第二天又是一个晴朗的日子。"
    ),
    "Chinese, traditional": (
        "早上天還沒亮，爺爺就到河邊去釣魚。水面上有一層薄薄的霧，遠處傳來鳥叫的聲音。"
        "中午太陽很大，大家坐在樹下吃西瓜，談論今年的收成。下午下了一場雨，孩子們在屋裡看書寫字。"
        "晚上風涼了，奶奶講起從前的故事，我們聽著聽著就睡著了。第二天又是一個晴朗的日子。"
    ),
    "Korean": (
        "아침 일찍 할머니는 마당에 나가 꽃에 물을 줍니다. 강아지가 그 뒤를 따라다니고 고양이는 창가에서 "
        "졸고 있습니다. 점심때가 되면 온 가족이 둘러앉아 따뜻한 국수를 먹습니다. 오후에는 비가 와서 "
        "아이들이 방에서 책을 읽었습니다. 저녁에 하늘이 개자 사람들이 다리 위에 모여 노을을 바라보며 "
        "이야기를 나누었습니다."
    ),
    "English": (
        "Every Friday my neighbour walks down to the harbour and asks, “Is the boat ready?” It never "
        "is. He doesn’t mind; he buys a coffee – black, no sugar – and waits. “We’ll sail tomorrow,” "
        "says the captain, who hasn’t sailed since spring. The naïve tourists believe him and order "
        "crème brûlée in the café. When the rain comes, they’re the only ones who don’t run away."
    ),
    "Italian": (
        "Ogni mattina il nonno scende in città a comprare il giornale, perché dice che così "
        "comincia bene la giornata. Più tardi passa dal caffè della piazza, dove c'è già il "
        "farmacista che gioca a carte. Se è lunedì non si ferma, altrimenti parla di politica finché "
        "non arriva l'ora di pranzo. La verità è che nessuno lo ascolta, però tutti gli vogliono bene."
    ),
    "Dutch": (
        "De reünie was geregeld voor zaterdag, maar door de drukte in België kwamen er maar vier "
        "mensen. Eén van hen had een geïmporteerde kaas meegebracht, een ander een zak patiënten"
        "verhalen uit zijn tijd als arts. We dronken thee en aten ruïnes van een taart die onderweg "
        "gevallen was. Het vrat energie, maar de ideeën voor de volgende keer waren goed: vóór het "
        "eten wandelen, en de coördinatie aan één persoon overlaten."
    ),
    "Swedish": (
        "På våren öppnar bagaren sin dörr redan före sex och doften av bröd sprider sig över torget. "
        "Äldre damer står i kö och frågar om väder och värk. När klockan är åtta går barnen förbi på "
        "väg till skolan, och någon får alltid en bulle för att han är så trött. Efter lunch stänger "
        "han, åker ut till ön och sover tills måsarna väcker honom."
    ),
    "Danish": (
        "Hver lørdag kører min søster ud til øen for at plukke æbler. Hun tager båden klokken ni og "
        "når frem, før solen bliver rigtig stærk. På kajen står en gammel mand, som sælger røget ål "
        "og spørger, hvordan det går i byen. Om aftenen sætter vi os på trappen, spiser brød og "
        "hører på, at bølgerne slår mod stenene. Så længe æblerne rækker, er ingen ked af det."
    ),
    "Norwegian": (
        "Når snøen endelig går, åpner bestefar naustet og ser over båten. Årene må tjæres, og garna "
        "har fått hull i løpet av vinteren. Naboen kommer bort med kaffe og spør om han tror på fisk "
        "i år. Det gjør han alltid. Klokka fem ror de ut, så stille at fuglene på skjæret ikke "
        "flytter seg, og før det blir mørkt er de hjemme igjen med en bøtte full av sei."
    ),
    "Finnish": (
        "Tänään satoi koko päivän, joten jäimme sisälle ja leivoimme pullaa. Äiti kertoi, kuinka "
        "hän nuorena hiihti kouluun järven yli, vaikka jää rätisi sen alla. Pikkuveli ei uskonut "
        "sitä, mutta isä näytti vanhan kuvan, jossa lumi ulottui räystääseen asti. Yöllä pilvet "
        "väistyivät, ja tähdet näkyivät kirkkaammin kuin pitkään aikaan. Hyvää yötä, sanoi mummo."
    ),
    "Icelandic": (
        "Á hverjum morgni gengur amma niður að sjónum og telur bátana sem eru komnir að landi. Hún "
        "þekkir þá alla með nafni og veit hver á þá. Ef veðrið er gott sest hún á stein og bíður "
        "eftir frænda sínum, sem færir henni nýja ýsu í soðið. Þegar rökkva tekur kveikir hún ljós "
        "í glugganum, því að það hefur alltaf verið siður í þessu húsi."
    ),
    "Hungarian": (
        "Minden ősszel összegyűlünk nagyapám szőlőjében, hogy segítsünk a szüretben. A férfiak a "
        "nehéz puttonyokat hordják, a nők főznek, mi pedig a fürtöket szedjük. Délben a diófa alatt "
        "ülünk, és mindenki a régi időkről mesél. Hűvös este lesz, mire az utolsó hordó is megtelik. "
        "Ilyenkor tüzet gyújtunk, énekelünk, és senki sem akar elsőként hazaindulni."
    ),
    "Romanian": (
        "În fiecare vară plecam la bunici, într-un sat așezat între două dealuri. Dimineața "
        "beam lapte proaspăt și mergeam cu vacile până la marginea pădurii. Bunica făcea plăcinte "
        "și ne certa că intram în casă cu picioarele pline de țărână. Seara, după ce se potolea "
        "vântul, stăteam pe prispă și număram stelele căzătoare. Îmi doream să nu mai vină toamna."
    ),
    "Slovak": (
        "Keď sme boli malí, chodili sme každú nedeľu k starým rodičom na obed. Starká varila "
        "kapustnicu a piekla koláče, ktorých vôňa sa šírila až na ulicu. Dedo rozprával, ako v "
        "mladosti pásol kone na lúkach pod Kriváňom. Po jedle sme smeli ísť k potoku chytať raky, "
        "ale vždy sme sa vrátili mokrí. Večer nás otec viezol domov a ja som počítal ľudí v oknách."
    ),
    "Slovenian": (
        "Zjutraj je dedek odprl čebelnjak in preveril, ali so čebele dobro prezimile. Potem je šel "
        "v drvarnico in pripravil les za peč, ker so napovedali mraz. Babica je medtem spekla žemlje "
        "in nas poklicala k mizi. Vsakdo je dobil žlico medu, največjo seveda najmlajši. Popoldne "
        "smo šli čez polje do sosedov, ki še vedno žanjejo z roko in pojejo."
    ),
    "Croatian": (
        "Čim dođe ljeto, djed otvori staru konobu i počne čistiti bačve. Kuća miriše na lavandu, a "
        "kroz prozor se čuje more. Ujutro odlazimo na tržnicu po smokve i svježu ribu, a poslije se "
        "kupamo dok ne zađe sunce. Navečer susjeda donese šećerne kolače i priča kako je nekad bilo "
        "teže, ali ljepše. Nitko joj ne proturječi, jer žurimo pojesti sve prije nego što ode kući."
    ),
    "Serbian": (
        "Сваког јутра деда излази у двориште и храни кокошке. Ђурђица му доноси кафу, па заједно "
        "седе под шљивом и причају о томе шта ће бити са кишом. Њихов пас лежи у хладу и не миче се "
        "док не чује аутобус. Тада устане, протегне се и отрчи до капије, јер зна да долазе деца из "
        "школе. Увече се цела улица окупи код чесме, где неко увек засвира хармонику."
    ),
    "Bulgarian": (
        "Всяка сутрин баба отваря прозореца и поздравява съседите, които вече чакат пред фурната. "
        "Хлябът е още топъл, когато го донасяме вкъщи. След това дядо чете вестника на глас и се "
        "сърди на футболистите. Следобед играем под ореха, докато стане хладно и щурците запеят. "
        "Вечерта цялото семейство се събира около масата и никой не бърза да си ляга."
    ),
    "Belarusian": (
        "Раніцай дзед выходзіць на двор і глядзіць, ці няма на небе хмар. Потым ён ідзе да калодзежа "
        "і прыносіць вады, бо бабуля ўжо чысціць бульбу на снеданне. Ля парога спіць кот, якога "
        "ніхто не можа разбудзіць. Калі ўзыходзіць сонца, мы бяжым у лес па ягады і вяртаемся "
        "толькі ўвечары. Маці сварыцца, але ўсміхаецца, убачыўшы поўныя кошыкі чарніц."
    ),
    "Latvian": (
        "Katru rītu vecmāmiņa iet uz dārzu un aplūko, vai naktī nav bijusi salna. Tad viņa uzvāra "
        "tēju un gaida, kad pamodīsies mazbērni. Brokastīs ir rupjmaize ar medu un biezpiens. Pēc "
        "tam visi kopā braucam uz ezeru, kur ūdens ir dzidrs un ļoti auksts. Vakarā kaimiņš spēlē "
        "vijoli, un neviens nevēlas iet gulēt, jo jūnija naktis ir pārāk gaišas."
    ),
    "Estonian": (
        "Igal hommikul läheb vanaisa kõigepealt kaevu juurde ja vaatab, kas vesi on öösel jäätunud. "
        "Siis paneb ta ahju küdema ning ootab, kuni tuba soojaks läheb. Õhtuti räägib ta meile, "
        "kuidas ta noorena mööda jääd üle väina sõitis. Ema ütleb, et pool sellest on välja "
        "mõeldud, aga meie usume iga sõna. Väljas sajab lund ja köögis lõhnab piparkookide järele."
    ),
    "Catalan": (
        "Cada diumenge l'àvia ens esperava a la porta amb el davantal posat. Feia olor de pa acabat "
        "de coure i de peres que maduraven al rebost. El cosí Martí sempre arribava tard, però ningú "
        "no li deia res perquè portava notícies del poble veí. Després de dinar, els més grans feien "
        "la migdiada i nosaltres sortíem a caçar granotes. Què més podíem demanar, si érem feliços?"
    ),
    "Vietnamese": (
        "Mỗi buổi sáng, bà ngoại thức dậy từ rất sớm để nấu xôi cho cả nhà. Tiếng gà gáy vang khắp "
        "xóm, và mùi khói bếp bay qua khu vườn nhỏ. Chúng tôi chạy ra bờ sông xem những chiếc thuyền "
        "chở đầy trái cây đi về phía chợ. Buổi chiều trời thường mưa, ông kể chuyện ngày xưa cho các "
        "cháu nghe. Đến tối, trăng lên cao và mọi người ngồi uống trà trước hiên."
    ),
    "Persian": (
        "هر روز صبح پدربزرگ به باغچه می‌رود و گل‌های سرخ را آب می‌دهد. بعد کنار حوض می‌نشیند، چای می‌خورد و "
        "به صدای گنجشک‌ها گوش می‌کند. همسایه‌ها یکی یکی می‌آیند و از گرانی و گرما گله می‌کنند. ظهر که "
        "می‌شود همه به خانه می‌روند تا بخوابند. شب چراغ‌های کوچه روشن است و بچه‌ها هنوز پشت پنجره چشم به "
        "راه ماه هستند."
    ),
    "Maltese": (
        "Kull filgħodu n-nannu jinżel ix-xatt u jħares lejn il-baħar biex jara jekk hux se jagħmel "
        "ir-riħ. Iċ-ċkejknin jiġru warajh għax jafu li dejjem ikollu xi ħaġa ħelwa fil-but. Meta "
        "jaslu d-dgħajjes, jgħin lis-sajjieda jżarmaw ix-xbieki. Filgħaxija joqgħod bilqiegħda ħdejn "
        "il-bieb, jixrob tazza nbid u jgħid li l-ħajja żgħira tajba biżżejjed."
    ),
    "Welsh": (
        "Bob bore mae fy nhad-cu yn cerdded i lawr i’r tŷ pobi ac yn prynu bara ffres. Mae’n sgwrsio "
        "â’r pobydd am y tywydd a’r dŵr yn yr afon, ac yna’n dod adref yn araf. Os yw’n braf, rydym "
        "yn eistedd o flaen y tân gyda chŵn y ffermwr. Yn y prynhawn daw’r plant adref o’r ysgol, a "
        "chyn bo hir mae’r gegin yn llawn sŵn ac arogl te. Gŵyr pawb fod y gân olaf yn hen iawn."
    ),
    "Kazakh": (
        "Күн сайын таңертең әжем сиыр сауып, қаймақ әзірлейді. Атам болса жылқыларын қарап келуге "
        "далаға шығады. Біз өзен жағасында ойнап, кешке дейін үйге қайтпаймыз. Қонақ келгенде бүкіл "
        "ауыл жиналып, домбыра тартып, ән айтады. Түнде аспан ашық, жұлдыздар өте жарық болады, "
        "сондықтан ұйықтағымыз келмейді. Ғажап бір жаз еді ол."
    ),
}  # fmt: skip

_WEST: Final = (
    "French", "German", "Spanish", "Portuguese", "Italian", "Dutch", "Swedish", "Danish",
    "Norwegian", "Finnish", "Icelandic", "Catalan",
)  # fmt: skip
_CENTRAL: Final = (
    "Polish", "Czech", "Hungarian", "Romanian", "Slovak", "Slovenian", "Croatian",
)  # fmt: skip
_EAST: Final = ("Russian", "Ukrainian", "Serbian", "Bulgarian", "Belarusian")
_BALTIC: Final = ("Lithuanian", "Latvian", "Estonian")

ENCODINGS: Final = {
    "cp1252": (*_WEST, "English"), "iso8859-1": _WEST, "iso8859-15": (*_WEST, "Estonian"),
    "mac-roman": ("French", "German", "Spanish", "Italian", "Swedish", "English"),
    "cp850": ("French", "German", "Spanish", "Portuguese", "Dutch", "Finnish"),
    "cp437": ("French", "German", "Spanish"), "cp858": ("Italian", "Swedish"),
    "cp860": ("Portuguese",), "cp861": ("Icelandic",), "cp863": ("French",),
    "cp865": ("Danish", "Norwegian"),
    "cp1250": _CENTRAL, "iso8859-2": _CENTRAL, "cp852": _CENTRAL,
    "mac-latin2": ("Polish", "Czech", "Hungarian", "Slovak"), "iso8859-16": ("Romanian", "Polish"),
    "cp1251": _EAST, "iso8859-5": _EAST, "cp855": ("Russian", "Serbian", "Bulgarian"),
    "mac-cyrillic": ("Russian", "Ukrainian", "Bulgarian"), "koi8-r": ("Russian",),
    "koi8-u": ("Ukrainian",), "cp866": ("Russian", "Bulgarian"),
    "cp1125": ("Ukrainian",), "kz1048": ("Kazakh",), "ptcp154": ("Kazakh",),
    "cp1253": ("Greek",), "iso8859-7": ("Greek",), "cp737": ("Greek",), "cp869": ("Greek",),
    "mac-greek": ("Greek",), "cp1254": ("Turkish",), "iso8859-9": ("Turkish",),
    "cp857": ("Turkish",), "mac-turkish": ("Turkish",),
    "cp1255": ("Hebrew",), "iso8859-8": ("Hebrew",), "cp862": ("Hebrew",),
    "cp1256": ("Arabic", "Persian"), "iso8859-6": ("Arabic",), "cp720": ("Arabic",),
    "cp1257": _BALTIC, "iso8859-13": _BALTIC, "iso8859-4": _BALTIC, "cp775": _BALTIC,
    "iso8859-10": ("Icelandic", "Estonian"), "iso8859-3": ("Maltese",), "iso8859-14": ("Welsh",),
    "cp1258": ("Vietnamese",), "cp874": ("Thai",), "iso8859-11": ("Thai",),
    "shift_jis": ("Japanese",), "cp932": ("Japanese",), "euc_jp": ("Japanese",),
    "iso2022_jp": ("Japanese",), "gb2312": ("Chinese",), "gbk": ("Chinese, traditional",),
    "gb18030": ("Chinese",), "hz": ("Chinese",), "big5": ("Chinese, traditional",),
    "cp950": ("Chinese, traditional",), "euc_kr": ("Korean",), "cp949": ("Korean",),
    "johab": ("Korean",), "iso2022_kr": ("Korean",),
    "utf-7": ("French", "Polish", "Russian", "Greek", "Japanese", "Korean"),
    "utf-16-le": tuple(TEXTS), "utf-16-be": tuple(TEXTS), "utf-32-le": ("German", "Russian", "Thai"),
}  # fmt: skip
"""Python's name of each encoding, and the languages that are put into it."""


def written(text: str, encoding: str) -> str:
    """The text as it was written in this encoding, where some letters are written otherwise.

    Vietnamese has its tones as characters of their own in windows-1258. Where an encoding lacks
    them, curly quotation marks are straight, Romanian has cedillas for commas below, Persian the
    Arabic yeh.
    """
    if encoding == "cp1258":
        return "".join(map(_with_tone, text))
    if _can_write(text, encoding):
        return text
    straight = text.translate(_STRAIGHT)
    return straight if _can_write(straight, encoding) else straight.translate(_OLDER)


_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "\u200c": ""})
_OLDER: Final = str.maketrans("șțȘȚی،", "şţŞŢي,")


def _can_write(text: str, encoding: str) -> bool:
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeEncodeError:
        return False


def _with_tone(letter: str) -> str:
    if _can_write(letter, "cp1258"):
        return letter
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    base = "".join(part for part in parts if part not in tones)
    return unicodedata.normalize("NFC", base) + tones
