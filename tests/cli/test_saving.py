"""Are answers kept safely? Only for their owner, never over another file, and readable again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from subprocess import PIPE

import pytest

from magcheck import InputError, Profile
from magcheck.cli.keep_answers import Keeper, as_yaml, save_profile
from magcheck.cli.profile_file import read_profile
from magcheck.cli.save import exists, refuse_unwritable
from magcheck.core.exits import Exit
from tests.contract.test_promises import EVERYTHING

PATIENCE_SECONDS = 300
PROFILE = Profile.model_validate(EVERYTHING)


def test_a_saved_profile_is_the_same_when_read_again(profile: Path) -> None:
    save_profile(PROFILE, str(profile))
    assert read_profile(str(profile)) == PROFILE


def test_only_what_was_told_is_written() -> None:
    text = as_yaml(Profile.model_validate({"person": {"age": 62}, "medications": ["yes", "1e3", "08:00"]}))
    assert text == 'person:\n  age: 62\nmedications:\n- name: \'yes\'\n- name: "1e3"\n- name: "08:00"\n'


def test_an_empty_profile_can_be_read_again(profile: Path) -> None:
    save_profile(Profile(), str(profile))
    assert read_profile(str(profile)) == Profile()


def test_only_its_owner_can_read_it(profile: Path) -> None:
    before = os.umask(0)
    try:
        save_profile(PROFILE, str(profile))
    finally:
        os.umask(before)
    assert profile.stat().st_mode & 0o777 == 0o600


def test_an_old_file_is_replaced_whole_and_keeps_no_old_rights(profile: Path) -> None:
    profile.write_text("x" * 10_000, encoding="utf-8")
    profile.chmod(0o644)
    save_profile(PROFILE, str(profile))
    assert read_profile(str(profile)) == PROFILE
    assert profile.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in profile.parent.iterdir()] == [profile.name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is a folder"),
        ("none/x.yaml", "its folder does not exist"),
        ("old.yaml", "there is such a file already. Choose another name, or write over it with --force."),
        ("link.yaml", "there is such a file already."),
        ("a\0b", "this is not a file name"),
    ],
)
def test_what_cannot_be_written_is_refused_beforehand(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").touch()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError) as refused:
        refuse_unwritable(f"{tmp_path}/{name}", replace=False)
    assert said in str(refused.value)


def test_a_new_name_and_a_replacement_are_accepted(profile: Path) -> None:
    refuse_unwritable(str(profile), replace=False)
    profile.touch()
    refuse_unwritable(str(profile), replace=True)
    assert exists(str(profile))
    assert not exists("a\0b")


def test_the_home_folder_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    save_profile(PROFILE, "~/me.yaml")
    assert (tmp_path / "me.yaml").exists()


def test_a_failed_save_leaves_nothing_behind(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object, _target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        save_profile(PROFILE, str(profile))
    assert list(profile.parent.iterdir()) == []


def test_a_save_that_is_interrupted_leaves_nothing_behind(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object, _mode: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "chmod", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_profile(PROFILE, str(profile))
    assert list(profile.parent.iterdir()) == []


def test_two_sessions_never_overwrite_each_other(profile: Path) -> None:
    first, second = Keeper(str(profile)), Keeper(str(profile))
    other = Profile.model_validate({"country": "DE"})
    assert first.keep(PROFILE) == str(profile)
    beside = second.keep(other)
    assert beside == str(profile.with_name(f"{profile.stem}-2{profile.suffix}"))
    assert read_profile(str(profile)) == PROFILE
    assert read_profile(beside) == other
    assert Path(beside).stat().st_mode & 0o777 == 0o600
    assert first.keep(other) == str(profile)
    assert read_profile(str(profile)) == other


def test_two_sessions_that_go_on_with_one_file_never_overwrite_each_other(profile: Path) -> None:
    save_profile(PROFILE, str(profile))
    first, second = Keeper(str(profile)), Keeper(str(profile))
    assert first.keep(Profile.model_validate({"country": "DE"})) == str(profile)
    assert second.keep(Profile.model_validate({"country": "FR"})) != str(profile)
    assert read_profile(str(profile)).country == "DE"
    assert len(list(profile.parent.iterdir())) == 2


WITH_DEFAULT_SIGNALS = """
import signal, sys
for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
    signal.signal(number, signal.SIG_DFL)
from magcheck.cli.app import main
main(sys.argv[1:])
"""
"""Whoever runs the tests may ignore them (nohup), and a child inherits that."""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_keeps_the_answers(name: str, profile: Path) -> None:
    command = [sys.executable, "-c", WITH_DEFAULT_SIGNALS, "ask", "--plain", "--save", str(profile)]
    with subprocess.Popen(command, stdin=PIPE, stderr=PIPE, stdout=PIPE) as asking:
        given_up = threading.Timer(PATIENCE_SECONDS, asking.kill)
        given_up.start()
        try:
            rest = _told_to_end(asking, getattr(signal, name))
            assert asking.wait(PATIENCE_SECONDS) == Exit.INTERRUPTED
        finally:
            given_up.cancel()
            asking.kill()
    assert read_profile(str(profile)).symptoms == ("diarrhoea",)
    assert b"Your answers so far are kept." in rest
    assert b"Traceback" not in rest


def _told_to_end(asking: subprocess.Popen[bytes], number: int) -> bytes:
    """Answer one question, and send the signal at the second one: what is said after that."""
    assert asking.stdin
    assert asking.stderr
    asking.stdin.write(b"diarrhoea\n")
    asking.stdin.flush()
    said = b""
    while said.count(b"> ") < 2:
        said += asking.stderr.read(1) or pytest.fail("it ended early")
    asking.send_signal(number)
    return asking.stderr.read()


def test_a_disk_that_refuses_is_said_in_a_sentence(profile: Path) -> None:
    with pytest.raises(InputError) as refused:
        save_profile(PROFILE, str(profile / "below"))
    assert "this cannot be written" in str(refused.value)
