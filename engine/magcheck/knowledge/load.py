"""Where do the rules come from? A folder of pages and tables in, one immutable rule book out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from magcheck.core.errors import InputError, Problem, RulesError
from magcheck.core.fact_names import CHOICES, FLAGS, PRODUCT_FIELD, PROPERTIES, QUANTITIES
from magcheck.core.lazy import cached_property
from magcheck.core.model import Model
from magcheck.knowledge.additions import (
    KEYS,
    Table,
    joined_classes,
    joined_entries,
    joined_rows,
    joined_texts,
    joined_traits,
)
from magcheck.knowledge.document import Document, read_document
from magcheck.knowledge.entries import Countries, Edition, Planning, Question, Source
from magcheck.knowledge.equations import Equations
from magcheck.knowledge.files import TABLES, contents, digest, files_in, refuse_damaged, shipped
from magcheck.knowledge.keep import kept
from magcheck.knowledge.own_folder import MAX_PAGE_BYTES, read_folder
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from magcheck.knowledge.own_folder import OwnFolder
    from magcheck.knowledge.review import Evidence
    from magcheck.terminology.condition_words import ConditionWords
    from magcheck.terminology.magnesium_salts import Content, Property
    from magcheck.terminology.vocabulary import Meaning, Vocabulary

WORD_LISTS = "reading"
CONDITION_LISTS = "conditions"
WISHES = "goal"
"""The one list that says nothing about the body."""
_NOT_PAGES = frozenset(
    f"{name}.yaml"
    for name in (
        "claims",
        "countries",
        "edition",
        "equations",
        "planning",
        "promises",
        "questions",
        "sources",
        "wording",
    )
)
_NEEDED = (
    *(_NOT_PAGES - {"claims.yaml"}),
    *(f"{TABLES}/{name}.yaml" for name in ("classes", "traits")),
    *(f"{TABLES}/{name}.csv" for name in ("atc", "contents", "dose_forms", "families", "forms", "products")),
    *(f"{TABLES}/{name}.csv" for name in ("rxnorm", "substances")),
)
_ADDED = frozenset(
    {"sources.yaml", "wording.yaml", *(f"{TABLES}/{name}" for name in (*KEYS, "classes.yaml", "traits.yaml"))}
)
"""What a folder that adds may hold besides pages and word lists."""
OWN = "own"
"""Marks the edition of a rule book that holds somebody's own pages."""
_NOT_RULES = (OSError, ValueError, TypeError, KeyError, AttributeError)
"""What a table or list of another shape ends in."""
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
    own: int = 0
    """Pages that do not come with magcheck."""
    only: bool = False
    """None of the pages that come with magcheck is among them."""
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

    @cached_property
    def condition_words(self) -> ConditionWords:
        """Everything that words about an illness can mean, as one index."""
        from magcheck.terminology.condition_words import ConditionWords  # noqa: PLC0415 - known names need none

        return ConditionWords(self.condition_lists, self.traits, rows(self.condition_codes))

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


