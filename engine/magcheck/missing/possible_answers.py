"""In which ways can a question be answered? One example of every answer that the rules can tell apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from magcheck.missing.item_answers import answers_about_item, new_products
from magcheck.missing.person_answers import answers_about_person
from magcheck.missing.salts import free_with_another_product
from magcheck.missing.shapes import PossibleAnswers

if TYPE_CHECKING:
    from magcheck.findings.evaluation import Evaluation
    from magcheck.profile import Profile

_ITEM_FIELD = re.compile(r"(medications|supplements)\[(\d+)\]\.(\w+)")


def possible_answers(field: str, profile: Profile, evaluation: Evaluation) -> PossibleAnswers:
    """The answers to the question `field`, a field of the profile as in `missing`: "supplements[0].amount_mg"."""
    of_item = _ITEM_FIELD.fullmatch(field)
    if of_item:
        list_name, index, part = of_item.groups()
        return answers_about_item(list_name, int(index), part, profile, evaluation)
    if field == "supplements":
        free = free_with_another_product(evaluation)
        return PossibleAnswers(products=new_products(profile, evaluation), free=free)
    return answers_about_person(field, profile, evaluation)
