"""What may a text hold, and how is everything dangerous refused? YAML and JSON."""

from __future__ import annotations

import json
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from magcheck import InputError
from magcheck.knowledge.document import MAX_BYTES, MAX_DEPTH, Document, read_document

if TYPE_CHECKING:
    from magcheck.core.errors import Problem


def read(text: str | bytes) -> Any:
    return read_document(text if isinstance(text, bytes) else text.encode(), "a.yaml").data


def refused(text: str | bytes) -> Problem:
    with pytest.raises(InputError) as error:
        read(text)
    (problem,) = error.value.problems
    return problem


# What is understood


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1", {"a": 1}),
        ("a: -1.5e3", {"a": -1500.0}),
        ("a: .5", {"a": 0.5}),
        ("a: 007", {"a": "007"}),
        ("a: 0x1F", {"a": "0x1F"}),
        ("a: 0o17", {"a": "0o17"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 06:30", {"a": "06:30"}),
        ("a: 2026-01-01", {"a": "2026-01-01"}),
        ("a: yes\nb: no\nc: true\nd: False", {"a": True, "b": False, "c": True, "d": False}),
        ("a: on\nb: off\nc: y\nd: NO", {"a": "on", "b": "off", "c": "y", "d": "NO"}),
        ("a: ~\nb: null\nc:", {"a": None, "b": None, "c": None}),
        ("a: '1'\nb: \"true\"", {"a": "1", "b": "true"}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        ("1: a\nyes: b", {"1": "a", "yes": "b"}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("- 1\n- [a, {b: c}]", [1, ["a", {"b": "c"}]]),
        ("just a word", "just a word"),
        ("# nothing but a remark", None),
        ("--- {a: 1}", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("\ufeffa: 1", {"a": 1}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('  \n{"a": [1, 2.5, null, true, "é"]}', {"a": [1, 2.5, None, True, "é"]}),
        ("{}", {}),
        ("[]", []),
    ],
)
def test_plain_data_is_read(text: str, data: object) -> None:
    assert read(text) == data


def test_yes_is_not_one() -> None:
    assert read("a: yes") is not None
    assert type(read("a: yes")["a"]) is bool
    assert type(read("a: 1")["a"]) is int
    assert type(read("a: 1.0")["a"]) is float


# Where it stands

TEXT = """\
person:
  age: 62
medications:
  - name: cipro
    times: ["08:00",
            "20:00"]
  - levothyroxine
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("person",), 2),
        (("person", "age"), 2),
        (("medications", 0, "name"), 4),
        (("medications", 0, "times", 1), 6),
        (("medications", 1), 7),
        (("medications", 1, "name"), 7),
        (("medications", 0, "colour", "of", "the", "box"), 4),
        (("nowhere",), 1),
    ],
)
def test_every_part_knows_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert read_document(TEXT.encode(), "a.yaml").where(path) == f"a.yaml:{line}"


def test_parts_of_json_know_their_line_too() -> None:
    text = json.dumps({"person": {"age": 62}, "medications": [{"name": "cipro"}]}, indent=1)
    assert read_document(text.encode(), "a.json").where(("medications", 0, "name")) == "a.json:7"


def test_json_that_is_not_yaml_does_without_lines() -> None:
    document = read_document(b'{"a":\t"\\ud83d\\ude00", "b": 1}', "a.json")
    assert document.data == {"a": "\U0001f600", "b": 1}
    assert document.where(("b",)) in ("a.json", "a.json:1")


# What is refused


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "a.yaml", "the file is empty."),
        (" \n\t\n", "a.yaml", "the file is empty."),
        ("\ufeff", "a.yaml", "the file is empty."),
        ("a: 1\nb: &x 2", "a.yaml:2", "anchors and aliases (& and *) are not allowed."),
        ("a: 1\nb: *x", "a.yaml:2", "anchors and aliases (& and *) are not allowed."),
        ("&a b: 1", "a.yaml:1", "anchors and aliases (& and *) are not allowed."),
        ("a: &x [*x]", "a.yaml:1", "anchors and aliases (& and *) are not allowed."),
        ("a: &x {b: 1}\nc: {<<: *x}", "a.yaml:1", "anchors and aliases (& and *) are not allowed."),
        ("a:\n - !!python/object/apply:os.system [ls]", "a.yaml:2", "the tag tag:yaml.org,2002:python/object"),
        ("a: !!int 5", "a.yaml:1", "the tag tag:yaml.org,2002:int is not allowed."),
        ("a: !!binary aGk=", "a.yaml:1", "the tag tag:yaml.org,2002:binary is not allowed."),
        ("!thing\na: 1", "a.yaml:1", "the tag !thing is not allowed."),
        ("%TAG ! tag:x,2000:\n---\n!foo a", "a.yaml:3", "the tag tag:x,2000:foo is not allowed."),
        ("a: 1\n---\nb: 2", "a.yaml:2", "a second document begins here ('---')."),
        ("a: 1\n---\n---\n", "a.yaml:2", "a second document begins here ('---')."),
        ("a: 1\nb: 2\na: 3", "a.yaml:3", "the key 'a' stands twice."),
        ("p:\n  a: 1\n  'a': 2", "a.yaml:3", "the key 'a' stands twice."),
        ("a: {b: 1, b: 2}", "a.yaml:1", "the key 'b' stands twice."),
        ("1: a\n'1': b", "a.yaml:2", "the key '1' stands twice."),
        ("? [a, b]\n: 1", "a.yaml:1", "a key must be a plain word."),
        ("? {a: b}\n: 1", "a.yaml:1", "a key must be a plain word."),
        (f"a: 1\nb: {'1' * 41}", "a.yaml:2", "this number is too long."),
        (f"a: 0.{'1' * 41}", "a.yaml:1", "this number is too long."),
        ("a: [1, 2", "a.yaml:2", "this is not YAML: "),
        ("a: 'x", "a.yaml:1", "this is not YAML: "),
        ("a:\n\t- b", "a.yaml:2", "this is not YAML: "),
        ("a: b: c", "a.yaml:1", "this is not YAML: "),
        ("a: 1\n b: 2", "a.yaml:2", "this is not YAML: "),
        ("a: @x", "a.yaml:1", "this is not YAML: "),
        ('a: "\\ud800"', "a.yaml:1", "this is not YAML: "),
        ("a: \x07", "a.yaml", "this is not YAML: "),
        ("a: \x00", "a.yaml", "this is not YAML: "),
        ("a: 1\n\n- b", "a.yaml:3", "this is not YAML: "),
        ('{"a":\n [1', "a.yaml:2", "this is not JSON: "),
        ('{"a": 1}\n{"b": 2}', "a.yaml:2", "this is not JSON: "),
        ("{a: 1}", "a.yaml:1", "this is not JSON: "),
        ('{"a": 1,}', "a.yaml:1", "this is not JSON: "),
        ("[1, 2,]", "a.yaml:1", "this is not JSON: "),
        ("{'a': 1}", "a.yaml:1", "this is not JSON: "),
        ('{"a": 01}', "a.yaml:1", "this is not JSON: "),
        ('{"a": "\x00"}', "a.yaml:1", "this is not JSON: "),
    ],
)
def test_what_is_dangerous_or_broken_is_refused_with_its_line(text: str, where: str, what: str) -> None:
    problem = refused(text)
    assert problem.where == where
    assert problem.what.startswith(what)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"a": 1, "a": 1}', "the key 'a' stands twice."),
        ('{"p": {"a": 1, "\\u0061": 2}}', "the key 'a' stands twice."),
        ('{"a": NaN}', "NaN is not a number."),
        ('{"a": Infinity}', "Infinity is not a number."),
        ("[-Infinity]", "-Infinity is not a number."),
        (f'{{"a": {"9" * 5000}}}', "a number is too long."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_json_is_refused(text: str, what: str) -> None:
    problem = refused(text)
    assert problem.where.startswith("a.yaml")
    assert problem.what == what


@pytest.mark.parametrize(
    ("raw", "place"), [(b"\xff\xfea: 1", 0), (b"a: 1\nb: \x80", 8), ("größe: 1".encode("latin-1"), 2)]
)
def test_bytes_that_are_no_text_are_refused(raw: bytes, place: int) -> None:
    assert refused(raw).what == f"byte {place} is not UTF-8 text."


@pytest.mark.parametrize("text", ["a: 1\n" * 200_001, "#" * (MAX_BYTES + 1), "{" + " " * MAX_BYTES])
def test_a_file_that_is_too_large_is_not_even_read(text: str) -> None:
    assert refused(text).what == "the file is larger than 1,000,000 bytes."


def test_a_file_just_small_enough_is_read() -> None:
    assert read("a: 1\n#".ljust(MAX_BYTES, "x")) == {"a": 1}


def nested(depth: int, *, json_text: bool) -> str:
    return "[" * depth + "1" + "]" * depth if json_text else "- " * depth + "1"


@pytest.mark.parametrize("json_text", [True, False])
@pytest.mark.parametrize("depth", [1, MAX_DEPTH - 1, MAX_DEPTH])
def test_nesting_is_read_to_thirty(depth: int, *, json_text: bool) -> None:
    data = read(nested(depth, json_text=json_text))
    for _ in range(depth):
        (data,) = data
    assert data == 1


@pytest.mark.parametrize("json_text", [True, False])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100, 10_000, 400_000])
def test_deeper_nesting_is_refused(depth: int, *, json_text: bool) -> None:
    assert refused(nested(depth, json_text=json_text)).what == "nested deeper than 30."


@pytest.mark.parametrize("text", ['{"a":' * 150_000, "a: " + "[" * 100_000, "? " * 10_000, "{" * 100_000])
def test_what_never_ends_is_refused_too(text: str) -> None:
    assert refused(text).what


def many_keys(count: int) -> dict[str, int]:
    return {f"key{number}": number for number in range(count)}


@pytest.mark.parametrize("dump", [json.dumps, yaml.safe_dump])
def test_many_keys_take_no_more_than_their_share_of_time(dump: Any) -> None:
    """A file of the greatest size is read in seconds, not in minutes."""
    begin = process_time()
    assert len(read(dump(many_keys(20_000)))) == 20_000
    assert process_time() - begin < 4


def test_a_thousand_laughs_are_refused_before_they_grow() -> None:
    lines = ["a0: &a0 [ha, ha]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    assert refused("\n".join(lines)).where == "a.yaml:1"


# Anything

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=40), inner, max_size=4),
    max_leaves=20,
)


class Quoting(yaml.SafeDumper):
    """Writes every text in quotes; PyYAML's own idea of what needs them is older than ours."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML asks
        return True


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


@given(plain)
@settings(deadline=None, max_examples=300)
def test_yaml_is_read_as_it_was_written(data: object) -> None:
    assert read(yaml.dump(data, Dumper=Quoting, allow_unicode=True)) == data


@given(st.dictionaries(st.text(), plain, max_size=4) | st.lists(plain, max_size=4), st.booleans())
@settings(deadline=None, max_examples=300)
def test_json_is_read_as_it_was_written(data: object, ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    finite = json.loads(json.dumps(data).replace("Infinity", "1"))
    assert read(json.dumps(finite, ensure_ascii=ascii_only, indent=1)) == finite


def outcome(raw: bytes) -> Document | InputError:
    """Whatever else is raised is not caught."""
    try:
        return read_document(raw, "a.yaml")
    except InputError as error:
        return error


def assert_read_or_refused(raw: bytes) -> None:
    found = outcome(raw)
    assert found.where().startswith("a.yaml") if isinstance(found, Document) else str(found)


@given(st.binary())
@settings(deadline=None, max_examples=500)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert_read_or_refused(raw)


@given(st.text())
@example("\x85")
@example("\u2028a: 1\u2029")
@example("? ")
@example("!")
@example("!<> a")
@settings(deadline=None, max_examples=500)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert_read_or_refused(text.encode())


syntax = st.sampled_from(
    [*"[]{}:,-?&*!|>'\"%@`#~<\n\t \\=.", "---", "...", "\n  ", "a", "1", "é", ": ", "- ", "\r"]
)


@given(st.lists(syntax, max_size=60).map("".join))
@settings(deadline=None, max_examples=1000)
def test_any_mixture_of_signs_is_read_or_refused(text: str) -> None:
    assert_read_or_refused(text.encode())


@given(st.sampled_from([TEXT, json.dumps({"a": [1, {"b": None}], "c": "x"})]), st.data())
@settings(deadline=None, max_examples=300)
def test_a_profile_cut_or_scratched_anywhere_is_read_or_refused(text: str, data: st.DataObject) -> None:
    begin, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    scratch = data.draw(st.text(max_size=5))
    assert_read_or_refused((text[:begin] + scratch + text[end:]).encode())
