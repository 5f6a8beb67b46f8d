"""Short texts in many languages, written for this project, and the encodings each was once kept in.

Plain sentences about a day, without typographic quotes, so that each encoding can write all of it.
"""

from __future__ import annotations

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
}  # fmt: skip

_WEST: Final = ("French", "German", "Spanish", "Portuguese")
_CENTRAL: Final = ("Polish", "Czech")
_EAST: Final = ("Russian", "Ukrainian")

ENCODINGS: Final = {
    "cp1252": _WEST, "iso8859-1": _WEST, "iso8859-15": _WEST, "mac-roman": _WEST, "cp850": _WEST,
    "cp1250": _CENTRAL, "iso8859-2": _CENTRAL, "cp852": _CENTRAL,
    "cp1251": _EAST, "iso8859-5": _EAST, "mac-cyrillic": _EAST,
    "koi8-r": ("Russian",), "cp866": ("Russian",), "koi8-u": ("Ukrainian",),
    "cp1253": ("Greek",), "iso8859-7": ("Greek",), "cp1254": ("Turkish",),
    "iso8859-9": ("Turkish",), "cp1255": ("Hebrew",), "iso8859-8": ("Hebrew",),
    "cp1256": ("Arabic",), "iso8859-6": ("Arabic",), "cp1257": ("Lithuanian",),
    "iso8859-13": ("Lithuanian",), "cp874": ("Thai",),
    "shift_jis": ("Japanese",), "euc_jp": ("Japanese",), "gb18030": ("Chinese",),
    "big5": ("Chinese, traditional",),
    "euc_kr": ("Korean",), "utf-16-le": tuple(TEXTS), "utf-16-be": tuple(TEXTS),
}  # fmt: skip
"""Python's name of each encoding, and the languages that are put into it."""
