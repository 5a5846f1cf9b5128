"""Where do the rules come from? A folder of pages and tables in, one immutable rule book out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from magcheck.core.errors import Problem, RulesError
from magcheck.core.fact_names import CHOICES, FLAGS, PRODUCT_FIELD, PROPERTIES, QUANTITIES, SWALLOWED
from magcheck.core.lazy import LazyMapping, cached_property
from magcheck.knowledge.conditions import TakenCount, Taking
from magcheck.knowledge.entries import Countries, Edition, Planning, Question, Source
from magcheck.knowledge.equations import Equations
from magcheck.knowledge.files import contents, digest, files_in, refuse_damaged, shipped
from magcheck.knowledge.keep import kept
from magcheck.knowledge.layers import Layers
from magcheck.knowledge.layout import (
    CONDITION_LISTS,
    NEEDED,
    is_decided,
    is_page,
    misplaced,
)
from magcheck.knowledge.own_folder import read_folder
from magcheck.knowledge.pages import Pages
from magcheck.knowledge.refusal import problems_of
from magcheck.knowledge.rule import Rule
from magcheck.knowledge.terms import Terms
from magcheck.knowledge.vocabulary_files import vocabulary_files
from magcheck.knowledge.wording.wording import Wording
from magcheck.report import Cited
from magcheck.terminology.magnesium_salts import property_interval
from magcheck.terminology.nearest import KnownWords, near_words
from magcheck.terminology.normalise import normal
from magcheck.terminology.tables import Words, build_vocabulary, make_all, rows
from magcheck.terminology.vocabulary import NotFound, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from magcheck.knowledge.decided import Decided
    from magcheck.knowledge.document import Document
    from magcheck.knowledge.own_folder import OwnFolder
    from magcheck.knowledge.review import Evidence
    from magcheck.knowledge.vocabulary_files import VocabularyFiles
    from magcheck.terminology.condition_words import ConditionWords
    from magcheck.terminology.magnesium_salts import Content, Property
    from magcheck.terminology.vocabulary import Meaning, Substance, Vocabulary

WISHES = "goal"
"""The one list that says nothing about the body."""
OWN = "own"
"""Marks the edition of a rule book that holds somebody's own pages."""
MOST_REMEMBERED = 4096
"""Different products for which an answer is kept."""
_NOT_RULES = (OSError, ValueError, TypeError, KeyError, AttributeError)
"""What a table or list of another shape ends in."""


