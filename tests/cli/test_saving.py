"""Are answers kept safely? Only for their owner, never over another file, and readable again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from magcheck import InputError, Profile
from magcheck.cli.keep_answers import as_yaml, save_profile
from magcheck.cli.profile_file import read_profile
from magcheck.cli.save import exists, refuse_unwritable
from tests.contract.test_promises import EVERYTHING

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
        ("old.yaml", "there is such a file already. Choose another name."),
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


def test_a_disk_that_refuses_is_said_in_a_sentence(profile: Path) -> None:
    with pytest.raises(InputError) as refused:
        save_profile(PROFILE, str(profile / "below"))
    assert "this cannot be written" in str(refused.value)
