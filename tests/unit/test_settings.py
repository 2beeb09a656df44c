"""Settings: environment over file, wrong ones told by name, nothing exposed by accident."""

import datetime as dt
from pathlib import Path

import pytest

from service.errors import InvalidSettings
from service.settings import VIETNAM, Settings, load, zone


def test_nothing_has_to_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    settings = load()
    assert settings.database == f"sqlite:///{(tmp_path / 'dondoc.sqlite3').as_posix()}"
    assert settings.host == "127.0.0.1"
    assert not settings.expose


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "dondoc.toml"
    config.write_text('person = "Lan"\nport = 9000\nallowed_hosts = ["a.vn"]\n', encoding="utf-8")
    monkeypatch.setenv("DONDOC_CONFIG", str(config))
    monkeypatch.setenv("DONDOC_PORT", "9100")
    settings = load()
    assert (settings.person, settings.port, settings.allowed_hosts) == ("Lan", 9100, ("a.vn",))


def test_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_ALLOWED_HOSTS", "dondoc.tinh.vn, 10.0.0.5")
    assert load().allowed_hosts == ("dondoc.tinh.vn", "10.0.0.5")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "tám nghìn"),
        ("PORT", "70000"),
        ("TIMEZONE", "Sao/Hoa"),
        ("ELASTICSEARCH_URL", "localhost:9200"),
        ("ELASTICSEARCH_URL", "https://nobody:pass@localhost:9200"),
        ("ELASTICSEARCH_PREFIX", "Đôn đốc"),
        ("ELASTICSEARCH_TIMEOUT", "0"),
        ("PROCESSES", "-1"),
        ("MAX_UPLOAD_MB", "0"),
    ],
)
def test_a_wrong_setting_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DONDOC_{name}", value)
    with pytest.raises(InvalidSettings, match=f"DONDOC_{name}"):
        load()


def test_several_search_nodes_are_separated_by_commas_and_the_key_is_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DONDOC_ELASTICSEARCH_URL", "https://a.vn, http://10.0.0.5:9201")
    monkeypatch.setenv("DONDOC_ELASTICSEARCH_API_KEY", "bí-mật")
    settings = load()
    assert settings.elasticsearch_url == ("https://a.vn:9200", "http://10.0.0.5:9201")
    assert "bí-mật" not in repr(settings)


def test_listening_beyond_this_machine_must_be_said_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_HOST", "0.0.0.0")  # noqa: S104 - the very thing that is refused
    with pytest.raises(InvalidSettings, match="DONDOC_EXPOSE"):
        load()
    monkeypatch.setenv("DONDOC_EXPOSE", "true")
    assert load().expose


@pytest.mark.parametrize("content", [None, "port = ", "khong_co = 1"])
def test_a_wrong_file_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None) -> None:
    config = tmp_path / "dondoc.toml"
    if content is not None:
        config.write_text(content, encoding="utf-8")
    monkeypatch.setenv("DONDOC_CONFIG", str(config))
    with pytest.raises(InvalidSettings):
        load()


def test_vietnams_day_begins_at_seventeen_utc_also_without_a_zone_database(monkeypatch: pytest.MonkeyPatch) -> None:
    late = dt.datetime(2026, 11, 22, 17, 30, tzinfo=dt.UTC)
    assert late.astimezone(zone(VIETNAM)).date() == dt.date(2026, 11, 23)

    def absent(name: str) -> dt.tzinfo:
        raise OSError(name)

    monkeypatch.setattr("service.settings.ZoneInfo", absent)
    assert late.astimezone(zone(VIETNAM)).date() == dt.date(2026, 11, 23)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    assert len(Settings.model_fields[name].description or "") > 20
