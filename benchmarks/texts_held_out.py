"""Short texts in which nothing is counted: by them it is told how often encodings are named right.

They are in no table of `letter_pairs`. Where they show something that is to be mended, other texts
must take their place.
"""

from __future__ import annotations

from typing import Final

HELD_OUT: Final = {
    "French": (
        "Madame Lefèvre a fermé son atelier à l'âge de soixante-dix ans. Elle réparait des poupées "
        "et n'a jamais refusé d'aider un élève. Aujourd'hui, sa nièce y vend des gâteaux."
    ),
    "German": (
        "Für die Prüfung muss jeder Schüler drei Bücher gelesen haben. Wer zu spät kommt, hört die "
        "ersten Fragen nicht und verlässt den Saal meist enttäuscht. Draußen weht ein böiger Wind."
    ),
    "Spanish": (
        "El autobús número catorce ya no pasa por aquí, según explicó la señora del quiosco. Habrá "
        "que caminar diez minutos más, y con este calor será difícil. ¡Qué lástima de compañía!"
    ),
    "Portuguese": (
        "A reunião ficou marcada para terça-feira, mas só três sócios confirmaram presença. O avô do "
        "João não pôde vir porque está doente. Discutiu-se a eleição e o preço do açúcar."
    ),
    "English": (
        "“You can’t park here,” said the guard – politely, but he’d said it twice. We moved the van, "
        "unloaded the piñata and the façade of the puppet theatre, and hoped it wouldn’t rain."
    ),
    "Italian": (
        "La biblioteca resterà chiusa fino a martedì perché il tetto perde. Chi ha già prenotato un "
        "libro potrà ritirarlo in comune, purché porti la tessera. Ci sarà più di un disagio, ahimè."
    ),
    "Dutch": (
        "De financiële afdeling heeft de ruïne verkocht aan twee Italiaanse zussen. Zij willen er een "
        "café beginnen, maar de buren zijn er niet over te spreken: dat geeft maar geluid en geëmmer."
    ),
    "Swedish": (
        "Efter förlusten åkte laget hem med nattåget. Målvakten sade att han hade ont i knät och "
        "tänkte sluta. Tränaren bjöd på köttbullar, och då blev alla lite gladare ändå."
    ),
    "Danish": (
        "Kommunen vil lægge cykelstien om, så børnene ikke længere skal krydse den store vej. Formanden "
        "siger, at det først kan ske næste år. Forældrene ønsker sig noget før."
    ),
    "Norwegian": (
        "Brøytebilen kom ikke fram før over påske, så vi gikk på ski til butikken. Der fantes bare "
        "brød og gjær. Kjøpmannen lånte oss en kjelke, og ungene kjørte ned åsen i full fart."
    ),
    "Finnish": (
        "Lentokentällä oli hiljaista, kun viimeinen kone lähti. Siivooja löysi penkin alta käsineen "
        "ja vei sen löytötavaroihin. Ehkä joku kysyy sitä vielä, ehkä sitä ei kaipaa kukaan."
    ),
    "Icelandic": (
        "Skólanum var lokað vegna veðurs og börnin léku sér í snjónum fram á kvöld. Þegar rafmagnið "
        "fór kveiktu þau á kertum. Síminn virkaði ekki heldur, en enginn hafði áhyggjur af því."
    ),
    "Catalan": (
        "El tren de les set va sortir tard perquè hi havia un arbre caigut a la via. Ningú no es va "
        "queixar gaire. Una dona oferia galetes i deia que així, com a mínim, podríem conèixer-nos."
    ),
    "Polish": (
        "Sąsiadka pożyczyła nam drabinę, bo nasza złamała się pod ciężarem śniegu. Tata wszedł na dach "
        "i oczyścił rynnę. Potem piliśmy gorącą czekoladę i oglądaliśmy stare zdjęcia."
    ),
    "Czech": (
        "Na úřadě jsme čekali dvě hodiny, než nás zavolali k přepážce. Paní za sklem řekla, že nám "
        "chybí razítko. Šli jsme tedy o patro výš, kde už bylo zavřeno. Zítra to zkusíme znovu."
    ),
    "Slovak": (
        "Knižnica dostala novú strechu, ale peniaze na vykurovanie už nezostali. Čitatelia si preto "
        "nosia deky a termosky s čajom. Vedúca tvrdí, že tak družne tu ešte nikdy nebolo."
    ),
    "Hungarian": (
        "A vonat késett, ezért lekéstük az esküvő elejét. A vőlegény öccse várt ránk az állomáson egy "
        "üres teherautóval. Mire odaértünk, már mindenki táncolt, és elfogyott a töltött káposzta."
    ),
    "Romanian": (
        "Dentistul ne-a spus că nu are nimic de făcut până când nu se întoarce asistenta. Am așteptat "
        "pe hol și am citit reviste vechi. Într-una scria că iarna viitoare va fi foarte blândă."
    ),
    "Slovenian": (
        "Učitelj je zbolel, zato smo imeli dve uri prosto. Šli smo na grad in opazovali, kako "
        "čistijo staro uro. Mojster nam je pokazal žične zobnike, ki so težji od človeka."
    ),
    "Croatian": (
        "Autobus za Šibenik kreće u šest, a mi još nismo našli ključ od kovčega. Mama misli da je "
        "ostao kod tete. Ako ga ne nađemo, obući ćemo isto što i jučer, nije nas ni briga."
    ),
    "Russian": (
        "В аптеке на углу кончились бинты, и фельдшер пошёл за ними пешком через весь город. Вернулся "
        "он только к ужину, усталый, но с полной сумкой. Больные хлопали ему из окон."
    ),
    "Ukrainian": (
        "Сестра отримала листа з Канади, але прочитати його не змогла: чорнило розпливлося від дощу. "
        "Ми розглядали марку й гадали, хто б це міг писати. Імені на конверті теж не було."
    ),
    "Bulgarian": (
        "Асансьорът спря между третия и четвъртия етаж. Вътре бяхме аз, пощальонът и едно куче, което "
        "никой не познаваше. Докато чакахме техника, изядохме всичките му ябълки."
    ),
    "Serbian": (
        "Поштар је закаснио јер је мост био затворен због поправке. Донео је пакет из Ниша и разгледницу "
        "на којој нема потписа. Мајка каже да је то сигурно од тетке Љубице."
    ),
    "Greek": (
        "Το πλοίο δεν έφυγε χθες λόγω απαγόρευσης, και οι επιβάτες κοιμήθηκαν στην αίθουσα αναμονής. "
        "Κάποιος έπαιζε κιθάρα ως τα ξημερώματα. Σήμερα όλοι μοιράζονται κουλούρια και ειδήσεις."
    ),
    "Turkish": (
        "Müze pazartesi günleri kapalıymış, biz de parkta oturup simit yedik. Yaşlı bir adam bize "
        "gençliğinde trenle nasıl İzmir'e kaçtığını anlattı. Çantamızı unutunca arkamızdan koştu."
    ),
    "Hebrew": (
        "הרופא ביטל את התור כי המכונית שלו התקלקלה בדרך. ישבנו בחדר ההמתנה ושיחקנו דמקה עם האחות. "
        "בסוף הוא הגיע באופניים, רטוב לגמרי, וביקש מכולם סליחה."
    ),
    "Arabic": (
        "تأخر القطار ساعتين بسبب العاصفة، فجلس المسافرون في المقهى المقابل للمحطة. كان صاحب المقهى يحكي "
        "قصصا عن جده البحار. وعندما وصل القطار أخيرا لم يرد أحد أن يغادر."
    ),
    "Lithuanian": (
        "Šeštadienį turguje pardavinėjo grybus ir džiovintas žuvis. Mergaitė su mėlynu šaliku ieškojo "
        "savo šuns. Radome jį už bažnyčios, kur jis ramiai graužė kažkieno batą."
    ),
    "Latvian": (
        "Ārsts ieteica vectēvam mazāk strādāt, taču viņš tikai pasmējās. Nākamajā dienā viņš uzkāpa "
        "jumtā labot skursteni. Māte dusmojās, bet slepus fotografēja viņu no pagalma."
    ),
    "Estonian": (
        "Bussijuht unustas meid peatusesse, sest udu oli nii tihe. Jõudsime koju alles öösel, külmunud "
        "näppudega. Vanaema oli jätnud ukse lahti ja söögi pliidile. Järgmisel päeval õues ei käinud."
    ),
    "Vietnamese": (
        "Cửa hàng sách đóng cửa sớm vì mất điện, nên chúng tôi đứng đọc dưới ánh đèn đường. Một cậu bé "
        "hỏi mượn cuốn truyện rồi ngồi đọc to cho mẹ nghe. Mưa tạnh lúc nào không ai biết."
    ),
    "Thai": (
        "รถเมล์สายนี้ไม่ผ่านหน้าโรงเรียนแล้วตั้งแต่เดือนก่อน พวกเราจึงต้องเดินข้ามสะพานไปขึ้นรถอีกฝั่งหนึ่ง "
        "ลุงขายกาแฟบอกว่าจะมีสายใหม่มาแทน แต่ยังไม่มีใครเคยเห็นสักคัน"
    ),
    "Japanese": (
        "駅前の本屋は来月で閉店するそうです。店長は四十年も同じ椅子に座っていました。最後の日には、"
        "近所の人が一冊ずつ好きな本を買いに行く約束をしています。"
    ),
    "Chinese": (
        "邮局搬到新大楼以后，排队的人反而更多了。有人带着小凳子，有人一边等一边织毛衣。"
        "工作人员说下个星期会开第三个窗口，可是谁也不太相信。"
    ),
    "Chinese, traditional": (
        "郵局搬到新大樓以後，排隊的人反而更多了。有人帶著小凳子，有人一邊等一邊織毛衣。"
        "工作人員說下個星期會開第三個窗口，可是誰也不太相信。"
    ),
    "Korean": (
        "동네 우체국이 다음 달에 문을 닫는다고 합니다. 직원들은 이웃 마을로 옮겨 가고 건물은 도서관이 될 "
        "예정입니다. 할아버지는 편지를 쓸 사람도 없는데 무슨 상관이냐고 웃으셨습니다."
    ),
}  # fmt: skip
