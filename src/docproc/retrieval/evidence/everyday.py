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
        "Why did the Roman Empire fall?",
        "How many bones are in the human body?",
        "Where does coffee grow?",
        "Who was the first person on the Moon?",
        "How many people live in Indonesia?",
        "Which treaty ended the Thirty Years' War?",
        "election of the parliament of Sweden",
        "tasks of a central bank",
        "When was the Great Wall of China built?",
        "causes of the French Revolution",
        "What is the difference between a virus and a bacterium?",
        "What did the ancient Egyptians believe would happen after death?",
        "Which animals sleep through the winter and where do they hide?",
        "Why do some metals rust while others keep their shine?",
        "In which year was the first heart transplant carried out, and by whom?",
        "How much water does an adult need to drink on a hot day?",
        "Who wrote the novel about a captain who hunts a white whale?",
        "Where can one see the northern lights and at what time of the year?",
        "How do birds find their way when they fly south for the winter, and how do the young "
        "ones know where to go?",
        "I would like to know how chocolate is made from the beans of the cocoa tree, and which"
        " countries grow most of it.",
        "Which governments promised to release fewer greenhouse gases, when did they sign the "
        "agreement, and how is it checked whether they keep to it?",
        "Describe how a violin maker chooses and dries the wood for the back of the instrument,"
        " and what the varnish does for its sound.",
        "Who were the most important painters of the Dutch golden age, what did they paint, and"
        " in which museums do their works hang today?",
    ),
    "de": (
        "Warum ist der Himmel blau?",
        "Warum ging das Römische Reich unter?",
        "Wie viele Knochen hat der menschliche Körper?",
        "Wo wächst Kaffee?",
        "Wer war der erste Mensch auf dem Mond?",
        "Wie viele Menschen leben in Indonesien?",
        "Welcher Vertrag beendete den Dreißigjährigen Krieg?",
        "Wahl des schwedischen Parlaments",
        "Aufgaben einer Zentralbank",
        "Wann wurde die Chinesische Mauer gebaut?",
        "Ursachen der Französischen Revolution",
        "Was ist der Unterschied zwischen einem Virus und einem Bakterium?",
        "Was geschah nach dem Glauben der alten Ägypter nach dem Tod?",
        "Welche Tiere schlafen den Winter hindurch, und wo verstecken sie sich?",
        "Warum rosten manche Metalle, während andere ihren Glanz behalten?",
        "In welchem Jahr wurde zum ersten Mal ein Herz verpflanzt, und von wem?",
        "Wie viel Wasser muss ein Erwachsener an einem heißen Tag trinken?",
        "Wer schrieb den Roman über einen Kapitän, der einen weißen Wal jagt?",
        "Wo kann man das Nordlicht sehen, und zu welcher Jahreszeit?",
        "Wie finden Vögel ihren Weg, wenn sie für den Winter nach Süden fliegen, und woher "
        "wissen die jungen, wohin es geht?",
        "Ich möchte wissen, wie aus den Bohnen des Kakaobaums Schokolade gemacht wird und "
        "welche Länder am meisten davon anbauen.",
        "Welche Regierungen versprachen, weniger Treibhausgase auszustoßen, wann "
        "unterzeichneten sie das Abkommen, und wie wird geprüft, ob sie sich daran halten?",
        "Beschreibe, wie ein Geigenbauer das Holz für den Boden des Instruments auswählt und "
        "trocknet und was der Lack für den Klang tut.",
        "Wer waren die bedeutendsten Maler des niederländischen Goldenen Zeitalters, was malten"
        " sie, und in welchen Museen hängen ihre Werke heute?",
    ),
    "fr": (
        "Pourquoi le ciel est-il bleu ?",
        "Pourquoi l'Empire romain est-il tombé ?",
        "Combien d'os compte le corps humain ?",
        "Où pousse le café ?",
        "Qui a été le premier homme sur la Lune ?",
        "Combien de personnes vivent en Indonésie ?",
        "Quel traité a mis fin à la guerre de Trente Ans ?",
        "élection du parlement de Suède",
        "missions d'une banque centrale",
        "Quand la Grande Muraille de Chine a-t-elle été construite ?",
        "causes de la Révolution française",
        "Quelle est la différence entre un virus et une bactérie ?",
        "Que se passait-il après la mort selon les anciens Égyptiens ?",
        "Quels animaux dorment pendant l'hiver et où se cachent-ils ?",
        "Pourquoi certains métaux rouillent-ils alors que d'autres gardent leur éclat ?",
        "En quelle année et par qui la première greffe du cœur a-t-elle été réalisée ?",
        "Quelle quantité d'eau un adulte doit-il boire par une journée chaude ?",
        "Qui a écrit le roman sur un capitaine qui chasse une baleine blanche ?",
        "Où peut-on voir les aurores boréales, et à quel moment de l'année ?",
        "Comment les oiseaux trouvent-ils leur chemin quand ils volent vers le sud pour "
        "l'hiver, et comment les jeunes savent-ils où aller ?",
        "Je voudrais savoir comment on fait le chocolat à partir des fèves du cacaoyer, et "
        "quels pays en cultivent le plus.",
        "Quels gouvernements ont promis d'émettre moins de gaz à effet de serre, quand ont-ils "
        "signé l'accord, et comment vérifie-t-on qu'ils le respectent ?",
        "Décrivez comment un luthier choisit et sèche le bois du fond de l'instrument, et ce "
        "que le vernis apporte au son.",
        "Qui étaient les plus grands peintres du siècle d'or néerlandais, qu'ont-ils peint, et "
        "dans quels musées leurs œuvres sont-elles aujourd'hui ?",
    ),
    "ru": (
        "Почему небо голубое?",
        "Почему пала Римская империя?",
        "Сколько костей в теле человека?",
        "Где растёт кофе?",
        "Кто первым из людей побывал на Луне?",
        "Сколько человек живёт в Индонезии?",
        "Каким договором закончилась Тридцатилетняя война?",
        "выборы в парламент Швеции",
        "задачи центрального банка",
        "Когда была построена Великая Китайская стена?",
        "причины Французской революции",
        "Чем вирус отличается от бактерии?",
        "Что, по верованиям древних египтян, происходило после смерти?",
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
        "Какие правительства обещали выбрасывать меньше парниковых газов, когда они подписали "
        "соглашение и как проверяют, соблюдают ли они его?",
        "Опишите, как скрипичный мастер выбирает и сушит дерево для нижней деки инструмента и "
        "что лак даёт его звуку.",
        "Кто были самые известные художники золотого века Голландии, что они писали и в каких "
        "музеях сегодня висят их картины?",
    ),
    "es": (
        "¿Por qué el cielo es azul?",
        "¿Por qué cayó el Imperio romano?",
        "¿Cuántos huesos tiene el cuerpo humano?",
        "¿Dónde crece el café?",
        "¿Quién fue la primera persona en la Luna?",
        "¿Cuántas personas viven en Indonesia?",
        "¿Qué tratado puso fin a la guerra de los Treinta Años?",
        "elección del parlamento de Suecia",
        "funciones de un banco central",
        "¿Cuándo se construyó la Gran Muralla china?",
        "causas de la Revolución francesa",
        "¿Cuál es la diferencia entre un virus y una bacteria?",
        "¿Qué creían los antiguos egipcios que ocurría después de la muerte?",
        "¿Qué animales duermen durante el invierno y dónde se esconden?",
        "¿Por qué unos metales se oxidan y otros conservan su brillo?",
        "¿En qué año y por quién se hizo el primer trasplante de corazón?",
        "¿Cuánta agua debe beber un adulto en un día caluroso?",
        "¿Quién escribió la novela sobre un capitán que persigue a una ballena blanca?",
        "¿Dónde se puede ver la aurora boreal y en qué época del año?",
        "¿Cómo encuentran los pájaros su camino cuando vuelan al sur en invierno, y cómo saben "
        "los jóvenes adónde ir?",
        "Quisiera saber cómo se hace el chocolate con los granos del cacao y qué países "
        "producen la mayor parte.",
        "¿Qué gobiernos prometieron emitir menos gases de efecto invernadero, cuándo firmaron "
        "el acuerdo y cómo se comprueba que lo cumplen?",
        "Describa cómo un constructor de violines elige y seca la madera del fondo del "
        "instrumento, y qué hace el barniz por su sonido.",
        "¿Quiénes fueron los pintores más importantes del siglo de oro holandés, qué pintaron y"
        " en qué museos cuelgan hoy sus obras?",
    ),
    "it": (
        "Perché il cielo è azzurro?",
        "Perché cadde l'Impero romano?",
        "Quante ossa ci sono nel corpo umano?",
        "Dove cresce il caffè?",
        "Chi fu la prima persona sulla Luna?",
        "Quante persone vivono in Indonesia?",
        "Quale trattato pose fine alla guerra dei Trent'anni?",
        "elezione del parlamento della Svezia",
        "compiti di una banca centrale",
        "Quando fu costruita la Grande Muraglia cinese?",
        "cause della Rivoluzione francese",
        "Qual è la differenza tra un virus e un batterio?",
        "Che cosa accadeva dopo la morte secondo gli antichi egizi?",
        "Quali animali dormono durante l'inverno e dove si nascondono?",
        "Perché alcuni metalli arrugginiscono mentre altri restano lucidi?",
        "In che anno e da chi fu eseguito il primo trapianto di cuore?",
        "Quanta acqua deve bere un adulto in una giornata calda?",
        "Chi ha scritto il romanzo su un capitano che dà la caccia a una balena bianca?",
        "Dove si può vedere l'aurora boreale e in quale periodo dell'anno?",
        "Come trovano la strada gli uccelli quando volano a sud per l'inverno, e come fanno i "
        "giovani a sapere dove andare?",
        "Vorrei sapere come si fa il cioccolato dai semi del cacao e quali paesi ne coltivano "
        "di più.",
        "Quali governi hanno promesso di emettere meno gas serra, quando hanno firmato "
        "l'accordo e come si controlla che lo rispettino?",
        "Descrivi come un liutaio sceglie e asciuga il legno per il fondo dello strumento, e "
        "che cosa fa la vernice per il suono.",
        "Chi furono i pittori più importanti del secolo d'oro olandese, che cosa dipinsero e in"
        " quali musei si trovano oggi le loro opere?",
    ),
}
"""By language, ISO 639-1."""