def load_rules(folder: Path | str | None = None, *, only: bool = False) -> RuleBook:
    """The rule book that comes with magcheck; with `folder`, its pages and entries beside ours.

    `only`: its pages and files instead of ours; tables, sources and words that it lacks are still ours.
    Raises RulesError with all problems at once.
    """
    if folder is None:
        return _Loader(shipped(), None, only=False).book()
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
        refuse_damaged(shipped, self.ours, _NEEDED)
        self.kept = kept(shipped, self.ours)
        self.problems: list[Problem] = []
        questions = self._our_document("questions.yaml")
        self.needed_questions = frozenset[str](questions.data if questions else ())
        if only:
            self.ours = {path: raw for path, raw in self.ours.items() if not (_is_page(path) or path in self.own)}
        self.digest = digest(self._digested())
        self.problems += self._misplaced()
        if only and own and not any(map(_is_page, self.own)):
            what = "there is no rule page here."
            self.problems.append(Problem(str(own.folder), what, "Add one, or name another folder."))

    def _digested(self) -> dict[str, bytes]:
        """Everything that decides, under names that tell whose it is."""
        if self.only:
            return dict(sorted((self.ours | self.own).items()))
        return self.ours | {f"{OWN}/{path}": raw for path, raw in self.own.items()}

    def _misplaced(self) -> Iterator[Problem]:
        """Files of one's own that would be read for nothing."""
        for path, raw in self.own.items():
            if _is_page(path):
                if len(raw) > MAX_PAGE_BYTES:
                    what = f"the page is larger than {MAX_PAGE_BYTES:,} bytes."
                    yield Problem(self._shown(path), what, "Write several pages.")
            elif not (path in _ADDED or path in _NEEDED or path in _NOT_PAGES or _is_word_list(path)):
                yield Problem(self._shown(path), "no such file is read here.", "Rename it, or leave it out.")
            elif not self.only and path not in _ADDED and (path in self.ours or not _is_word_list(path)):
                what = "this file would replace ours, but these pages are added."
                yield Problem(self._shown(path), what, "Leave it out, or use the folder alone: --only-rules.")

    def _shown(self, path: str) -> str:
        return self.folder.shown(path) if self.folder and path in self.own else f"rules/{path}"

    def book(self) -> RuleBook:
        wording = self._one("wording.yaml", Wording)
        planning = self._one("planning.yaml", Planning)
        countries = self._one("countries.yaml", Countries)
        equations = self._one("equations.yaml", Equations)
        edition = self._one("edition.yaml", Edition)
        promised = self._layers("promises.yaml")
        questions = self._each("questions.yaml", Question)
        sources = self._each("sources.yaml", Source)
        self.problems += self._lacking(questions)
        traits = joined_traits(self._layers(f"{TABLES}/traits.yaml"), self.problems)
        classes = class_entries(joined_classes(self._layers(f"{TABLES}/classes.yaml"), self.problems))
        tables = {name: self._table(name) for name in KEYS}
        word_lists = self._word_lists(WORD_LISTS)
        condition_lists = self._word_lists(CONDITION_LISTS)
        pages, documents, own = self._pages()
        if self.problems or not (wording and planning and countries and equations and edition and promised):
            raise RulesError(self.problems)
        regions = {name: frozenset(members) for name, members in countries.regions.items()}
        is_ours = not any(path.startswith(f"{TABLES}/") for path in self.own)
        return RuleBook(
            rules=pages,
            documents=documents,
            sources=sources,
            vocabulary=build_vocabulary(
                tables.__getitem__,
                classes,
                regions,
                Words(wording.which_one, word_lists),
                self.kept.spellings if is_ours else None,
            ),
            traits=traits,
            condition_lists=condition_lists,
            condition_codes=tables["icd10.csv"],
            forms=magnesium_forms(rows(tables["forms.csv"])),
            contents=known_contents(rows(tables["contents.csv"])),
            equations=equations,
            countries=countries,
            questions=questions,
            wording=wording,
            planning=planning,
            promised=promised[-1],
            version=self._version(edition.version),
            digest=self.digest,
            own=own,
            only=self.only,
        )

    def _version(self, edition: str) -> str:
        """The name of our edition stands for our pages alone."""
        if self.only:
            return edition if "edition.yaml" in self.own else OWN
        return f"{edition}+{OWN}" if self.own else edition

    def _lacking(self, questions: Mapping[str, Question]) -> Iterator[Problem]:
        """The engine asks what our questions ask: one's own file holds each of them."""
        needed = {*settled_by().values(), *self.needed_questions}
        where = self._shown("questions.yaml")
        for name in sorted(needed - questions.keys()):
            yield Problem(where, f"the question '{name}' is missing.", "Copy it from ours.")

    def _table(self, name: str) -> str:
        path = f"{TABLES}/{name}"
        layers = [
            Table(raw[path].decode("utf-8-sig"), shown)
            for raw, shown in ((self.ours, f"rules/{path}"), (self.own, self._shown(path)))
            if path in raw
        ]
        return joined_rows(name, layers[0], layers[1], self.problems) if len(layers) > 1 else layers[0].text

    def _layers(self, path: str) -> list[Document]:
        """Our file and one's own of the same name, as far as they are there and can be read."""
        found = [self._our_document(path) if path in self.ours else None]
        if path in self.own:
            found.append(self._own_document(path))
        return [document for document in found if document]

    def _our_document(self, path: str) -> Document | None:
        raw, shown = self.ours[path], f"rules/{path}"
        if path in self.kept.documents:
            return Document(shown, self.kept.documents[path], lambda: read_document(raw, shown).lines)
        return self._read(raw, shown)

    def _own_document(self, path: str) -> Document | None:
        return self._read(self.own[path], self._shown(path))

    def _read(self, raw: bytes, shown: str) -> Document | None:
        try:
            return read_document(raw, shown)
        except InputError as error:
            self.problems += error.problems
            return None

    def _one(self, path: str, model: type[AnyModel]) -> AnyModel | None:
        layers = self._layers(path)
        if not layers:
            return None
        document = layers[-1]
        data = joined_texts(*layers) if len(layers) > 1 else document.data
        try:
            read = model.model_validate(data)
        except ValidationError as error:
            self.problems += problems_of(error, model, document)
            return None
        if isinstance(read, Wording):
            self.problems += placeholder_problems(read, document)
        return read

    def _each(self, path: str, model: type[AnyModel]) -> dict[str, AnyModel]:
        """A file of named entries."""
        entries: dict[str, AnyModel] = {}
        for name, (data, document) in joined_entries(self._layers(path), self.problems).items():
            try:
                entries[name] = model.model_validate(data)
            except ValidationError as error:
                self.problems += problems_of(error, model, document, (name,))
        return entries

    def _word_lists(self, folder: str) -> tuple[dict[str, Any], ...]:
        lists = (path for path in sorted({*self.ours, *self.own}) if _is_word_list(path))
        paths = [path for path in lists if path.startswith(f"{TABLES}/{folder}/")]
        return tuple(document.data for path in paths for document in self._layers(path))

    def _pages(self) -> tuple[tuple[Rule, ...], dict[str, Document], int]:
        """All pages by their ids, the file of each, and how many are one's own."""
        documents: dict[str, Document] = {}
        ours = [*self._rules(map(self._our_document, filter(_is_page, self.ours)), documents)]
        known = dict(documents)
        own = [*self._rules(map(self._own_document, filter(_is_page, self.own)), documents)]
        pages = [rule for rule, _ in (*ours, *own)]
        for rule, document in own:
            if rule.id in known:
                what = f"the id '{rule.id}' is that of {known[rule.id].where(('id',))} too."
                self.problems.append(Problem(document.where(("id",)), what, "Give your page another id."))
        return tuple(sorted(pages, key=lambda rule: rule.id)), documents, len(own)

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


def _is_page(path: str) -> bool:
    return path.endswith(".yaml") and path not in _NOT_PAGES and not path.startswith(f"{TABLES}/")


def _is_word_list(path: str) -> bool:
    folders = (f"{TABLES}/{WORD_LISTS}/", f"{TABLES}/{CONDITION_LISTS}/")
    return path.endswith(".yaml") and path.startswith(folders)
