"""Invented correspondences in four languages: letters, their replies, and what goes between."""

# ruff: noqa: E501
from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, tuple[str, ...]]] = {
    "h1": ("Edwin Harrop to Clara Voss", "Penmoor, 3 April 1887", "Dear Clara,", "The slate barge Heron struck the quay on Tuesday and lies open at the bow. The boatman Tobias Quill was aboard with his wife Martha; he is sixty-one years old.", "The repair will cost forty pounds, and the timber for it eleven.", "Edwin Harrop"),
    "h2": ("Clara Voss to Edwin Harrop", "Aldgate, 9 April 1887", "I will pay for the bow and not for the timber. Sell the Heron to Marrack if he offers ninety pounds.", "My brother Julius is ill with the ague, and Dr. Penhale comes every morning.", "Clara Voss"),
    "h3": ("Edwin Harrop to Clara Voss", "Penmoor, 21 April 1887", "Marrack offers eighty-five pounds for the Heron, and the chandler Obadiah Flint seventy. I advise you to take neither.", "Edwin Harrop"),
    "h4": ("Clara Voss to Julius Voss", "Aldgate, 2 May 1887", "Harrop is honest but slow. Cholera has broken out in the lodging houses of the harbour, and the school is shut.", "Clara Voss"),
    "h5": ("Edwin Harrop to Julius Voss", "Penmoor, 5 May 1887", "TELEGRAM. Heron sold to Marrack for ninety pounds. Cholera in Penmoor since Sunday.", "Edwin Harrop"),
    "h6": ("Edwin Harrop to Clara Voss", "Truro, 8 June 1887", "I am in Truro for the assize. The coroner Pascoe heard eleven witnesses about the fire at the rope walk. Quill is dead of cholera.", "Edwin Harrop"),
    "g1": ("Reinhold Mattis an Elsbeth Kranz", "Memel, den 2. Februar 1893", "Das Eis hat die Brücke fortgerissen. Der Brückenwärter Franz Doll ist vierundfünfzig Jahre alt; er und seine Frau Lene wurden gerettet.", "Der Neubau kostet neunhundert Mark.", "Reinhold Mattis"),
    "g2": ("Elsbeth Kranz an Reinhold Mattis", "Tilsit, den 10. Februar 1893", "Ich gebe zweihundert Mark für die Brücke. Mein Bruder Otto zieht nach Königsberg.", "Elsbeth Kranz"),
    "g3": ("Reinhold Mattis an Elsbeth Kranz", "Memel, den 5. März 1893", "Die neue Brücke steht. Der Zimmermann Abromeit verlangt noch dreißig Mark.", "Reinhold Mattis"),
    "r1": ("Письмо И. Старцева Е. Колосовой", "Вологда, 4 марта 1912 г.", "Лесопилка сгорела в ночь на пятницу. Сторожу Никифору шестьдесят лет, он и его жена Дарья успели выбежать. Убыток две тысячи рублей.", "И. Старцев"),
    "r2": ("Письмо Е. Колосовой И. Старцеву", "Тотьма, 12 марта 1912 г.", "Посылаю триста рублей на лесопилку. Школа закрыта из-за тифа.", "Е. Колосова"),
    "r3": ("Письмо И. Старцева Е. Колосовой", "Вологда, 7 мая 1912 г.", "Новую пилу привезли из Ярославля. Никифор просит прибавки.", "И. Старцев"),
    "f1": ("Lettre de Lucien Barrois à Odile Ferrand", "Honfleur, le 6 juin 1898", "Le phare est éteint depuis dimanche. Le gardien Mathurin a soixante-huit ans et sa femme Jeanne est malade.", "La lampe coûte cent vingt francs.", "Lucien Barrois"),
    "f2": ("Lettre d’Odile Ferrand à Lucien Barrois", "Rouen, le 15 juin 1898", "J’envoie cinquante francs pour la lampe. Mon frère Armand part pour Brest.", "Odile Ferrand"),
    "f3": ("Lettre de Lucien Barrois à Odile Ferrand", "Honfleur, le 3 juillet 1898", "La lampe neuve brûle. Mathurin quitte le phare en août ; son successeur s’appelle Corentin.", "Lucien Barrois"),
}  # fmt: skip
"""By name: the heading, the dateline, the paragraphs and the signature of each."""
