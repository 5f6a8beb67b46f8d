"""Texts written for this project in which letters and characters are counted, beside `TEXTS`.

What encodings are told by (`python -m benchmarks.letter_pairs`) comes from these texts, those of
`texts_encodings` and those of `texts`, and from nothing else. The tests hold it against texts that
are counted nowhere (`texts_held_out`).
"""

from __future__ import annotations

from typing import Final

COUNTED: Final = {
    "Galician": (
        "Pola mañá o mariñeiro abre a porta da casa e mira o ceo. Di que hoxe non choverá, mais a "
        "súa muller non o cre e colle o paraugas. Na praza hai xente que vende queixo, millo e "
        "castañas; os nenos xogan á beira da fonte. Despois do xantar faremos unha visita á avoa, "
        "que vive lonxe, nunha aldea pequena onde ninguén ten présa. Se cadra tamén virán os teus "
        "irmáns, porque lles prometín contar a historia do lobo e da raíña que perdeu o anel."
    ),
    "Faroese": (
        "Árla á morgni fór bóndin út at hyggja eftir seyðinum. Kavi lá á fjøllunum, men niðri við "
        "sjógvin var grasið longu grønt. Hann hoyrdi fuglarnar syngja og hugsaði, at nú fór várið "
        "at koma. Børnini vóru farin í skúla, og konan sat heima við borðið og las bløðini. Um "
        "kvøldið komu grannarnir á gátt at drekka kaffi. Tey tosaðu um veðrið, um bátin, sum fór "
        "av Havnini í gjár, og um ættina, sum býr í einum øðrum landi. Eingin visti, nær hann kom."
    ),
    "Azerbaijani": (
        "Səhər tezdən qoca bağban həyətə çıxıb gülləri suladı. Göy üzü açıq idi, amma dağların "
        "üstündə ağ buludlar görünürdü. Uşaqlar məktəbə gedəndə ona salam verdilər və bir az söhbət "
        "etdilər. Günortaya yaxın qonşu gəlib dedi ki, şəhərdə yeni kitabxana açılacaq və orada hər "
        "kəs pulsuz oxuya bilər. Axşam çay içdik, köhnə şəkillərə baxdıq, keçən ilin yağışlı "
        "günlərini xatırladıq. Sonra hamı evinə qayıtdı, küçələr boş qaldı, yalnız küləyin səsi."
    ),
    "Esperanto": (
        "Ĉiun matenon la maljuna instruisto promenas laŭ la rivero kaj aŭskultas la birdojn. Li "
        "ĝojas, ĉar hodiaŭ lia nepino venos por manĝi kun li. Ŝi loĝas en la ĉefurbo kaj laboras en "
        "granda ĵurnalo, kie oni ĉiam hastas. Ankaŭ ŝia frato volis veni, sed li devis resti hejme "
        "pro malsano. Post la tagmanĝo ili sidos sub la arbo antaŭ la domo, parolos pri pasintaj "
        "jaroj kaj poste iros al la ĥoro. Neniu scias, ĉu baldaŭ pluvos aŭ ne; tio ne gravas."
    ),
    "Irish": (
        "Gach maidin éiríonn an feirmeoir go luath agus téann sé amach chun na páirce. Bíonn an "
        "féar fliuch fós, agus cloiseann sé na héin ag canadh sna crainn. Tá a bhean chéile ag obair "
        "sa siopa ar an mbóthar mór, áit a ndíolann sí arán, cáis agus úlla. Tagann na páistí abhaile "
        "ón scoil ar a trí a chlog, agus ansin bíonn tae acu le chéile cois tine. Inné dúirt an "
        "sagart go mbeidh ceol agus damhsa sa halla oíche Shathairn, ach níl a fhios ag éinne cén t-am."
    ),
    "Albanian": (
        "Në mëngjes herët gjyshi hap dritaren dhe shikon malet që janë ende të bardha nga bora. Ai "
        "thotë se sot do të jetë ditë e bukur dhe se duhet të shkojmë në fshat për të marrë djathë "
        "e mjaltë. Fëmijët luajnë në oborr me qenin, ndërsa nëna përgatit çajin. Më vonë vjen një "
        "mik i vjetër, i cili punon në qytet si mësues, dhe na tregon çfarë ka ndodhur gjatë verës. "
        "Askush nuk e di kur do të kthehet vëllai ynë, por të gjithë shpresojmë që të jetë shpejt."
    ),
    "Afrikaans": (
        "Vroeg in die môre stap die boer oor die nat gras na die dam toe. Hy wil sien of daar genoeg "
        "water vir die beeste is, want dit het lanklaas gereën. Sy vrou bly by die huis en bak brood; "
        "die kinders is reeds skool toe. Later kom ’n buurman kuier en hulle gesels oor die weer, die "
        "prys van wol en ’n reünie wat hulle moet reël. Niemand weet hoeveel mense sal kom nie, maar "
        "môreaand sê sy vir almal dat die kos gereed is. Daar is hoë berge en breë riviere in ons land."
    ),
    "Breton": (
        "Bep mintin e sav ar martolod a-bred hag e sell ouzh ar mor dre ar prenestr. Lavarout a ra "
        "d'e wreg e vo brav an amzer hiziv, met houmañ ne gred ket anezhañ. Er porzh-mor ez eus tud "
        "o werzhañ pesked, ha bugale o c'hoari gant un tamm koad. Goude lein ez aimp da welet va "
        "moereb kozh, a zo o chom en ur gêr vihan tost d'ar c'hoad. Eno e vez atav traoù mat da "
        "zebriñ, ha kontet e vez istorioù eus an amzer dremenet e-pad an nozvezhioù hir. Ùn dra all."
    ),
    "Macedonian": (
        "Рано наутро старецот излегува од куќата и гледа кон планината, каде што сè уште има снег. "
        "Вели дека денес ќе биде убав ден и дека треба да одиме на пазар за сирење, мед и леб. "
        "Децата играат во дворот со кучето, а мајка им готви чај. Подоцна доаѓа еден пријател кој "
        "работи во градот како учител и ни раскажува што се случило летово. Џебот му е полн со "
        "ореви. Никој не знае кога ќе се врати брат ми, но сите се надеваме дека ќе биде набрзо; "
        "љубопитни се и ѕвездите, меѓу другото, и ноќта што доаѓа со ветерот од југ."
    ),
    "Tajik": (
        "Субҳи барвақт боғбони пир ба ҳавлӣ баромада, гулҳоро об медиҳад. Осмон соф аст, вале дар "
        "болои кӯҳҳо абрҳои сафед намоён мешаванд. Кӯдакон ҳангоми ба мактаб рафтан ба ӯ салом "
        "доданд ва каме суҳбат карданд. Пеш аз нисфирӯзӣ ҳамсоя омада гуфт, ки дар шаҳр китобхонаи "
        "нав кушода мешавад ва ҳар кас метавонад дар он ҷо ройгон хонад. Бегоҳӣ чой нӯшидем, "
        "суратҳои кӯҳнаро дидем ва рӯзҳои борони соли гузаштаро ёд кардем. Ғайр аз ин қариб ҳама "
        "ба хонаашон рафтанд, фақат овози шамол мешунидем."
    ),
    "Urdu": (
        "صبح سویرے بوڑھا مالی باغ میں آتا ہے اور پھولوں کو پانی دیتا ہے۔ آسمان صاف ہے مگر پہاڑوں پر سفید "
        "بادل نظر آ رہے ہیں۔ بچے اسکول جاتے ہوئے اسے سلام کرتے ہیں اور تھوڑی دیر باتیں کرتے ہیں۔ دوپہر سے "
        "پہلے ایک پڑوسی نے آ کر کہا کہ شہر میں نئی لائبریری کھلنے والی ہے جہاں ہر شخص مفت پڑھ سکے گا۔ شام کو "
        "ہم نے چائے پی، پرانی تصویریں دیکھیں اور پچھلے سال کی بارش کے دن یاد کیے۔ پھر سب اپنے اپنے گھر چلے "
        "گئے، گلیاں خالی ہو گئیں اور صرف ہوا کی آواز رہ گئی۔ ڈاکٹر صاحب ٹھیک کہتے تھے۔"
    ),
    "English": (
        "By the time we reached the harbour, most of the boats had gone and the market was closing. A "
        "woman who sold fish told us that there would be nothing left until Thursday, because of the "
        "storm. We bought bread, cheese and a bag of small apples instead, and walked back along the "
        "wall while the children counted gulls. Nobody knew whether the ferry would leave that night. "
        "Just before six the captain came over, shook hands with everyone and explained quite quickly "
        "what he expected: wind from the north, high water, and a long wait for the next vessel."
    ),
    "French": (
        "Quand nous sommes arrivés au port, la plupart des bateaux étaient déjà partis et le marché "
        "fermait. Une vieille femme nous a dit qu'il n'y aurait plus rien jusqu'à jeudi à cause de la "
        "tempête. Alors nous avons acheté du pain, du fromage et quelques pommes, puis nous sommes "
        "rentrés en longeant le mur pendant que les enfants comptaient les mouettes. Personne ne savait "
        "si le bac partirait ce soir-là. Le capitaine, lui, espérait qu'on pût attendre : « Vous voyez "
        "bien, dit-il, que ça souffle trop fort. » Où dormirions-nous ? Chez sa sœur, peut-être."
    ),
    "German": (
        "Als wir den Hafen erreichten, waren die meisten Boote schon weg, und der Markt wurde gerade "
        "geschlossen. Eine alte Frau sagte uns, dass es wegen des Sturms bis Donnerstag nichts mehr "
        "geben würde. Also kauften wir Brot, Käse und ein paar Äpfel und gingen an der Mauer entlang "
        "zurück, während die Kinder Möwen zählten. Niemand wusste, ob die Fähre an diesem Abend noch "
        "fahren könnte. Der Kapitän gab allen die Hand und erklärte, was er befürchtete: Wind aus "
        "Norden, hohes Wasser, große Wellen und eine lange Wartezeit bis zum nächsten Schiff."
    ),
    "Spanish": (
        "Cuando llegamos al puerto, la mayoría de los barcos ya se había ido y el mercado estaba "
        "cerrando. Una señora nos dijo que no habría nada hasta el jueves por culpa de la tormenta. "
        "Compramos pan, queso y unas manzanas, y volvimos por el muro mientras los niños contaban "
        "gaviotas. Nadie sabía si el barco saldría esa noche. ¿Qué podíamos hacer? El capitán nos dio "
        "la mano y explicó lo que esperaba: viento del norte, mucha agua y una larga espera hasta el "
        "próximo viaje. Así fue; también llovió, y el año siguiente volvimos allí."
    ),
    "Russian": (
        "Когда мы пришли в порт, почти все лодки уже ушли, и рынок закрывался. Старая женщина сказала, "
        "что из-за бури до четверга ничего не будет. Поэтому мы купили хлеба, сыра и немного яблок и "
        "пошли обратно вдоль стены, пока дети считали чаек. Никто не знал, уйдёт ли паром этим вечером. "
        "Капитан пожал всем руки и объяснил, чего он ожидает: северный ветер, высокая вода и долгое "
        "ожидание следующего корабля. Ещё он обещал прислать нам письмо, если что-нибудь изменится."
    ),
    "Dutch": (
        "Toen wij de haven bereikten, waren de meeste boten al weg en werd de markt gesloten. Een oude "
        "vrouw vertelde ons dat er door de storm tot donderdag niets meer zou zijn. Daarom kochten we "
        "brood, kaas en een paar appels en liepen we langs de muur terug, terwijl de kinderen meeuwen "
        "telden. Niemand wist of de veerboot die avond nog zou varen. De kapitein gaf iedereen een hand "
        "en legde uit wat hij verwachtte: wind uit het noorden, hoog water en een lange wachttijd. Drie "
        "reünies later waren de ideeën van België nog altijd financiële dromen, één voor één."
    ),
    "Danish": (
        "Da vi nåede havnen, var de fleste både allerede sejlet, og torvet var ved at lukke. En gammel "
        "kone fortalte os, at der ikke ville være noget før torsdag på grund af stormen. Så købte vi "
        "brød, ost og nogle æbler og gik tilbage langs muren, mens børnene talte måger. Ingen vidste, "
        "om færgen ville afgå den aften. Kaptajnen gav alle hånden og forklarede, hvad han ventede: "
        "nordenvind, højvande og en lang ventetid, til det næste skib kunne lægge fra land."
    ),
    "Norwegian": (
        "Da vi kom fram til havna, hadde de fleste båtene allerede dratt, og torget holdt på å stenge. "
        "En gammel kone fortalte oss at det ikke ville være noe før torsdag på grunn av stormen. Så "
        "kjøpte vi brød, ost og noen epler og gikk tilbake langs muren mens barna telte måker. Ingen "
        "visste om ferja skulle gå den kvelden. Kapteinen ga alle hånda og forklarte hva han ventet: "
        "nordavind, høyvann og lang ventetid før neste skip kunne legge fra land. Vi fôret hesten óg."
    ),
    "Finnish": (
        "Kun tulimme satamaan, useimmat veneet olivat jo lähteneet ja tori oli sulkeutumassa. Vanha "
        "nainen kertoi meille, ettei myrskyn vuoksi olisi mitään ennen torstaita. Niinpä ostimme "
        "leipää, juustoa ja muutaman omenan ja kävelimme takaisin muurin viertä, kun lapset laskivat "
        "lokkeja. Kukaan ei tiennyt, lähtisikö lautta sinä iltana. Kapteeni kätteli kaikkia ja selitti, "
        "mitä hän odotti: pohjoistuulta, korkeaa vettä ja pitkää odotusta. Yöllä söimme hyvää keittoa."
    ),
    "Icelandic": (
        "Þegar við komum að höfninni voru flestir bátarnir farnir og verið var að loka markaðnum. Gömul "
        "kona sagði okkur að ekkert yrði til fyrr en á fimmtudag vegna veðurs. Við keyptum því brauð, "
        "ost og nokkur epli og gengum til baka meðfram veggnum á meðan börnin töldu máva. Enginn vissi "
        "hvort ferjan færi þetta kvöld. Skipstjórinn tók í höndina á öllum og útskýrði hverju hann "
        "bjóst við: norðanátt, háflóði og langri bið eftir næsta skipi. Ég hélt það væri öðruvísi."
    ),
    "Catalan": (
        "Quan vam arribar al port, la majoria de les barques ja havien marxat i el mercat tancava. Una "
        "dona gran ens va dir que no hi hauria res fins dijous a causa de la tempesta. Així que vam "
        "comprar pa, formatge i unes pomes, i vam tornar seguint el mur mentre els nens comptaven "
        "gavines. Ningú no sabia si el vaixell sortiria aquell vespre. El capità ens va donar la mà i "
        "va explicar què esperava: vent del nord, molta aigua i una llarga espera. L'endemà col·laboràrem "
        "amb els veïns, perquè també plovia i calia fer-ho; això és tot el que sé."
    ),
    "Italian": (
        "Quando arrivammo al porto, la maggior parte delle barche era già partita e il mercato stava "
        "chiudendo. Una vecchia signora ci disse che non ci sarebbe stato più niente fino a giovedì per "
        "colpa della tempesta. Così comprammo pane, formaggio e qualche mela, e tornammo lungo il muro "
        "mentre i bambini contavano i gabbiani. Nessuno sapeva se il traghetto sarebbe partito quella "
        "sera. Il capitano, però, spiegò perché bisognava aspettare: c'è troppo vento, e può durare."
    ),
    "Portuguese": (
        "Quando chegámos ao porto, a maior parte dos barcos já tinha partido e o mercado estava a "
        "fechar. Uma senhora disse-nos que não haveria mais nada até quinta-feira por causa da "
        "tempestade. Então comprámos pão, queijo e algumas maçãs e voltámos ao longo do muro enquanto "
        "as crianças contavam gaivotas. Ninguém sabia se o barco sairia naquela noite. O capitão "
        "explicou o que esperava: vento do norte, água alta e uma longa espera. Você também não vê?"
    ),
    "Swedish": (
        "När vi kom fram till hamnen hade de flesta båtarna redan gått och torget höll på att stänga. En "
        "gammal kvinna berättade att det inte skulle finnas något förrän på torsdag på grund av stormen. "
        "Därför köpte vi bröd, ost och några äpplen och gick tillbaka längs muren medan barnen räknade "
        "måsar. Ingen visste om färjan skulle gå den kvällen. Kaptenen tog alla i hand och förklarade "
        "vad han väntade sig: nordanvind, högt vatten och en lång väntan på nästa skepp."
    ),
    "Polish": (
        "Kiedy dotarliśmy do portu, większość łodzi już odpłynęła, a targ właśnie zamykano. Stara kobieta "
        "powiedziała nam, że z powodu burzy do czwartku nic nie będzie. Kupiliśmy więc chleb, ser i kilka "
        "jabłek i wróciliśmy wzdłuż muru, podczas gdy dzieci liczyły mewy. Nikt nie wiedział, czy prom "
        "odpłynie tego wieczoru. Kapitan podał wszystkim rękę i wyjaśnił, czego się spodziewa: wiatru z "
        "północy, wysokiej wody i długiego czekania na następny statek. Źle się stało, że też padało."
    ),
    "Czech": (
        "Když jsme dorazili do přístavu, většina lodí už odplula a trh se právě zavíral. Stará žena nám "
        "řekla, že kvůli bouři do čtvrtka nic nebude. Koupili jsme tedy chléb, sýr a několik jablek a "
        "vraceli se podél zdi, zatímco děti počítaly racky. Nikdo nevěděl, jestli ten večer ještě něco "
        "popluje. Kapitán všem podal ruku a vysvětlil, co očekává: severní vítr, vysokou vodu a dlouhé "
        "čekání na další loď. Ještě že jsme měli dost peněz na oběd a že můj přítel uměl vařit."
    ),
    "Slovak": (
        "Keď sme prišli do prístavu, väčšina lodí už odplávala a trh sa práve zatváral. Stará žena nám "
        "povedala, že pre búrku do štvrtka nič nebude. Kúpili sme teda chlieb, syr a niekoľko jabĺk a "
        "vracali sme sa popri múre, kým deti počítali čajky. Nikto nevedel, či loď v ten večer ešte "
        "odíde. Kapitán všetkým podal ruku a vysvetlil, čo očakáva: severný vietor, vysokú vodu a dlhé "
        "čakanie. Môj priateľ však povedal, že tŕnie a vŕby rastú ďalej a že sa všetko dá zvládnuť."
    ),
    "Slovenian": (
        "Ko smo prišli v pristanišče, je večina čolnov že odplula in tržnica se je zapirala. Stara ženska "
        "nam je povedala, da zaradi nevihte do četrtka ne bo ničesar več. Kupili smo torej kruh, sir in "
        "nekaj jabolk ter se vrnili ob zidu, medtem ko so otroci šteli galebe. Nihče ni vedel, ali bo "
        "ladja tisti večer še odplula. Kapitan je vsem segel v roko in razložil, kaj pričakuje: severni "
        "veter, visoko vodo in dolgo čakanje na naslednjo ladjo. Če želiš, te počakam pred hišo."
    ),
    "Croatian": (
        "Kad smo stigli u luku, većina brodova već je otplovila i tržnica se zatvarala. Stara žena rekla "
        "nam je da zbog oluje do četvrtka neće biti ničega. Zato smo kupili kruh, sir i nekoliko jabuka "
        "te se vratili uz zid dok su djeca brojila galebove. Nitko nije znao hoće li brod te večeri "
        "krenuti. Kapetan je svima pružio ruku i objasnio što očekuje: sjeverni vjetar, visoku vodu i "
        "dugo čekanje. Gospođa je đaku dala još jednu jabuku i rekla da će sutra sigurno biti ljepše."
    ),
    "Hungarian": (
        "Amikor elértük a kikötőt, a legtöbb hajó már elment, és a piac éppen bezárt. Egy öregasszony azt "
        "mondta, hogy a vihar miatt csütörtökig semmi sem lesz. Így hát vettünk kenyeret, sajtot és néhány "
        "almát, és a fal mentén sétáltunk vissza, miközben a gyerekek a sirályokat számolták. Senki sem "
        "tudta, hogy indul-e aznap este a komp. A kapitány mindenkivel kezet fogott, és elmagyarázta, mire "
        "számít: északi szélre, magas vízre és hosszú várakozásra. Őszintén szólva nem hittünk neki, űrült."
    ),
    "Romanian": (
        "Când am ajuns în port, cele mai multe bărci plecaseră deja, iar piața se închidea. O femeie "
        "bătrână ne-a spus că din cauza furtunii nu va mai fi nimic până joi. Așa că am cumpărat pâine, "
        "brânză și câteva mere și ne-am întors pe lângă zid, în timp ce copiii numărau pescăruși. Nimeni nu "
        "știa dacă vaporul va pleca în seara aceea. Căpitanul a dat mâna cu toți și a explicat la ce se "
        "așteaptă: vânt din nord, apă mare și o lungă așteptare. Țara întreagă își făcea griji."
    ),
    "Lithuanian": (
        "Kai atėjome į uostą, dauguma valčių jau buvo išplaukusios, o turgus darėsi tuščias. Sena moteris "
        "mums pasakė, kad dėl audros iki ketvirtadienio nieko nebus. Todėl nusipirkome duonos, sūrio ir "
        "kelis obuolius ir grįžome palei sieną, o vaikai skaičiavo žuvėdras. Niekas nežinojo, ar keltas tą "
        "vakarą dar išplauks. Kapitonas visiems paspaudė ranką ir paaiškino, ko tikisi: šiaurės vėjo, aukšto "
        "vandens ir ilgo laukimo. Vėliau mūsų draugė išvirė skanią sriubą, ir visi džiaugėsi."
    ),
    "Latvian": (
        "Kad mēs nonācām ostā, lielākā daļa laivu jau bija aizbraukusi un tirgus tika slēgts. Kāda veca "
        "sieviete mums teica, ka vētras dēļ līdz ceturtdienai nekā nebūs. Tāpēc mēs nopirkām maizi, sieru un "
        "dažus ābolus un gājām atpakaļ gar mūri, kamēr bērni skaitīja kaijas. Neviens nezināja, vai prāmis "
        "tajā vakarā vēl izbrauks. Kapteinis visiem paspieda roku un paskaidroja, ko viņš gaida: ziemeļu "
        "vēju, augstu ūdeni un ilgu gaidīšanu. Tad šķūnī atradām ķirbjus, ģimene bija ļoti priecīga."
    ),
    "Estonian": (
        "Kui me sadamasse jõudsime, oli enamik paate juba läinud ja turg hakkas sulguma. Vana naine ütles "
        "meile, et tormi tõttu ei ole enne neljapäeva midagi. Nii ostsime leiba, juustu ja mõned õunad ning "
        "läksime müüri äärt mööda tagasi, samal ajal kui lapsed kajakaid lugesid. Keegi ei teadnud, kas laev "
        "sel õhtul veel väljub. Kapten surus kõigil kätt ja seletas, mida ta ootab: põhjatuult, kõrget vett "
        "ja pikka ootamist. Öösel sõime head suppi ja rääkisime vanadest aegadest, žürii šokolaadist."
    ),
    "Turkish": (
        "Limana vardığımızda teknelerin çoğu gitmişti ve pazar kapanıyordu. Yaşlı bir kadın bize fırtına "
        "yüzünden perşembeye kadar hiçbir şey olmayacağını söyledi. Biz de ekmek, peynir ve birkaç elma "
        "alıp çocuklar martıları sayarken duvar boyunca geri yürüdük. Geminin o akşam kalkıp kalkmayacağını "
        "kimse bilmiyordu. Kaptan herkesin elini sıktı ve ne beklediğini anlattı: kuzey rüzgârı, yüksek su "
        "ve uzun bir bekleyiş. Ertesi gün güneş doğunca İstanbul yoluna çıktık; ışık çok güzeldi."
    ),
    "Vietnamese": (
        "Khi chúng tôi đến bến cảng, phần lớn thuyền đã đi rồi và chợ sắp đóng cửa. Một bà cụ nói rằng vì "
        "bão nên đến thứ năm mới có gì để bán. Vậy nên chúng tôi mua bánh mì, một ít táo và nước uống, rồi "
        "đi bộ về dọc theo bức tường trong lúc bọn trẻ đếm chim. Không ai biết chuyến phà tối hôm đó có chạy "
        "hay không. Ông thuyền trưởng bắt tay mọi người và giải thích những điều ông lo lắng: gió bắc, nước "
        "lớn và phải chờ lâu. Những người khác ngồi trước nhà, kể chuyện ngày xưa và cười vui vẻ."
    ),
    "Maltese": (
        "Meta wasalna fil-port, il-biċċa l-kbira tad-dgħajjes kienu diġà telqu u s-suq kien qed jagħlaq. Mara "
        "xiħa qaltilna li minħabba l-maltempata ma kien se jkun hemm xejn sal-Ħamis. Għalhekk xtrajna l-ħobż, "
        "il-ġobon u ftit tuffieħ, u mxejna lura mal-ħajt waqt li t-tfal kienu jgħoddu l-għasafar. Ħadd ma kien "
        "jaf jekk il-vapur kienx se jitlaq dik il-lejla. Il-kaptan ta idejh lil kulħadd u spjega x'kien qed "
        "jistenna: riħ mit-tramuntana, ilma għoli u stennija twila. Żgur li l-verità hija oħra, iżda."
    ),
    "Welsh": (
        "Pan gyrhaeddon ni'r harbwr, roedd y rhan fwyaf o'r cychod wedi mynd ac roedd y farchnad yn cau. "
        "Dywedodd hen wraig wrthym na fyddai dim byd ar gael tan ddydd Iau oherwydd y storm. Felly prynon ni "
        "fara, caws a rhai afalau, a cherdded yn ôl ar hyd y wal tra oedd y plant yn cyfri'r gwylanod. Doedd "
        "neb yn gwybod a fyddai'r fferi'n gadael y noson honno. Ysgydwodd y capten law â phawb ac egluro beth "
        "oedd yn ei ddisgwyl: gwynt o'r gogledd, dŵr uchel ac aros hir. Mae tŷ fy nhad-cu ger y môr, tân ŵyl."
    ),
    "Ukrainian": (
        "Коли ми прийшли до порту, більшість човнів уже відпливла, і ринок зачинявся. Стара жінка сказала "
        "нам, що через бурю до четверга нічого не буде. Тож ми купили хліба, сиру та кілька яблук і пішли "
        "назад уздовж муру, поки діти лічили чайок. Ніхто не знав, чи вирушить пором того вечора. Капітан "
        "потиснув усім руки й пояснив, чого він чекає: північного вітру, високої води та довгого очікування. "
        "Її ґанок був зовсім мокрий, але пам'ять про ту ніч і досі живе у моєму серці."
    ),
    "Belarusian": (
        "Калі мы прыйшлі ў порт, большасць лодак ужо адплыла, і рынак зачыняўся. Старая жанчына сказала нам, "
        "што праз буру да чацвярга нічога не будзе. Таму мы купілі хлеба, сыру і некалькі яблыкаў і пайшлі "
        "назад уздоўж сцяны, пакуль дзеці лічылі чаек. Ніхто не ведаў, ці пойдзе паром у той вечар. Капітан "
        "паціснуў усім рукі і растлумачыў, чаго ён чакае: паўночнага ветру, высокай вады і доўгага чакання. "
        "Яшчэ ён сказаў, што ў наступным годзе ўсё зробіцца лягчэй, бо з'явіцца новы карабель."
    ),
    "Bulgarian": (
        "Когато стигнахме до пристанището, повечето лодки вече бяха тръгнали и пазарът се затваряше. Една "
        "стара жена ни каза, че заради бурята до четвъртък няма да има нищо. Затова купихме хляб, сирене и "
        "няколко ябълки и се върнахме покрай стената, докато децата брояха чайките. Никой не знаеше дали "
        "корабът ще тръгне същата вечер. Капитанът подаде ръка на всички и обясни какво очаква: северен вятър, "
        "висока вода и дълго чакане. Също така обеща да ни пише, ако нещо се промени в последния момент."
    ),
    "Serbian": (
        "Кад смо стигли у луку, већина бродова је већ отпловила и пијаца се затварала. Стара жена нам је "
        "рекла да због олује до четвртка неће бити ничега. Зато смо купили хлеб, сир и неколико јабука и "
        "вратили се поред зида док су деца бројала галебове. Нико није знао да ли ће брод те вечери кренути. "
        "Капетан је свима пружио руку и објаснио шта очекује: северни ветар, високу воду и дуго чекање. Госпођа "
        "је ђаку дала још једну јабуку из џепа и рекла да ће сутра сигурно бити лепше; њен љубимац је спавао."
    ),
    "Kazakh": (
        "Біз айлаққа жеткенде, қайықтардың көбі кетіп қалған, ал базар жабылып жатыр екен. Бір қарт әйел "
        "дауылдың кесірінен бейсенбіге дейін ештеңе болмайтынын айтты. Сондықтан біз нан, ірімшік және бірнеше "
        "алма сатып алып, балалар шағалаларды санап жүргенде қабырғаны бойлай кері қайттық. Сол кеште кеменің "
        "жүретінін ешкім білмеді. Капитан бәрінің қолын алып, не күтетінін түсіндірді: солтүстік жел, мол су "
        "және ұзақ күту. Ертеңіне күн ашық болды, үйге қуанып оралдық, әңгіме көп еді, ғажап һәм қызық."
    ),
    "Greek": (
        "Όταν φτάσαμε στο λιμάνι, τα περισσότερα καΐκια είχαν ήδη φύγει και η αγορά έκλεινε. Μια γριά γυναίκα "
        "μας είπε πως λόγω της καταιγίδας δεν θα υπήρχε τίποτα ως την Πέμπτη. Έτσι αγοράσαμε ψωμί, τυρί και "
        "λίγα μήλα και γυρίσαμε πίσω κατά μήκος του τοίχου, ενώ τα παιδιά μετρούσαν γλάρους. Κανείς δεν ήξερε "
        "αν το πλοίο θα έφευγε εκείνο το βράδυ. Ο καπετάνιος έδωσε σε όλους το χέρι και εξήγησε τι περίμενε: "
        "βοριά, ψηλά νερά και μεγάλη αναμονή. Ύστερα καθίσαμε όλοι μαζί και μιλήσαμε για τα παλιά χρόνια."
    ),
    "Hebrew": (
        "כשהגענו לנמל רוב הסירות כבר יצאו והשוק עמד להיסגר. אישה זקנה אמרה לנו שבגלל הסערה לא יהיה כלום עד "
        "יום חמישי. לכן קנינו לחם, גבינה וכמה תפוחים וחזרנו לאורך החומה בזמן שהילדים ספרו ציפורים. איש לא ידע "
        "אם המעבורת תצא באותו ערב. רב החובל לחץ את ידי כולם והסביר למה הוא מצפה: רוח צפונית, מים גבוהים והמתנה "
        "ארוכה. אחר כך ישבנו ליד הבית, שתינו תה חם ודיברנו על השנים שעברו. בבוקר השמש זרחה והים היה שקט מאוד."
    ),
    "Arabic": (
        "عندما وصلنا إلى الميناء كانت معظم القوارب قد غادرت وكان السوق على وشك الإغلاق. قالت لنا امرأة عجوز إنه "
        "لن يكون هناك شيء حتى يوم الخميس بسبب العاصفة. لذلك اشترينا الخبز والجبن وبعض التفاح وعدنا على طول الجدار "
        "بينما كان الأطفال يعدون الطيور. لم يكن أحد يعرف هل ستبحر السفينة في ذلك المساء. صافح القبطان الجميع وشرح "
        "ما يتوقعه: ريح من الشمال ومياه عالية وانتظار طويل. ثم جلسنا أمام البيت نشرب الشاي ونتحدث عن السنين الماضية."
    ),
    "Persian": (
        "وقتی به بندر رسیدیم بیشتر قایق‌ها رفته بودند و بازار داشت بسته می‌شد. زن پیری به ما گفت که به خاطر توفان "
        "تا پنج‌شنبه هیچ چیز نخواهد بود. پس نان و پنیر و چند سیب خریدیم و از کنار دیوار برگشتیم، در حالی که بچه‌ها "
        "پرنده‌ها را می‌شمردند. هیچ کس نمی‌دانست که آیا کشتی آن شب حرکت می‌کند یا نه. ناخدا با همه دست داد و گفت چه "
        "انتظاری دارد: باد شمال، آب بالا و انتظاری طولانی. بعد جلوی خانه نشستیم، چای خوردیم و از گذشته حرف زدیم. ژاله"
    ),
    "Thai": (
        "เมื่อเรามาถึงท่าเรือ เรือส่วนใหญ่ออกไปแล้วและตลาดกำลังจะปิด หญิงชราคนหนึ่งบอกเราว่าจะไม่มีอะไรขายจนถึงวันพฤหัสบดี"
        "เพราะพายุ เราจึงซื้อขนมปัง ไข่ และผลไม้บางอย่าง แล้วเดินกลับไปตามกำแพงในขณะที่เด็กๆ นับนก ไม่มีใครรู้ว่าเรือข้ามฟากจะออก"
        "ในคืนนั้นหรือไม่ กัปตันจับมือกับทุกคนและอธิบายสิ่งที่เขาคาดไว้ ลมเหนือ น้ำสูง และการรอคอยที่ยาวนาน หลังจากนั้นเรานั่งอยู่หน้าบ้าน "
        "ดื่มน้ำชาและพูดคุยกันเรื่องเก่าๆ ตอนเช้าอากาศดีมาก ทุกคนยิ้มและรู้สึกมีความสุข"
    ),
    "Japanese": (
        "港に着いたとき、ほとんどの船はもう出ていて、市場も閉まるところでした。年を取った女の人が、嵐のために木曜日までは何もないだろうと"
        "言いました。それで私たちはパンとチーズとりんごを少し買って、子どもたちが鳥を数えている間に、長い壁に沿って歩いて帰りました。"
        "その夜に船が出るかどうか、だれも知りませんでした。船長はみんなと話し、北の風が強く、水が高いので、次の船まで長く待つことになると"
        "説明しました。一年前にも同じことがあったそうです。時間は十分にあります。新しい本を読み、手紙を書き、古い友だちに電話をかけました。"
        "今日の会社の会議では、日本の大学生が外国語の学習について発表する予定です。東京から電車で二時間、駅の前には小さな店が並び、"
        "毎朝多くの人が通ります。先生は学校の教室で「明日の天気を見てから決めましょう」と言った。父は自動車の工場で働き、母は家で花や"
        "野菜を育てている。国の法律では、子供の安全を第一に考えなければならないと思います。もし問題があれば、すぐに連絡してください。"
        "データを保存するときは、ファイルの名前と場所を選び、最後にボタンを押します。テレビのニュースによると、来月から新しいサービスが"
        "始まり、世界中のユーザーが無料で使えるようになる。体に気をつけて、ゆっくり休んでね。ありがとうございました。"
        "田中さんと山田さんは、鈴木先生の家の前で佐藤さんと高橋さんに会い、中村の小川で釣りをした。"
    ),
    "Chinese": (
        "我们到港口的时候，大部分的船已经开走了，市场也快要关门。一位老太太告诉我们，因为有大风，到星期四以前什么都没有。所以我们买了面包、"
        "几个苹果和一点水，孩子们数着海边的鸟，大家沿着墙慢慢走回家。没有人知道那天晚上船会不会开。船长和每个人握手，说明他担心的事情："
        "北风很强，水位太高，还要等很长时间才能有下一条船。去年也发生过同样的问题。我想他说的话是对的，可是我的朋友不这么看。"
        "今天公司开会讨论新的工作计划，经理要求各部门在本月底前提出意见。中国的经济发展很快，人民的生活水平不断提高，城市里建了许多学校、"
        "医院和公园。老师让学生用自己的语言写一篇文章，介绍家乡的历史与文化。如果你需要帮助，请打电话或者发信给我们，我们将在三天之内回答。"
        "这本书的作者从小就喜欢音乐，后来成为世界有名的科学家。他认为技术只是工具，最重要的是人的思想和行动。政府正在研究一个方法，"
        "使农村地区也能得到清洁的电力。数据表明，第二次实验的结果比第一次好得多。请先选择文件，再点击保存，系统会自动进行处理。"
        "母亲做好了饭，父亲还没下班，弟弟在房间里看电视，听见外面有车的声音就跑出去了。那时候我们都很年轻，相信只要努力，"
        "一切都会变得更加美好。由于条件所限，这种产品目前只能在少数国家使用，但是价格不高，受到了社会各方面的欢迎。"
    ),
    "Chinese, traditional": (
        "我們到港口的時候，大部分的船已經開走了，市場也快要關門。一位老太太告訴我們，因為有大風，到星期四以前什麼都沒有。所以我們買了麵包、"
        "幾個蘋果和一點水，孩子們數著海邊的鳥，大家沿著牆慢慢走回家。沒有人知道那天晚上船會不會開。船長和每個人握手，說明他擔心的事情："
        "北風很強，水位太高，還要等很長時間才能有下一條船。去年也發生過同樣的問題。我想他說的話是對的，可是我的朋友不這麼看。"
        "今天公司開會討論新的工作計畫，經理要求各部門在本月底前提出意見。臺灣的經濟發展很快，人民的生活水準不斷提高，城市裡建了許多學校、"
        "醫院和公園。老師讓學生用自己的語言寫一篇文章，介紹家鄉的歷史與文化。如果你需要幫助，請打電話或者發信給我們，我們將在三天之內回答。"
        "這本書的作者從小就喜歡音樂，後來成為世界有名的科學家。他認為技術只是工具，最重要的是人的思想和行動。政府正在研究一個方法，"
        "使農村地區也能得到清潔的電力。資料表明，第二次實驗的結果比第一次好得多。請先選擇檔案，再點擊儲存，系統會自動進行處理。"
        "母親做好了飯，父親還沒下班，弟弟在房間裡看電視，聽見外面有車的聲音就跑出去了。那時候我們都很年輕，相信只要努力，"
        "一切都會變得更加美好。由於條件所限，這種產品目前只能在少數國家使用，但是價格不高，受到了社會各方面的歡迎。"
    ),
    "Korean": (
        "우리가 항구에 도착했을 때 대부분의 배는 이미 떠났고 시장도 문을 닫고 있었다. 한 할머니가 폭풍 때문에 목요일까지는 아무것도 없을 "
        "것이라고 말했다. 그래서 우리는 빵과 치즈, 사과 몇 개를 사서 아이들이 새를 세는 동안 벽을 따라 걸어 돌아왔다. 그날 밤 배가 떠날지는 "
        "아무도 몰랐다. 선장은 모두와 악수를 하고 북풍이 강하고 물이 높아서 다음 배까지 오래 기다려야 한다고 설명했다. 작년에도 같은 일이 "
        "있었다고 한다. 오늘 회사에서는 새로운 사업 계획에 대한 회의를 열고 각 부서의 의견을 들었습니다. 한국의 경제는 빠르게 발전했으며 국민의 "
        "생활 수준도 크게 높아졌다. 선생님은 학생들에게 자기 고향의 역사와 문화를 소개하는 글을 쓰게 하셨습니다. 도움이 필요하면 전화나 편지로 "
        "연락해 주세요. 이 책의 저자는 어릴 때부터 음악을 좋아했지만 나중에 유명한 과학자가 되었다. 기술은 도구일 뿐이며 가장 중요한 것은 사람의 "
        "생각과 행동이라고 그는 믿는다. 정부는 농촌 지역에서도 깨끗한 전기를 쓸 수 있는 방법을 연구하고 있다. 파일을 선택한 다음 저장 버튼을 "
        "누르면 자동으로 처리됩니다. 어머니는 밥을 하시고 아버지는 아직 퇴근하지 않으셨으며 동생은 방에서 텔레비전을 보다가 밖으로 뛰어나갔다."
    ),
}
"""By the names of `texts_encodings`."""
