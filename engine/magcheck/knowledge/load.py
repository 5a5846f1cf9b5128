"""Where do the rules come from? A folder of pages and tables in, one immutable rule book out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem, RulesError
from magcheck.core.fact_names import CHOICES, FLAGS, PRODUCT_FIELD, PROPERTIES, QUANTITIES, TRAITS
from magcheck.core.lazy import cached_property
from magcheck.core.model import Model
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.entries import Countries, Edition, Planning, Question, Source
from magcheck.knowledge.equations import Equations
from magcheck.knowledge.files import TABLES, contents, digest, files_in, refuse_damaged, shipped
from magcheck.knowledge.keep import NOTHING_KEPT, kept
from magcheck.knowledge.placeholders import placeholder_problems
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.rule import Rule
from magcheck.knowledge.terms import Terms
from magcheck.knowledge.wording.wording import Wording
from magcheck.report import Cited
from magcheck.terminology.normalise import normal
from magcheck.terminology.tables import (
    Words,
    build_vocabulary,
    class_entries,
    known_contents,
    magnesium_forms,
    rows,
)
from magcheck.terminology.vocabulary import NotFound, Reason, near_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

    from magcheck.knowledge.review import Evidence
    from magcheck.terminology.magnesium_salts import Content, Property
    from magcheck.terminology.tables import ClassEntry
    from magcheck.terminology.vocabulary import Meaning, Vocabulary

WORD_LISTS = "reading"
WISHES = "goal"
"""The one list that says nothing about the body."""
_NOT_PAGES = frozenset(
    f"{name}.yaml"
    for name in ("claims", "countries", "edition", "equations", "planning", "questions", "sources", "wording")
)
_NEEDED = (
    *(_NOT_PAGES - {"claims.yaml"}),
    *(f"{TABLES}/{name}.yaml" for name in ("classes", "traits")),
    *(f"{TABLES}/{name}.csv" for name in ("atc", "contents", "dose_forms", "families", "forms", "products")),
    *(f"{TABLES}/{name}.csv" for name in ("rxnorm", "substances")),
)
AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True)
class RuleBook:
    """Everything that is known: pages, vocabulary, equations, words."""

    rules: tuple[Rule, ...]
    documents: Mapping[str, Document]
    """Page id -> the file that it was read from."""
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    traits: Mapping[str, Mapping[str, str]]
    """Kind of trait -> normalised word -> canonical name."""
    forms: Mapping[str, Sequence[Property]]
    contents: Mapping[str, Content]
    """Normalised name of a product -> the magnesium of one intake."""
    equations: Equations
    countries: Countries
    questions: Mapping[str, Question]
    wording: Wording
    planning: Planning
    version: str
    digest: str
    rules_by_id: Mapping[str, Rule] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules_by_id", {rule.id: rule for rule in self.rules})

    @property
    def default_country(self) -> str:
        return self.countries.default

    @cached_property
    def regions_for_limits(self) -> tuple[str, ...]:
        return (*self.countries.regions, self.countries.elsewhere)

    def region_of(self, country: str) -> str:
        """The region whose limits hold in `country`."""
        regions = (region for region, members in self.countries.regions.items() if country in members)
        return next(regions, self.countries.elsewhere)

    def content_of(self, meaning: Meaning) -> Content | None:
        """What one intake of a product brings; of a substance only where its name alone says enough."""
        names = [meaning.label, *(substance.name for substance in meaning.substances)]
        contents = (self.contents.get(normal(name)) for name in names)
        return next((content for content in contents if content), None)

    @cached_property
    def implied(self) -> tuple[tuple[str, str, bool | str], ...]:
        """(question, condition, the answer to it that the condition implies)."""
        return tuple(
            (field, condition, answer)
            for field, question in self.questions.items()
            for condition, answer in question.means.items()
        )

    def trait(self, kind: str, words: str) -> tuple[str, str] | None:
        """Kind and name of what `words` mean: in the list of `kind`, or in the only other one that knows them.

        What somebody has comes before what somebody wants.
        """
        knowing = {other: names[words] for other, names in self.traits.items() if words in names}
        others = [other for other in knowing if other != WISHES] or [*knowing]
        found = kind if kind in knowing else others[0] if len(others) == 1 else None
        return (found, knowing[found]) if found else None

    def unknown_trait(self, kind: str, words: str) -> NotFound:
        return NotFound(Reason.UNKNOWN, near_words(words, self.traits[kind]))

    @cached_property
    def citations(self) -> dict[str, tuple[Cited, ...]]:
        """Page id -> its evidence as the report shows it."""
        return {rule.id: tuple(self._cited(evidence) for evidence in rule.evidence) for rule in self.rules}

    def _cited(self, evidence: Evidence) -> Cited:
        source = self.sources[evidence.source]
        return Cited(source=source.title, where=evidence.where, grade=evidence.grade.value, url=source.address)

    @cached_property
    def sources_of_figures(self) -> frozenset[str]:
        """Keys of sources.yaml that formulae and contents of products rest on."""
        formulae = self.equations
        computed = {
            formulae.ckd_epi_2021.source,
            formulae.bedside_schwartz.source,
            formulae.serum_magnesium.source,
        }
        return frozenset(computed | {content.source for content in self.contents.values()})

    @cached_property
    def terms(self) -> Terms:
        """What the words of the pages refer to."""
        choices = {
            "kidney value": ("known", "unknown"),
            "pregnancy": ("none", "pregnant", "breastfeeding"),
            "country": self.regions_for_limits,
        }
        always = frozenset(
            fact for fact, settled in settled_by().items() if self.questions[settled].missing == "always"
        )
        return Terms(self.vocabulary, self.traits, choices, always)


def settled_by() -> dict[str, str]:
    """Fact -> the profile field whose answer makes it known."""
    fields = {quantity.fact: quantity.settled_by for quantity in QUANTITIES.values()}
    fields |= dict([*FLAGS.values(), *CHOICES.values()])
    return fields | dict.fromkeys(PROPERTIES.values(), PRODUCT_FIELD)


def load_rules(folder: Path | str | None = None) -> RuleBook:
    """The rule book that comes with magcheck; with `folder`, its pages and files instead of ours.

    A folder of one's own needs only pages; tables, sources and words that it lacks are ours.
    Raises RulesError with all problems at once.
    """
    return _Loader(shipped(), _own(folder)).book()


def _own(folder: Path | str | None) -> Traversable | None:
    if folder is None:
        return None
    path = Path(folder)
    if not path.is_dir():
        raise RulesError([Problem(str(folder), "this is not a folder.", "Name a folder with rule pages.")])
    return path


class _Loader:
    """Reads one rule book and keeps every problem it meets, so that all are said at once."""

    def __init__(self, shipped: Traversable, own: Traversable | None) -> None:
        self.own = own
        self.files = dict(files_in(shipped))
        self.raw = contents(self.files)
        refuse_damaged(shipped, self.raw, _NEEDED)
        if own is not None:
            pages = {path for path in self.files if _is_page(path)}
            self.files = {path: file for path, file in self.files.items() if path not in pages}
            self.files |= dict(files_in(own))
            self.raw = contents(self.files)
        self.digest = digest(self.raw)
        self.kept = NOTHING_KEPT if own else kept(shipped, self.raw)
        self.problems: list[Problem] = []

    def book(self) -> RuleBook:
        wording = self._one("wording.yaml", Wording)
        planning = self._one("planning.yaml", Planning)
        countries = self._one("countries.yaml", Countries)
        equations = self._one("equations.yaml", Equations)
        edition = self._one("edition.yaml", Edition)
        questions = self._each("questions.yaml", Question)
        sources = self._each("sources.yaml", Source)
        lacking = sorted(set(settled_by().values()) - questions.keys())
        self.problems += [Problem("questions.yaml", f"the question '{name}' is missing.") for name in lacking]
        traits = self._traits()
        classes = self._classes()
        pages, documents = self._pages()
        word_lists = self._word_lists()
        if self.problems or not (wording and planning and countries and equations and edition):
            raise RulesError(self.problems)
        regions = {name: frozenset(members) for name, members in countries.regions.items()}
        return RuleBook(
            rules=pages,
            documents=documents,
            sources=sources,
            vocabulary=build_vocabulary(
                self._table, classes, regions, Words(wording.which_one, word_lists), self.kept.spellings
            ),
            traits=traits,
            forms=magnesium_forms(rows(self._table("forms.csv"))),
            contents=known_contents(rows(self._table("contents.csv"))),
            equations=equations,
            countries=countries,
            questions=questions,
            wording=wording,
            planning=planning,
            version=edition.version,
            digest=self.digest,
        )

    def _table(self, name: str) -> str:
        return self.raw[f"{TABLES}/{name}"].decode("utf-8")

    def _document(self, path: str) -> Document | None:
        ours = self.own is None or not self.own.joinpath(path).is_file()
        shown = f"rules/{path}" if ours else str(self.files[path])
        raw = self.raw[path]
        if path in self.kept.documents:
            return Document(shown, self.kept.documents[path], lambda: read_document(raw, shown).lines)
        try:
            return read_document(raw, shown)
        except InputError as error:
            self.problems += error.problems
            return None

    def _one(self, path: str, model: type[AnyModel]) -> AnyModel | None:
        document = self._document(path)
        if document is None:
            return None
        try:
            read = model.model_validate(document.data)
        except ValidationError as error:
            self.problems += problems_of(error, model, document)
            return None
        if isinstance(read, Wording):
            self.problems += placeholder_problems(read, document)
        return read

    def _each(self, path: str, model: type[AnyModel]) -> dict[str, AnyModel]:
        """A file of named entries."""
        document = self._document(path)
        entries: dict[str, AnyModel] = {}
        if document is None:
            return entries
        content: object = document.data
        if not isinstance(content, dict):
            self.problems.append(Problem(document.where(), "this must hold names and entries."))
            return entries
        named = cast("dict[str, object]", content)
        for name, data in named.items():
            try:
                entries[name] = model.model_validate(data)
            except ValidationError as error:
                self.problems += problems_of(error, model, document, (name,))
        return entries

    def _traits(self) -> dict[str, dict[str, str]]:
        document = self._document(f"{TABLES}/traits.yaml")
        data: dict[str, dict[str, list[str]]] = document.data if document else {}
        return {
            kind: {
                normal(word): name
                for name, words in data.get(section, {}).items()
                for word in [name, *(words or [])]
            }
            for kind, section in TRAITS.items()
        }

    def _word_lists(self) -> tuple[dict[str, Any], ...]:
        paths = [path for path in self.raw if path.startswith(f"{TABLES}/{WORD_LISTS}/")]
        return tuple(document.data for path in paths if (document := self._document(path)))

    def _classes(self) -> list[ClassEntry]:
        document = self._document(f"{TABLES}/classes.yaml")
        return class_entries(document.data if document else [])

    def _pages(self) -> tuple[tuple[Rule, ...], dict[str, Document]]:
        pages: list[Rule] = []
        documents: dict[str, Document] = {}
        for path in filter(_is_page, self.raw):
            document = self._document(path)
            if document is None:
                continue
            try:
                rule = Rule.model_validate(document.data)
            except ValidationError as error:
                self.problems += problems_of(error, Rule, document)
                continue
            pages.append(rule)
            documents.setdefault(rule.id, document)
        return tuple(sorted(pages, key=lambda rule: rule.id)), documents


def _is_page(path: str) -> bool:
    return path.endswith(".yaml") and path not in _NOT_PAGES and not path.startswith(f"{TABLES}/")
