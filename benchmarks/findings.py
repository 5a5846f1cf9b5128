"""How much does magcheck say to ordinary people? 1,000 plausible profiles, the same at every run.

The weights are rough shares of people, estimated by us to get the mix right; they are not statistics.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from magcheck import Checker, Profile
from magcheck.core.scales import Action, Status
from magcheck.report import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from magcheck.report import Finding, Report

PEOPLE = 1_000
SEED = 20_260_501

# name | weight | from age | up to age | for whom (f, m or both) | usual times
MEDICINES = """
atorvastatin|90|40|90||21:00
levothyroxine|60|25|90||06:30
lisinopril|60|40|90||08:00
metformin|60|35|90||08:00 19:00
metoprolol succinate|50|45|90||08:00
amlodipine|60|45|90||08:00
albuterol inhaler|40|18|90||
omeprazole|60|25|90||07:30
losartan|50|40|90||08:00
gabapentin|35|35|90||08:00 14:00 21:00
hydrochlorothiazide|30|45|90||08:00
sertraline|35|18|80||08:00
simvastatin|25|50|90||21:00
montelukast|20|18|80||21:00
escitalopram|30|18|80||08:00
acetaminophen|50|18|90||
furosemide|18|60|90||08:00
pantoprazole|35|30|90||07:30
rosuvastatin|35|45|90||21:00
trazodone|20|25|85||22:00
fluticasone nasal spray|25|18|80||
bupropion XL|22|18|70||08:00
tramadol|12|30|85||
tamsulosin|20|55|90|m|21:00
amoxicillin|10|18|80||08:00 14:00 20:00
duloxetine|18|25|80||08:00
prednisone|10|25|90||08:00
meloxicam|18|35|85||08:00
ibuprofen|35|18|70||
carvedilol|16|50|90||08:00 19:00
citalopram|14|18|85||08:00
clopidogrel|18|55|90||08:00
fluoxetine|18|18|75||08:00
potassium chloride|10|60|90||08:00
cyclobenzaprine|10|25|65||22:00
clonazepam|8|25|80||22:00
glipizide|8|50|90||07:30
pravastatin|12|50|90||21:00
alprazolam|9|25|75||
atenolol|9|50|90||08:00
venlafaxine|12|25|75||08:00
zolpidem|9|30|85||22:30
apixaban|18|60|90||08:00 20:00
lamotrigine|9|18|65||08:00 20:00
famotidine|14|25|85||20:00
quetiapine|7|20|75||22:00
hydroxyzine|9|18|65||
warfarin|7|60|90||18:00
cetirizine|25|18|70||08:00
insulin glargine|14|35|90||22:00
topiramate|7|20|60||21:00
oxycodone|6|30|80||
naproxen|14|18|75||
folic acid|10|20|85||08:00
allopurinol|11|45|90||08:00
lorazepam|7|30|85||
ezetimibe|9|50|90||21:00
estradiol patch|8|45|65|f|
propranolol|10|18|75||08:00
fluconazole|4|18|60|f|
spironolactone|10|25|90||08:00
buspirone|9|20|70||08:00 20:00
diclofenac gel|9|40|85||
empagliflozin|14|45|90||08:00
semaglutide injection|18|30|75||
tirzepatide|10|30|75||
methylphenidate ER|7|18|45||08:00
lisdexamfetamine|7|18|45||08:00
baclofen|5|30|75||
tizanidine|6|30|70||22:00
valacyclovir|7|20|65||08:00
loratadine|15|18|80||08:00
ondansetron|4|18|70||
doxycycline|5|18|70||08:00 20:00
azithromycin|3|18|75||08:00
cephalexin|3|18|80||08:00 20:00
ciprofloxacin|2|18|85||08:00 20:00
nitrofurantoin|2|18|85|f|08:00 20:00
clonidine|5|40|85||21:00
rivaroxaban|9|60|90||18:00
sitagliptin|6|50|90||08:00
valsartan|10|45|90||08:00
enalapril|4|45|90||08:00
chlorthalidone|6|50|90||08:00
diltiazem|5|55|90||08:00
nifedipine|4|45|90||08:00
isosorbide mononitrate|5|60|90||08:00
aspirin 81 mg|40|50|90||08:00
alendronate|8|60|90|f|07:00
mirtazapine|7|30|90||22:00
amitriptyline|8|25|75||22:00
pregabalin|5|35|80||08:00 20:00
aripiprazole|5|20|65||08:00
levetiracetam|4|20|80||08:00 20:00
sumatriptan|8|20|60||
norgestimate/ethinyl estradiol|20|18|45|f|20:00
levonorgestrel IUD|12|18|48|f|
drospirenone/ethinyl estradiol|8|18|45|f|20:00
finasteride|9|40|90|m|08:00
sildenafil|10|40|80|m|
Symbicort|8|25|85||
tiotropium|5|50|90||
latanoprost eye drops|9|55|90||
timolol eye drops|4|55|90||
hydrocortisone cream|9|18|80||
tretinoin cream|5|18|50||
lithium|1|20|70||08:00 20:00
digoxin|1|65|90||08:00
methotrexate|3|30|80||
hydroxychloroquine|3|25|80||08:00
adalimumab|3|25|70||
dupilumab|2|18|65||
donepezil|5|68|90||22:00
memantine|4|68|90||08:00 20:00
carbidopa/levodopa|2|60|90||08:00 13:00 18:00
oxybutynin|5|50|90||08:00
mirabegron|4|50|90||08:00
anastrozole|3|50|85|f|08:00
tamoxifen|2|40|75|f|08:00
mycophenolate|1|25|75||08:00 20:00
tacrolimus|1|25|75||08:00 20:00
dolutegravir/lamivudine|1|25|70||08:00
"""
BESIDES = {
    "vitamin D3 2000 IU": 28,
    "multivitamin": 25,
    "fish oil": 15,
    "vitamin C": 12,
    "calcium": 9,
    "vitamin B12": 8,
    "probiotic": 8,
    "melatonin": 8,
    "zinc": 7,
    "turmeric": 5,
    "iron": 4,
    "collagen": 4,
    "CoQ10": 4,
    "ashwagandha": 4,
    "creatine": 3,
    "psyllium": 3,
    "vitamin B6": 2,
}
"""Per cent of people."""
FORMS = {
    "magnesium glycinate": 40,
    "magnesium citrate": 25,
    "magnesium oxide": 14,
    "magnesium L-threonate": 8,
    "magnesium malate": 5,
    "magnesium": 5,
    "magnesium chloride": 3,
}
DOSES = {100: 12, 120: 10, 150: 8, 200: 30, 250: 10, 300: 12, 350: 5, 400: 13}
MAGNESIUM_TIMES = {"22:00": 40, "21:00": 25, "08:00": 20, "13:00": 8, "19:00": 7}
GOALS = {
    "sleep": 25,
    "general health": 14,
    "muscle cramp relief": 10,
    "anxiety": 8,
    "constipation relief": 5,
    "migraine prevention": 4,
    "bone health": 4,
    "": 30,
}
MEDICINE_COUNTS = {
    40: {0: 45, 1: 28, 2: 15, 3: 8, 4: 4},
    65: {0: 20, 1: 20, 2: 20, 3: 15, 4: 11, 5: 7, 6: 4, 7: 2, 8: 1},
    91: {0: 8, 1: 10, 2: 14, 3: 16, 4: 16, 5: 13, 6: 10, 7: 7, 8: 6},
}
"""Below this age -> number of medicines -> weight."""
COUNTRIES = {"US": 60, "UK": 15, "DE": 15, "AU": 5, "JP": 5}
CONDITIONS_OF = {
    "high blood pressure": {"lisinopril", "losartan", "amlodipine", "hydrochlorothiazide", "valsartan"},
    "diabetes": {"metformin", "insulin glargine", "glipizide", "sitagliptin"},
}
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Medicine:
    name: str
    weight: int
    youngest: int
    oldest: int
    sex: str
    times: tuple[str, ...]

    def fits(self, age: int, sex: str) -> bool:
        return self.youngest <= age <= self.oldest and sex.startswith(self.sex)


def medicine(line: str) -> Medicine:
    name, weight, youngest, oldest, sex, times = line.split("|")
    return Medicine(name, int(weight), int(youngest), int(oldest), sex, tuple(times.split()))


ALL = [medicine(line) for line in MEDICINES.strip().splitlines()]


class Crowd:
    """People from one seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)

    def anybody(self) -> dict[str, Any]:
        """18 to 90 years, 0 to 8 medicines, kidney values for a part."""
        dice = self._dice
        age = dice.randint(18, 90)
        counts = next(counts for limit, counts in MEDICINE_COUNTS.items() if age < limit)
        person = self._person(age, self._one(counts))
        if dice.random() < 0.55:
            person["kidney"] = {"egfr": self._egfr(age)}
        elif dice.random() < 0.04:
            person["kidney"] = {"disease": True}
        if dice.random() < 0.3:
            del person["person"]["pregnancy"]
        if person["person"]["sex"] == "female" and age < 46 and dice.random() < 0.07:
            person["person"]["pregnancy"] = dice.choice(["pregnant", "breastfeeding"])
        return person

    def ordinary(self) -> dict[str, Any]:
        """2 or 3 medicines, normal kidneys, and they are known; no other illness."""
        person = self._person(self._dice.randint(18, 80), self._dice.choice([2, 3]))
        person["kidney"] = {"egfr": self._dice.randint(75, 115)}
        person["conditions"] = []
        return person

    def _person(self, age: int, medicines: int) -> dict[str, Any]:
        dice = self._dice
        sex = dice.choice(["female", "male"])
        timed = dice.random() < 0.6
        taken = self._medicines(age, sex, medicines)
        names = {one.name for one in taken}
        goal = self._one(GOALS)
        magnesium: dict[str, Any] = {"name": self._one(FORMS), "amount_mg": self._one(DOSES)}
        magnesium["basis"] = "elemental" if dice.random() < 0.8 else "unknown"
        if timed:
            magnesium["times"] = [self._one(MAGNESIUM_TIMES)]
        besides = [{"name": name} for name, share in BESIDES.items() if dice.random() < share / 100]
        ill = [word for word, treated in CONDITIONS_OF.items() if names & treated and dice.random() < 0.6]
        return {
            "person": {"age": age, "sex": sex, "pregnancy": "none"},
            "medications": [
                {"name": one.name} | ({"times": list(one.times)} if timed and one.times else {}) for one in taken
            ],
            "supplements": [magnesium, *besides],
            "conditions": ill,
            "goals": [goal] if goal else [],
            "country": self._one(COUNTRIES),
        }

    def _medicines(self, age: int, sex: str, count: int) -> list[Medicine]:
        left = [one for one in ALL if one.fits(age, sex)]
        taken: list[Medicine] = []
        for _ in range(count):
            chosen = self._dice.choices(left, [one.weight for one in left])[0]
            left.remove(chosen)
            taken.append(chosen)
        return taken

    def _egfr(self, age: int) -> int:
        middle = 112 - 0.75 * max(0, age - 25)
        return round(min(125, max(16, self._dice.gauss(middle, 14))))

    def _one(self, weights: Mapping[Kind, int]) -> Kind:
        return self._dice.choices(list(weights), list(weights.values()))[0]