@dataclass(frozen=True)
class RuleBook:
    """Everything that is known: pages, vocabulary, equations, words."""

    rules: Sequence[Rule]
    documents: Mapping[str, Document]
    """Page id -> the file that it was read from."""
    sources: Mapping[str, Source]
    vocabulary: Vocabulary
    traits: Mapping[str, Mapping[str, str]]
    """Kind of trait -> normalised word -> canonical name."""
    condition_lists: tuple[Mapping[str, Any], ...]
    """What words about an illness mean besides names, one list for each language, and what they share."""
    condition_codes: str
    """The table of ICD-10 codes."""
    forms: Mapping[str, Sequence[Property]]
    contents: Mapping[str, Content]
    """Normalised name of a product -> the magnesium of one intake."""
    equations: Equations
    countries: Countries
    questions: Mapping[str, Question]
    wording: Wording
    planning: Planning
    promised: Document
    """What the pages together promise; read by who proves it."""
    version: str
    digest: str
    decided_files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """The table of what was decided for each medicine, unread: no check needs it."""
    own: int = 0
    """Pages that do not come with magcheck."""
    only: bool = False
    """None of the pages that come with magcheck is among them."""
    rules_by_id: Mapping[str, Rule] = field(init=False)
    made_of: str = field(init=False, default="", compare=False)
    """What all of this was kept under; nothing where any of it is one's own or was read anew."""

    def __post_init__(self) -> None:
        by_id = self.rules.by_id if isinstance(self.rules, Pages) else {rule.id: rule for rule in self.rules}
        object.__setattr__(self, "rules_by_id", by_id)

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
        for name in (meaning.label, *(substance.name for substance in meaning.substances)):
            content = self.contents.get(normal(name))
            if content:
                return content
        return None

    @cached_property
    def properties_of(self) -> Callable[[tuple[Substance, ...]], Mapping[str, tuple[int, int]]]:
        """Salts of a product -> each fact of `PROPERTIES`, and whether it holds; the answers are kept."""

        def found(salts: tuple[Substance, ...]) -> Mapping[str, tuple[int, int]]:
            return {fact: property_interval(salts, self.forms, fact) for fact in PROPERTIES.values()}

        return lru_cache(MOST_REMEMBERED)(found)

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

    @cached_property
    def condition_words(self) -> ConditionWords:
        """Everything that words about an illness can mean, as one index."""
        from magcheck.terminology.condition_words import ConditionWords  # noqa: PLC0415 - known names need none

        return ConditionWords(self.condition_lists, self.traits, rows(self.condition_codes))

    @cached_property
    def _trait_words(self) -> Mapping[str, KnownWords]:
        return {kind: KnownWords(names) for kind, names in self.traits.items()}

    def unknown_trait(self, kind: str, words: str) -> NotFound:
        return NotFound(Reason.UNKNOWN, near_words(words, self._trait_words[kind]))

    @cached_property
    def spoken_of_elsewhere(self) -> frozenset[str]:
        """Substances and classes of which a page speaks where they are not swallowed."""
        lines = (line for rule in self.rules for line in rule.when if isinstance(line, Taking))
        return frozenset(name for line in lines if line.route not in (None, SWALLOWED) for name in line.names)

    @cached_property
    def routes_named(self) -> Mapping[str, frozenset[str]]:
        """Substance or class -> the routes by which pages ask for it, as pages say them."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for line in (line for rule in self.rules if not rule.retired for line in rule.when):
            named = [(name, line.route) for name in line.names] if isinstance(line, Taking) else ()
            for name, route in line.things if isinstance(line, TakenCount) else named:
                selector = self.vocabulary.selector(name)
                if selector and route:
                    found[selector].add(route)
        return {selector: frozenset(routes) for selector, routes in found.items()}

    @cached_property
    def citations(self) -> Mapping[str, tuple[Cited, ...]]:
        """Page id -> its evidence as the report shows it."""
        return LazyMapping(self.rules_by_id, lambda _, rule: tuple(map(self._cited, rule.evidence)))

    def _cited(self, evidence: Evidence) -> Cited:
        source = self.sources[evidence.source]
        return Cited(
            id=evidence.source,
            source=source.title,
            where=evidence.where,
            grade=evidence.grade.value,
            url=source.address,
        )

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
    def decided(self) -> Decided:
        """Raises RulesError where the table cannot be read."""
        from magcheck.knowledge.decided import read_decided  # noqa: PLC0415 - no check needs it

        return read_decided(self.decided_files)

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


def load_rules(folder: Path | str | None = None, *, only: bool = False) -> RuleBook:
    """The rule book that comes with magcheck; with `folder`, its pages and entries beside ours.

    `only`: its pages and files instead of ours; tables, sources and words that it lacks are still ours.
    Raises RulesError with all problems at once.
    """
    if folder is None:
        return _Loader(shipped(), None, only=False).shipped_book()
    own = read_folder(folder)
    try:
        return _Loader(shipped(), own, only=only).book()
    except _NOT_RULES as error:
        what = f"this folder cannot be read as rules: {type(error).__name__}: {error}."
        raise RulesError([Problem(str(folder), what, "See CONTRIBUTING for what it may hold.")]) from error


class _Loader:
    """Reads one rule book and keeps every problem it meets, so that all are said at once."""

    def __init__(self, shipped: Traversable, own: OwnFolder | None, *, only: bool) -> None:
        self.folder = own
        self.only = only
        self.ours = contents(dict(files_in(shipped)))
        self.own = own.files if own else {}
        whole = digest(self.ours)
        refuse_damaged(shipped, self.ours, whole, NEEDED)
        self.kept = kept(shipped, whole)
        self.problems: list[Problem] = []
        self.layers = Layers(self.ours, own, self.kept, self.problems)
        self.needed_questions = frozenset[str]()
        if only:
            questions = self.layers.our_document("questions.yaml")
            self.needed_questions = frozenset(questions.data if questions else ())
            self.ours = {path: raw for path, raw in self.ours.items() if not self._replaced(path)}
            self.layers = Layers(self.ours, own, self.kept, self.problems)
        self.digest = digest(self._digested()) if own else whole
        self.problems += misplaced(self.own, self.ours, self.layers.shown, only=only)
        if only and own and not any(map(is_page, self.own)):
            what = "there is no rule page here."
            self.problems.append(Problem(str(own.folder), what, "Add one, or name another folder."))

    def _replaced(self, path: str) -> bool:
        """Is it of no use where one's own pages are used alone? Decisions are about our pages."""
        return is_page(path) or is_decided(path) or path in self.own

    def _digested(self) -> dict[str, bytes]:
        """Everything that decides, under names that tell whose it is."""
        if self.only:
            return dict(sorted((self.ours | self.own).items()))
        return self.ours | {f"{OWN}/{path}": raw for path, raw in self.own.items()}

    def shipped_book(self) -> RuleBook:
        """The book that comes with magcheck, which says what it was kept under."""
        book = self.book()
        object.__setattr__(book, "made_of", self.kept.digest)
        return book

    def book(self) -> RuleBook:
        wording = self.layers.one("wording.yaml", Wording)
        planning = self.layers.one("planning.yaml", Planning)
        countries = self.layers.one("countries.yaml", Countries)
        equations = self.layers.one("equations.yaml", Equations)
        edition = self.layers.one("edition.yaml", Edition)
        promised = self.layers.of("promises.yaml")
        questions = self.layers.each("questions.yaml", Question)
        sources = self.layers.each("sources.yaml", Source)
        self.problems += self._lacking(questions)
        words = vocabulary_files(self.layers)
        condition_lists = self.layers.word_lists(CONDITION_LISTS)
        pages, documents, own = self._pages()
        if self.problems or not (wording and planning and countries and equations and edition and promised):
            raise RulesError(self.problems)
        return RuleBook(
            rules=pages,
            documents=documents,
            sources=sources,
            vocabulary=self._vocabulary(words, countries, wording.which_one),
            traits=words.traits,
            condition_lists=condition_lists,
            condition_codes=self.layers.table("icd10.csv"),
            forms=words.forms,
            contents=words.contents,
            equations=equations,
            countries=countries,
            questions=questions,
            wording=wording,
            planning=planning,
            promised=promised[-1],
            version=self._version(edition.version),
            digest=self.digest,
            decided_files=self._decided_files(),
            own=own,
            only=self.only,
        )

    def _vocabulary(self, found: VocabularyFiles, countries: Countries, which_one: str) -> Vocabulary:
        regions = {name: frozenset(members) for name, members in countries.regions.items()}
        packages = partial(self.layers.table, "rxnorm.csv")
        vocabulary = build_vocabulary(found.tables, packages, regions, Words(which_one, found.phrases))
        if found is not self.kept.vocabulary:
            make_all(vocabulary)
        return vocabulary

    def _version(self, edition: str) -> str:
        """The name of our edition stands for our pages alone."""
        if self.only:
            return edition if "edition.yaml" in self.own else OWN
        return f"{edition}+{OWN}" if self.own else edition

    def _lacking(self, questions: Mapping[str, Question]) -> Iterator[Problem]:
        """The engine asks what our questions ask: one's own file holds each of them."""
        needed = {*settled_by().values(), *self.needed_questions}
        where = self.layers.shown("questions.yaml")
        for name in sorted(needed - questions.keys()):
            yield Problem(where, f"the question '{name}' is missing.", "Copy it from ours.")

    def _decided_files(self) -> dict[str, bytes]:
        files = self.own if self.only else self.ours
        return {self.layers.shown(path): raw for path, raw in files.items() if is_decided(path)}

    def _pages(self) -> tuple[Sequence[Rule], Mapping[str, Document], int]:
        """All pages by their ids, the file of each, and how many are one's own."""
        if self.folder is None and self.kept.ids:
            by_id = LazyMapping(self.kept.ids, lambda _, path: cast("Rule", self.kept.model(path)))
            return Pages(by_id), LazyMapping(self.kept.ids, lambda _, path: self.layers.kept_document(path)), 0
        documents: dict[str, Document] = {}
        ours = [*self._our_rules(documents)]
        known = dict(documents)
        own = [*self._rules(map(self.layers.own_document, filter(is_page, self.own)), documents)]
        pages = [rule for rule, _ in (*ours, *own)]
        for rule, document in own:
            if rule.id in known:
                what = f"the id '{rule.id}' is that of {known[rule.id].where(('id',))} too."
                self.problems.append(Problem(document.where(("id",)), what, "Give your page another id."))
        return tuple(sorted(pages, key=lambda rule: rule.id)), documents, len(own)

    def _our_rules(self, documents: dict[str, Document]) -> Iterator[tuple[Rule, Document]]:
        """As `_rules`; those that were validated before are not validated again."""
        for path in filter(is_page, self.ours):
            document = self.layers.our_document(path)
            if document and path in self.kept.validated:
                rule: Rule = self.kept.model(path)
                documents.setdefault(rule.id, document)
                yield rule, document
            else:
                yield from self._rules([document], documents)

    def _rules(
        self, read: Iterable[Document | None], documents: dict[str, Document]
    ) -> Iterator[tuple[Rule, Document]]:
        """Every page that is one; `documents` grows by the file of each id."""
        for document in filter(None, read):
            try:
                rule = Rule.model_validate(document.data)
            except ValidationError as error:
                self.problems += problems_of(error, Rule, document)
                continue
            documents.setdefault(rule.id, document)
            yield rule, document
