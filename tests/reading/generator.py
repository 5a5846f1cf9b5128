"""Random written lines whose meaning is known: for the property "read right or asked, never wrong".

``lines(seed, count, names)`` yields ``(line, expected)``; it has all fields of an item of ``lines.yaml``.
The same seed, count and names give the same lines. A line is composed of parts that each know their meaning, in
orders and wordings in which a pharmacist sees only one reading. ``names`` are bare names without digits, strengths
or form words ("ciprofloxacin", "magnesium bisglycinate"); ``is`` is the name as given, so pass only names whose
identity is settled. What brings magnesium must have "magnesium" in its name, and nothing else may: no
hydrotalcite, no salts of omeprazole. Amounts are milligrams in one intake, the high end of a range; compare them
with a relative tolerance of 1e-6. ``count`` must stay below the number of distinct lines (above a million).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

Item = dict[str, Any]

SLOTS = ("morning", "noon", "evening", "bedtime")
NBSP = "\u00a0"
NARROW = "\u202f"
DASHES = ("-", "\u2013", " - ")
MILLIGRAMS_PER = {"mg": Fraction(1), "g": Fraction(1000), "mcg": Fraction(1, 1000), "mmol": Fraction("24.305")}


# One language is a table: a key, then wordings separated by "|".
#   h1 h2 ...: a count in halves (a range stands under its higher end)     of: joins count and strength
#   n1 n2 ...: intakes a day     day: once a day, not said beside two tablets (2 a day or 2 at once?)
#   morning, morning_evening ...: words of the day     week, other: once a week, every other day
#   needed, most: as needed, with {n} the most intakes a day     days: {n} the number of days
#   stopped, active: the status     salt: how a label names the salt
ENGLISH = """
h1 half a tablet|1/2 tablet|½ tablet|1/2 tab
h2 1 tablet|1 tab|one tablet|1 capsule|1 cap|one (1) capsule|1 softgel
h3 1 1/2 tablets|1½ tablets|1.5 tablets|one and a half tablets
h4 2 tablets|2 tabs|two tablets|2 capsules|two caps|two (2) capsules|1-2 tablets|1 to 2 capsules
h6 3 tablets|3 caps|three capsules|2-3 tablets|two to three capsules
h8 4 tablets|four capsules
of of
n1 once daily|once a day|qd|1x daily|every 24 hours|q24h
n2 twice daily|twice a day|two times a day|bid|b.i.d.|bd|2x daily|2x/day|q12h|every 12 hours|12 hourly
n3 three times a day|three times daily|3 times a day|tid|t.i.d.|tds|q8h|every 8 hours|3x daily
n4 four times a day|4 times daily|qid|qds|q6h|every 6 hours
day daily|every day|each day
morning in the morning|every morning|mane|qam|with breakfast|30 min before breakfast
noon at noon|with lunch|at midday
evening in the evening|every evening|with dinner|after supper
bedtime at bedtime|at night|nightly|nocte|qhs|before bed|every night
morning_evening morning and evening|in the morning and in the evening|with breakfast and dinner
morning_noon_evening morning, noon and evening
week once weekly|once a week|1x per week
other every other day|every second day|on alternate days
needed as needed|prn|when required|PRN
most as needed, max {n} a day|up to {n} times a day as needed
days for {n} days|x {n} days|x {n}d
stopped (stopped)|- discontinued|- on hold|[discontinued]|- stopped
active - active|(active)|- continued
salt Magnesium (as {name})
"""
GERMAN = """
h1 eine halbe Tablette|½ Tablette|1/2 Tablette
h2 1 Tablette|eine Tablette|1 Kapsel|1 Tbl.
h4 2 Tabletten|zwei Tabletten|2 Kapseln|1-2 Tabletten
h6 3 Tabletten|drei Kapseln
of à
n1 einmal täglich|1x täglich|1x tgl.|einmal am Tag
n2 zweimal täglich|2x täglich|2x tgl.|zweimal am Tag|alle 12 Stunden
n3 dreimal täglich|3x täglich|3 mal am Tag|alle 8 Stunden
day täglich|pro Tag
morning morgens|vor dem Frühstück|zum Frühstück
noon mittags|zum Mittagessen
evening abends|zum Abendessen
bedtime zur Nacht|vor dem Schlafengehen
morning_evening morgens und abends
morning_noon_evening morgens, mittags und abends
week einmal pro Woche|einmal wöchentlich|1x pro Woche
other jeden zweiten Tag
needed bei Bedarf
most bei Bedarf, maximal {n}x täglich
days für {n} Tage
stopped abgesetzt|(abgesetzt)|- pausiert
salt Magnesium (als {name})
"""
FRENCH = """
h1 un demi comprimé|½ comprimé|1/2 comprimé
h2 1 comprimé|un comprimé|1 gélule|1 cp
h4 2 comprimés|deux comprimés|2 gélules|1 à 2 comprimés
h6 3 comprimés|trois gélules
of de
n1 une fois par jour|1 fois par jour
n2 deux fois par jour|2 fois par jour|toutes les 12 heures
n3 trois fois par jour|3 fois par jour|toutes les 8 heures
day par jour
morning le matin|au petit-déjeuner
noon le midi|à midi
evening le soir|au dîner
bedtime au coucher|avant de dormir
morning_evening matin et soir
morning_noon_evening matin, midi et soir
week une fois par semaine|1 fois par semaine
other un jour sur deux
needed si besoin
most si besoin, max {n} par jour
days pendant {n} jours
stopped arrêté|(arrêté)
"""
SPANISH = """
h1 medio comprimido|½ comprimido|1/2 comprimido
h2 1 comprimido|un comprimido|1 cápsula
h4 2 comprimidos|dos comprimidos|2 cápsulas
h6 3 comprimidos|tres cápsulas
of de
n1 una vez al día|1 vez al día|cada 24 horas
n2 dos veces al día|2 veces al día|cada 12 horas|cada 12 h
n3 tres veces al día|3 veces al día|cada 8 horas
day al día
morning por la mañana|con el desayuno|antes del desayuno
evening con la cena
bedtime al acostarse|antes de dormir
week una vez a la semana|una vez por semana
other en días alternos
needed si precisa
most si precisa, máximo {n} al día
days durante {n} días
stopped suspendido|(suspendido)
"""
ITALIAN = """
h1 mezza compressa|½ compressa|1/2 compressa
h2 1 compressa|una compressa|1 capsula
h4 2 compresse|due compresse|2 capsule
h6 3 compresse|tre capsule
of da
n1 una volta al giorno|1 volta al giorno
n2 due volte al giorno|2 volte al giorno|ogni 12 ore
n3 tre volte al giorno|3 volte al giorno|ogni 8 ore
day al giorno
morning al mattino|prima di colazione
noon a pranzo|a mezzogiorno
evening la sera|a cena
bedtime prima di coricarsi|prima di dormire
morning_evening mattina e sera
week una volta a settimana|una volta alla settimana
other a giorni alterni
needed al bisogno
most al bisogno, massimo {n} al giorno
days per {n} giorni
stopped sospeso|(sospeso)
"""
DUTCH = """
h1 een halve tablet|½ tablet|1/2 tablet
h2 1 tablet|1 capsule|1 stuks
h4 2 tabletten|twee tabletten|2 capsules|2 stuks
h6 3 tabletten|drie capsules
of van
n1 eenmaal daags|1x daags|1x per dag
n2 tweemaal daags|2x daags|2x per dag|om de 12 uur
n3 driemaal daags|3x daags|3x per dag|om de 8 uur
day per dag
morning 's ochtends|'s morgens|voor het ontbijt
evening 's avonds|bij het avondeten
bedtime voor het slapengaan|voor de nacht
morning_evening 's ochtends en 's avonds
week eenmaal per week|1x per week
other om de dag
needed zo nodig
most zo nodig, maximaal {n} per dag
days gedurende {n} dagen
stopped gestopt|(gestopt)
salt Magnesium (als {name})
"""


@dataclass(frozen=True)
class Language:
    """One table, read: wordings with the fields they set."""

    english: bool
    words: dict[str, list[str]]
    counts: list[tuple[str, Fraction]]
    schedules: list[list[tuple[str, Item]]]  # may stand beside any count
    only_beside_one: list[tuple[str, Item]]  # could be misread beside two tablets


def _language(table: str) -> Language:
    rows = [line.partition(" ") for line in table.strip().splitlines()]
    words = {key: texts.split("|") for key, _, texts in rows}
    counts = [(text, Fraction(int(key[1:]), 2)) for key in words if key[0] == "h" for text in words[key]]
    often: list[tuple[str, Item]] = []
    when: list[tuple[str, Item]] = []
    for key, texts in words.items():
        slots = key.split("_")
        if key[1:].isdigit() and key[0] == "n":
            often += [(text, {"per_day": int(key[1:])}) for text in texts]
        elif slots[0] in SLOTS:
            when += [(text, {"slots": slots, "per_day": len(slots)}) for text in texts]
    rare: list[tuple[str, Item]] = [(text, {"frequency": "weekly", "per_day": 1}) for text in words["week"]]
    rare += [(text, {"frequency": "every other day"}) for text in words["other"]]
    needed: Item = {"frequency": "as needed", "as_needed": True}
    plain = [(text, needed) for text in words["needed"]]
    lone: list[tuple[str, Item]] = [(text, {"per_day": 1}) for text in words["day"]]
    lone += [(text.format(n=n), {**needed, "per_day": n}) for text in words["most"] for n in (2, 3, 4)]
    return Language("active" in words, words, counts, [often, often, when, when, rare, plain], lone)


LANGUAGES = tuple(_language(table) for table in (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH))
WEIGHTS = (10, 2, 2, 2, 2, 2)
SMALL = (2.5, 5, 10, 12.5, 20, 25, 40, 50, 75, 100, 120, 150, 200, 250, 300, 375)
LARGE = (400, 450, 500, 600, 625, 750, 800, 1000, 1250, 1500, 2000)
MICROGRAMS = (25, 50, 62.5, 75, 88, 100, 112, 125, 150, 200, 250, 500)
GRAMS = (0.5, 1, 1.5, 2, 2.5)
MILLIMOLES = (2.5, 4, 5, 6, 10, 12.5, 15)
SCHEMES = ("c-0-0", "0-c-0", "0-0-c", "c-0-c", "c-c-c", "c-0-0-0", "c-0-c-0", "0-0-0-c", "c-0-0-c")
GLUES = (" ", " ", " ", ", ")


def _empty(name: str) -> Item:
    return {
        "is": name, "amount_mg": None, "basis": "unknown" if _is_magnesium(name) else None, "per_day": None,
        "times": [], "slots": [], "frequency": "daily", "as_needed": False, "days": None, "taken": True,
        "route": None, "not_read": [],
    }  # fmt: skip


def _is_magnesium(name: str) -> bool:
    return "magnesium" in name.lower()


def _number(rng: Random, text: str, language: Language) -> str:
    """A number as this language writes it; never a sign that could be read as the other one."""
    whole, _, decimals = text.partition(".")
    if len(whole) == 4:
        signs = ["", "", ","] if language.english else ["", NBSP, NARROW, " "]
        whole = whole[0] + rng.choice(signs) + whole[1:]
    return whole + ("." if language.english else ",") + decimals if decimals else whole


def _strength(rng: Random, item: Item, language: Language) -> str:
    """The written strength of one piece; sets the milligrams of one piece and the basis."""
    magnesium = item["basis"] is not None
    unit = rng.choice(("mg", "mg", "mg", "mg", "g", "mmol" if magnesium else "mcg"))
    table = {"mg": SMALL + LARGE, "g": GRAMS, "mmol": MILLIMOLES, "mcg": MICROGRAMS}[unit]
    value = f"{rng.choice(table):g}"
    item["amount_mg"] = Fraction(value) * MILLIGRAMS_PER[unit]
    spelled = {"mg": ("mg", "mg", "MG"), "g": ("g",), "mmol": ("mmol",), "mcg": ("mcg", "µg")}[unit]
    text = _number(rng, value, language) + rng.choice((" ", "", NBSP)) + rng.choice(spelled)
    if unit == "mmol":
        item["basis"] = "elemental"
    elif magnesium and language.english and rng.random() < 0.35:
        item["basis"] = "elemental"
        text += rng.choice((" elemental", " elemental magnesium", " (elemental)"))
    return text


def _called(rng: Random, item: Item, language: Language) -> str:
    """The name; a salt may stand as on a label, and then the milligrams beside it are magnesium."""
    name = str(item["is"])
    salt = name.lower().startswith("magnesium ")
    if salt and "salt" in language.words and rng.random() < 0.2:
        item["basis"] = "elemental"
        return language.words["salt"][0].format(name=name)
    return rng.choice((name, name, name.capitalize(), name.upper() if language.english else name))


def _scheme(rng: Random, item: Item) -> str:
    """A dosing scheme of three or four places; its numbers are the count of one intake."""
    count = rng.choice((1, 1, 1, 2))
    pattern = rng.choice(SCHEMES).replace("c", str(count))
    item["slots"] = [slot for slot, digit in zip(SLOTS, pattern.split("-"), strict=False) if digit != "0"]
    item["per_day"] = len(item["slots"])
    item["amount_mg"] *= count
    return rng.choice(DASHES).join(pattern.split("-"))


def _clock(rng: Random, item: Item) -> str:
    """One or two clock times in a form that tells the half of the day."""
    hours = sorted(rng.sample(range(6, 23), rng.choice((1, 1, 2))))
    minutes = rng.choice((0, 0, 0, 30))
    item["times"] = [f"{hour:02d}:{minutes:02d}" for hour in hours]
    item["per_day"] = len(hours)
    style = rng.randrange(3)
    if style == 0:
        return "at " + " and ".join(item["times"])
    late = [f"{(hour - 1) % 12 + 1}" + (f":{minutes:02d}" if minutes else "") for hour in hours]
    half = ["am" if hour < 12 else "pm" for hour in hours]
    gap = " " if style == 1 else ""
    return "at " + " and ".join(f"{clock}{gap}{part}" for clock, part in zip(late, half, strict=True))


def _schedule(rng: Random, item: Item, language: Language, pieces: Fraction = Fraction(1)) -> str:
    """How often and when; sets these fields. A scheme is drawn by the caller, because it holds the count."""
    if language.english and rng.random() < 0.15:
        return _clock(rng, item)
    tables = language.schedules + ([language.only_beside_one] if pieces == 1 else [])
    text, sets = rng.choice(rng.choice(tables))
    item.update({key: list(value) if isinstance(value, list) else value for key, value in sets.items()})
    return text


def _tail(rng: Random, item: Item, language: Language) -> list[str]:
    """How long and whether it is taken."""
    if item["frequency"] == "daily" and item["per_day"] is not None and rng.random() < 0.25:
        days = rng.choice((3, 5, 7, 10, 14, 21))
        item["days"] = days
        return [rng.choice(language.words["days"]).format(n=days)]
    if rng.random() < 0.08:
        item["taken"] = False
        return [rng.choice(language.words["stopped"])]
    if "active" in language.words and rng.random() < 0.1:
        return [rng.choice(language.words["active"])]
    return []


def _volume(rng: Random, item: Item) -> tuple[str, str]:
    """A concentration and the millilitres of one intake."""
    milligrams, per, taken = rng.choice((100, 125, 200, 250, 500)), rng.choice((1, 5)), rng.choice((5, 10, 15))
    item["amount_mg"] = Fraction(milligrams * taken, per)
    unit = rng.choice(("mL", "ml"))
    below = unit if per == 1 else f"{per}{rng.choice((' ', ''))}{unit}"
    return f"{milligrams}{rng.choice((' ', ''))}mg/{below}", f"{taken} {unit}"


def _with_count(rng: Random, item: Item, language: Language) -> list[str]:
    """Name, strength, count and schedule in one of the natural orders."""
    name = _called(rng, item, language)
    if language.english and rng.random() < 0.08:
        strength, count = _volume(rng, item)
        return [f"{name} {strength},", count, _schedule(rng, item, language, Fraction(2))]
    strength = _strength(rng, item, language)
    count, pieces = rng.choice(language.counts)
    item["amount_mg"] *= pieces
    schedule = _schedule(rng, item, language, pieces)
    order = rng.randrange(4)
    if order == 0:
        return [f"{name} {strength},", count, schedule]
    if order == 1:
        return [f"{name},", f"{count} {language.words['of'][0]} {strength}", schedule]
    if order == 2 and language.english:
        return ["take", f"{count} of {name} {strength}", schedule]
    return [f"{name} {strength}", rng.choice(("- ", "")) + count, schedule]


def _without_count(rng: Random, item: Item, language: Language) -> list[str]:
    """Name, strength and schedule; the schedule may be a dosing scheme."""
    name = _called(rng, item, language)
    strength = _strength(rng, item, language)
    if rng.random() < 0.2:
        return [f"{name} {strength}", _scheme(rng, item)]
    if rng.random() < 0.1:
        return [f"{name} {strength}"]
    route = ""
    if language.english and rng.random() < 0.25:
        item["route"] = "oral"
        route = rng.choice(("PO ", "by mouth ", "po "))
    schedule = _schedule(rng, item, language)
    if not route and language.english and rng.random() < 0.15:
        return [f"{strength} {name}", schedule]
    return [f"{name} {strength}", route + schedule]


def _joined(rng: Random, parts: Sequence[str]) -> str:
    """The parts in one line: commas and spaces varied, no comma doubled."""
    line = ""
    for part in parts:
        glue = rng.choice(GLUES) if line and line[-1] != "," and part[0] not in "(-[" else " "
        line += (glue if line and not line.endswith("take") else " " if line else "") + part
    if rng.random() < 0.05:
        line = line.replace(" ", "  ", 1)
    if line[-1].isalpha() and rng.random() < 0.15:
        line += "."
    return line if line[0].isdigit() else rng.choice(("", "", "", "", "- ", "* ")) + line


def _line(rng: Random, names: Sequence[str]) -> tuple[str, Item]:
    language = rng.choices(LANGUAGES, WEIGHTS)[0]
    item = _empty(rng.choice(names))
    build = _with_count if rng.random() < 0.5 else _without_count
    parts = build(rng, item, language)
    line = _joined(rng, parts + _tail(rng, item, language))
    if language.english and "µ" not in line and rng.random() < 0.08:
        line = line.upper()
    item["amount_mg"] = round(float(item["amount_mg"]), 9)
    return line, item


def lines(seed: int, count: int, names: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """``count`` random lines with what they must be read as; all of them differ."""
    if not names:
        raise ValueError("names is empty: give at least one known name")
    rng = Random(seed)
    seen: set[str] = set()
    while len(seen) < count:
        line, item = _line(rng, names)
        if line not in seen:
            seen.add(line)
            yield line, item