def interrupts(finding: Finding) -> bool:
    """Does it stop the person: avoid, ask first, take less, or a gap that is not kept yet?"""
    if finding.action is Action.SEPARATE:
        return finding.separation is None or finding.separation.status is not Status.KEPT
    return finding.action in {Action.AVOID, Action.ASK_FIRST, Action.LOWER_DOSE}


def show(title: str, reports: Sequence[Report], guidance: frozenset[str]) -> None:
    total = len(reports)
    counted = [[finding for finding in report.findings if finding.counts] for report in reports]
    print(f"{title}: {total:,} people")
    _spread("findings", [len(found) for found in counted])
    advice = [[finding for finding in found if finding.rule not in guidance] for found in counted]
    _spread("findings without guidance", [len(found) for found in advice])
    stops = [sum(map(interrupts, found)) for found in counted]
    _spread("findings that interrupt", stops)
    print(f"  at most one interruption  {_share(sum(stop <= 1 for stop in stops), total)}")
    print(f"  complete                  {_share(sum(report.complete for report in reports), total)}")
    print(f"  nothing not recognised    {_share(sum(not report.not_checked for report in reports), total)}")
    verdicts = Counter(report.verdict for report in reports)
    said = ", ".join(f"{verdict.value} {_share(verdicts[verdict], total)}" for verdict in Verdict)
    print(f"  verdicts                  {said}")
    asked = Counter(missing.field for report in reports for missing in report.missing)
    said = ", ".join(f"{field} {_share(count, total)}" for field, count in _ranked(asked, 5))
    print(f"  asked                     {said}")
    print("  most frequent pages (those that interrupt are marked !)")
    pages = Counter(finding.rule for found in counted for finding in found)
    stopping = Counter(finding.rule for found in counted for finding in found if interrupts(finding))
    for rule, count in _ranked(pages, 15):
        print(f"    {'!' if stopping[rule] else ' '} {rule:42} {_share(count, total)}")
    print("  most frequent interruptions")
    for rule, count in _ranked(stopping, 10):
        print(f"      {rule:42} {_share(count, total)}")
    print()


def _spread(what: str, counts: Iterable[int]) -> None:
    spread = Counter(min(count, 4) for count in counts)
    total = sum(spread.values())
    shares = "  ".join(
        f"{number}{'+' if number == 4 else ''}: {_share(spread[number], total)}" for number in range(5)
    )
    print(f"  {what:25} {shares}")


def _share(count: int, total: int) -> str:
    return f"{100 * count / total:.1f}%"


def _ranked(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    """The most frequent first; names decide between equals."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def main() -> None:
    checker = Checker()
    guidance = frozenset(page.id for page in checker.book.rules if page.guidance)

    def reports(somebody: Callable[[], dict[str, Any]]) -> list[Report]:
        return [checker.check(Profile.model_validate(somebody())) for _ in range(PEOPLE)]

    show("Anybody", reports(Crowd(SEED).anybody), guidance)
    show("Ordinary persons", reports(Crowd(SEED + 1).ordinary), guidance)


if __name__ == "__main__":
    main()
