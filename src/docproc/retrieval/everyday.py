"""Everyday questions: what people ask of the world, to learn how a model scores what is not there.

Each language has the same questions in the same order, so that how well a model reads a question
in one language over texts in another can be told without a corpus: does a question lie nearest to
its own translation?  Their subjects were chosen to be far from one another, and each language has
short ones, keywords, and long ones.  A corpus may well answer some of them.
"""

from __future__ import annotations

from typing import Final

EVERYDAY: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "Why is the sky blue?",
        "How do I bake bread without yeast?",
        "How many bones are in the human body?",
        "Where does coffee grow?",
        "Who was the first person on the Moon?",
        "Which team won the football championship last year?",
        "Why do cats purr?",
        "repair of a leaking tap",
        "symptoms of a cold",
        "When was the Great Wall of China built?",
        "knitting patterns for beginners",
        "What is the best way to learn the piano?",
        "How should a vegetable garden be prepared for the winter?",
        "Which animals sleep through the winter and where do they hide?",
        "Why do some metals rust while others keep their shine?",
        "In which year was the first heart transplant carried out, and by whom?",
        "How much water does an adult need to drink on a hot day?",
        "Who wrote the novel about a captain who hunts a white whale?",
        "Where can one see the northern lights and at what time of the year?",
        "How do birds find their way when they fly south for the winter, and how do the young ones "
        "know where to go?",
        "I would like to know how chocolate is made from the beans of the cocoa tree, and which "
        "countries grow most of it.",
        "What rules decide which side has the right of way when two sailing boats meet in a race, "
        "and who settles it when the crews do not agree?",
        "Describe how a violin maker chooses and dries the wood for the back of the instrument, "
        "and what the varnish does for its sound.",
        "Who were the most important painters of the Dutch golden age, what did they paint, and in "
        "which museums do their works hang today?",
    ),
    "de": (
        "Warum ist der Himmel blau?",
        "Wie backe ich Brot ohne Hefe?",
        "Wie viele Knochen hat der menschliche Körper?",
        "Wo wächst Kaffee?",
        "Wer war der erste Mensch auf dem Mond?",
        "Welche Mannschaft hat im letzten Jahr die Fußballmeisterschaft gewonnen?",
        "Warum schnurren Katzen?",
        "Reparatur eines tropfenden Wasserhahns",
        "Anzeichen einer Erkältung",
        "Wann wurde die Chinesische Mauer gebaut?",
        "Strickmuster für Anfänger",
        "Wie lernt man am besten Klavier spielen?",
        "Wie bereitet man einen Gemüsegarten auf den Winter vor?",
        "Welche Tiere schlafen den Winter hindurch, und wo verstecken sie sich?",
        "Warum rosten manche Metalle, während andere ihren Glanz behalten?",
        "In welchem Jahr wurde zum ersten Mal ein Herz verpflanzt, und von wem?",
        "Wie viel Wasser muss ein Erwachsener an einem heißen Tag trinken?",
        "Wer schrieb den Roman über einen Kapitän, der einen weißen Wal jagt?",
        "Wo kann man das Nordlicht sehen, und zu welcher Jahreszeit?",
        "Wie finden Vögel ihren Weg, wenn sie für den Winter nach Süden fliegen, und woher wissen "
        "die jungen, wohin es geht?",
        "Ich möchte wissen, wie aus den Bohnen des Kakaobaums Schokolade gemacht wird und welche "
        "Länder am meisten davon anbauen.",
        "Welche Regeln bestimmen, wer Vorfahrt hat, wenn sich zwei Segelboote in einem Rennen "
        "begegnen, und wer entscheidet, wenn die Mannschaften sich nicht einig sind?",
        "Beschreibe, wie ein Geigenbauer das Holz für den Boden des Instruments auswählt und "
        "trocknet und was der Lack für den Klang tut.",
        "Wer waren die bedeutendsten Maler des niederländischen Goldenen Zeitalters, was malten "
        "sie, und in welchen Museen hängen ihre Werke heute?",
    ),
    "fr": (
        "Pourquoi le ciel est-il bleu ?",
        "Comment faire du pain sans levure ?",
        "Combien d'os compte le corps humain ?",
        "Où pousse le café ?",
        "Qui a été le premier homme sur la Lune ?",
        "Quelle équipe a gagné le championnat de football l'année dernière ?",
        "Pourquoi les chats ronronnent-ils ?",
        "réparation d'un robinet qui fuit",
        "symptômes d'un rhume",
        "Quand la Grande Muraille de Chine a-t-elle été construite ?",
        "modèles de tricot pour débutants",
        "Quelle est la meilleure façon d'apprendre le piano ?",
        "Comment préparer un potager pour l'hiver ?",
        "Quels animaux dorment pendant l'hiver et où se cachent-ils ?",
        "Pourquoi certains métaux rouillent-ils alors que d'autres gardent leur éclat ?",
        "En quelle année et par qui la première greffe du cœur a-t-elle été réalisée ?",
        "Quelle quantité d'eau un adulte doit-il boire par une journée chaude ?",
        "Qui a écrit le roman sur un capitaine qui chasse une baleine blanche ?",
        "Où peut-on voir les aurores boréales, et à quel moment de l'année ?",
        "Comment les oiseaux trouvent-ils leur chemin quand ils volent vers le sud pour l'hiver, "
        "et comment les jeunes savent-ils où aller ?",
        "Je voudrais savoir comment on fait le chocolat à partir des fèves du cacaoyer, et quels "
        "pays en cultivent le plus.",
        "Quelles règles décident qui a la priorité quand deux voiliers se croisent dans une "
        "régate, et qui tranche quand les équipages ne sont pas d'accord ?",
        "Décrivez comment un luthier choisit et sèche le bois du fond de l'instrument, et ce que "
        "le vernis apporte au son.",
        "Qui étaient les plus grands peintres du siècle d'or néerlandais, qu'ont-ils peint, et "
        "dans quels musées leurs œuvres sont-elles aujourd'hui ?",
    ),
    "ru": (
        "Почему небо голубое?",
        "Как испечь хлеб без дрожжей?",
        "Сколько костей в теле человека?",
        "Где растёт кофе?",
        "Кто первым из людей побывал на Луне?",
        "Какая команда выиграла чемпионат по футболу в прошлом году?",
        "Почему кошки мурлычут?",
        "ремонт протекающего крана",
        "признаки простуды",
        "Когда была построена Великая Китайская стена?",
        "узоры для вязания для начинающих",
        "Как лучше всего научиться играть на пианино?",
        "Как подготовить огород к зиме?",
        "Какие животные спят всю зиму и где они прячутся?",
        "Почему одни металлы ржавеют, а другие сохраняют блеск?",
        "В каком году и кем была проведена первая пересадка сердца?",
        "Сколько воды нужно пить взрослому человеку в жаркий день?",
        "Кто написал роман о капитане, который охотится на белого кита?",
        "Где можно увидеть северное сияние и в какое время года?",
        "Как птицы находят дорогу, когда улетают на зиму на юг, и откуда молодые знают, куда "
        "лететь?",
        "Я хотел бы узнать, как из бобов какао делают шоколад и в каких странах их выращивают "
        "больше всего.",
        "Какие правила определяют, кто должен уступить дорогу, когда две парусные яхты "
        "встречаются на гонке, и кто решает, если экипажи не согласны?",
        "Опишите, как скрипичный мастер выбирает и сушит дерево для нижней деки инструмента и что "
        "лак даёт его звуку.",
        "Кто были самые известные художники золотого века Голландии, что они писали и в каких "
        "музеях сегодня висят их картины?",
    ),
    "es": (
        "¿Por qué el cielo es azul?",
        "¿Cómo se hace pan sin levadura?",
        "¿Cuántos huesos tiene el cuerpo humano?",
        "¿Dónde crece el café?",
        "¿Quién fue la primera persona en la Luna?",
        "¿Qué equipo ganó el campeonato de fútbol el año pasado?",
        "¿Por qué ronronean los gatos?",
        "reparación de un grifo que gotea",
        "síntomas de un resfriado",
        "¿Cuándo se construyó la Gran Muralla china?",
        "patrones de punto para principiantes",
        "¿Cuál es la mejor manera de aprender a tocar el piano?",
        "¿Cómo se prepara un huerto para el invierno?",
        "¿Qué animales duermen durante el invierno y dónde se esconden?",
        "¿Por qué unos metales se oxidan y otros conservan su brillo?",
        "¿En qué año y por quién se hizo el primer trasplante de corazón?",
        "¿Cuánta agua debe beber un adulto en un día caluroso?",
        "¿Quién escribió la novela sobre un capitán que persigue a una ballena blanca?",
        "¿Dónde se puede ver la aurora boreal y en qué época del año?",
        "¿Cómo encuentran los pájaros su camino cuando vuelan al sur en invierno, y cómo saben los "
        "jóvenes adónde ir?",
        "Quisiera saber cómo se hace el chocolate con los granos del cacao y qué países producen "
        "la mayor parte.",
        "¿Qué reglas deciden quién tiene preferencia cuando dos veleros se cruzan en una regata, y "
        "quién resuelve si las tripulaciones no están de acuerdo?",
        "Describa cómo un constructor de violines elige y seca la madera del fondo del "
        "instrumento, y qué hace el barniz por su sonido.",
        "¿Quiénes fueron los pintores más importantes del siglo de oro holandés, qué pintaron y en "
        "qué museos cuelgan hoy sus obras?",
    ),
    "it": (
        "Perché il cielo è azzurro?",
        "Come si fa il pane senza lievito?",
        "Quante ossa ci sono nel corpo umano?",
        "Dove cresce il caffè?",
        "Chi fu la prima persona sulla Luna?",
        "Quale squadra ha vinto il campionato di calcio l'anno scorso?",
        "Perché i gatti fanno le fusa?",
        "riparazione di un rubinetto che perde",
        "sintomi di un raffreddore",
        "Quando fu costruita la Grande Muraglia cinese?",
        "modelli di maglia per principianti",
        "Qual è il modo migliore per imparare a suonare il pianoforte?",
        "Come si prepara un orto per l'inverno?",
        "Quali animali dormono durante l'inverno e dove si nascondono?",
        "Perché alcuni metalli arrugginiscono mentre altri restano lucidi?",
        "In che anno e da chi fu eseguito il primo trapianto di cuore?",
        "Quanta acqua deve bere un adulto in una giornata calda?",
        "Chi ha scritto il romanzo su un capitano che dà la caccia a una balena bianca?",
        "Dove si può vedere l'aurora boreale e in quale periodo dell'anno?",
        "Come trovano la strada gli uccelli quando volano a sud per l'inverno, e come fanno i "
        "giovani a sapere dove andare?",
        "Vorrei sapere come si fa il cioccolato dai semi del cacao e quali paesi ne coltivano di "
        "più.",
        "Quali regole decidono chi ha la precedenza quando due barche a vela si incontrano in una "
        "regata, e chi decide quando gli equipaggi non sono d'accordo?",
        "Descrivi come un liutaio sceglie e asciuga il legno per il fondo dello strumento, e che "
        "cosa fa la vernice per il suono.",
        "Chi furono i pittori più importanti del secolo d'oro olandese, che cosa dipinsero e in "
        "quali musei si trovano oggi le loro opere?",
    ),
}
"""By language, ISO 639-1."""
