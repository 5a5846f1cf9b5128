"""May only a listed record system ask, with a token that it signed, and only once with each?"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from magcheck import InputError
from magcheck.serve import Settings, create_app
from magcheck.serve.cds import tokens
from magcheck.serve.cds.tokens import REFUSED, tokens_of
from magcheck.serve.pool import FullError
from magcheck.serve.problems import ProblemError
from tests.serve.calling import Client, problem_in
from tests.serve.cds.asking import request, sound

if TYPE_CHECKING:
    from pathlib import Path

    from magcheck import Checker

BASE = "https://magcheck.test"
ISS = "https://ehr.test"
JKU = "https://ehr.test/keys.json"
PATH = "/cds-services/magcheck-patient-view"
EC, RSA = ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)
STRANGER = ec.generate_private_key(ec.SECP384R1())


def jwk(key: Any, kid: str, *, private: bool = False) -> dict[str, Any]:
    kind = (
        jwt.algorithms.ECAlgorithm if isinstance(key, ec.EllipticCurvePrivateKey) else jwt.algorithms.RSAAlgorithm
    )
    made: dict[str, Any] = json.loads(kind.to_jwk(key if private else key.public_key()))
    return made | {"kid": kid}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clients")
    (folder / "ehr.jwks.json").write_text(json.dumps({"keys": [jwk(EC, "ec"), jwk(RSA, "rsa")]}))
    clients = folder / "clients.json"
    clients.write_text(
        json.dumps({"base": f"{BASE}/", "clients": [{"iss": ISS, "jku": JKU, "keys": "ehr.jwks.json"}]})
    )
    return clients


@pytest.fixture(scope="module")
def guarded(listed: Path, checker: Checker) -> Client:
    return Client(create_app(Settings(cds_clients=str(listed)), checker))


def token(key: Any = EC, algorithm: str = "ES384", header: dict[str, Any] | None = None, **claims: Any) -> str:
    now = int(time.time())
    told = {"iss": ISS, "aud": f"{BASE}{PATH}", "iat": now, "exp": now + 300, "jti": str(uuid4())} | claims
    kept = {name: value for name, value in told.items() if value is not None}
    named = {"kid": "ec", "jku": JKU} | (header or {})
    return jwt.encode(kept, key, algorithm, {name: value for name, value in named.items() if value is not None})


def asked_with(client: Client, signed: str) -> Any:
    return client.post(PATH, request("patient-view"), {"authorization": f"Bearer {signed}"})


def test_a_signed_token_opens_and_opens_once(guarded: Client) -> None:
    signed = token()
    answer = asked_with(guarded, signed)
    assert answer.status_code == 200, answer.text
    sound(answer.json())
    assert problem_in(asked_with(guarded, signed), 401)["detail"] == REFUSED


def test_an_rsa_key_opens_too_and_discovery_needs_none(guarded: Client) -> None:
    assert asked_with(guarded, token(RSA, "RS384", {"kid": "rsa"})).status_code == 200
    assert guarded.get("/cds-services").status_code == 200


def test_feedback_needs_a_token_too(guarded: Client) -> None:
    problem_in(guarded.post(f"{PATH}/feedback", {"feedback": []}), 401)
    signed = token(aud=[f"{BASE}{PATH}/feedback", "https://elsewhere.test"])
    heard = guarded.post(f"{PATH}/feedback", {"feedback": []}, {"authorization": f"bearer {signed}"})
    assert heard.status_code == 200


PAST = int(time.time()) - 4000
WRONG: dict[str, Any] = {
    "nobody signed it": lambda: jwt.encode({"iss": ISS}, "", "none"),
    "a stranger signed it": lambda: token(STRANGER),
    "another algorithm": lambda: token(RSA, "RS256", {"kid": "rsa"}),
    "the public key as a secret": lambda: token("x" * 64, "HS384"),
    "an unknown key": lambda: token(header={"kid": "other"}),
    "no key id": lambda: token(header={"kid": None}),
    "the other kind of key": lambda: token(header={"kid": "rsa"}),
    "other keys": lambda: token(header={"jku": "https://evil.test/keys.json"}),
    "an extension that must be understood": lambda: token(header={"crit": ["x"], "x": 1}),
    "an unknown issuer": lambda: token(iss="https://evil.test"),
    "no issuer": lambda: token(iss=None),
    "another service": lambda: token(aud=f"{BASE}/cds-services/magcheck-order-sign"),
    "no audience": lambda: token(aud=None),
    "over": lambda: token(iat=PAST, exp=PAST + 60),
    "no end": lambda: token(exp=None),
    "no begin": lambda: token(iat=None),
    "for years": lambda: token(exp=int(time.time()) + 10**8),
    "from the future": lambda: token(iat=int(time.time()) + 5000, exp=int(time.time()) + 5300),
    "an end that is no time": lambda: token(exp="soon"),
    "an endless end": lambda: token(exp=10**400),
    "no id": lambda: token(jti=None),
    "an id that is no text": lambda: token(jti=7),
    "an endless id": lambda: token(jti="x" * 1000),
    "no token": lambda: "",
    "no dots": lambda: "abc",
    "no letters": lambda: "a.b.c",
}


@pytest.mark.parametrize("name", WRONG)
def test_every_other_token_is_refused_with_the_same_words(guarded: Client, name: str) -> None:
    assert problem_in(asked_with(guarded, WRONG[name]()), 401)["detail"] == REFUSED


def test_without_a_token_nothing_is_answered(guarded: Client) -> None:
    problem_in(guarded.post(PATH, request("patient-view")), 401)
    problem_in(guarded.post(PATH, request("patient-view"), {"authorization": "Basic YTpi"}), 401)


def test_the_memory_of_used_tokens_is_bounded_and_refuses_rather_than_forgets(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MOST_REMEMBERED", 2)
    known = tokens_of(str(listed))
    first = token()
    known.refuse(first, PATH)
    known.refuse(token(), PATH)
    with pytest.raises(FullError):
        known.refuse(token(), PATH)
    with pytest.raises(ProblemError):
        known.refuse(first, PATH)
    known.now = lambda: time.time() + 1000
    known.refuse(token(), PATH)


@pytest.mark.parametrize(
    ("clients", "keys"),
    [
        ("{", {"keys": []}),
        ("[]", {"keys": []}),
        (json.dumps({"base": BASE, "clients": []}), {"keys": []}),
        (
            json.dumps({"base": "magcheck", "clients": [{"iss": ISS, "keys": "keys.json"}]}),
            {"keys": [jwk(EC, "a")]},
        ),
        (json.dumps({"base": BASE, "clients": [{"iss": ISS, "keys": "none.json"}]}), {"keys": [jwk(EC, "a")]}),
        (json.dumps({"base": BASE, "clients": [{"iss": ISS, "keys": "keys.json"}]}), {"keys": []}),
        (json.dumps({"base": BASE, "clients": [{"iss": ISS, "keys": "keys.json"}]}), {"keys": [jwk(EC, "")]}),
        (
            json.dumps({"base": BASE, "clients": [{"iss": ISS, "keys": "keys.json"}]}),
            {"keys": [jwk(EC, "a", private=True)]},
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_at_the_start(tmp_path: Path, clients: str, keys: Any) -> None:
    (tmp_path / "clients.json").write_text(clients)
    (tmp_path / "keys.json").write_text(json.dumps(keys))
    with pytest.raises(InputError):
        tokens_of(str(tmp_path / "clients.json"))


def test_where_nobody_is_listed_the_token_of_the_service_guards(checker: Checker) -> None:
    client = Client(create_app(Settings(token="t" * 32), checker))
    problem_in(client.post(PATH, request("patient-view")), 401)
    answer = client.post(PATH, request("patient-view"), {"authorization": f"Bearer {'t' * 32}"})
    assert answer.status_code == 200
