from pathlib import Path

import pytest

from niangjia.config.environment import CHECKOUT, NotReady, keep_secret, read_environment


def test_without_a_word_the_program_listens_on_this_machine_and_keeps_its_data_in_its_folder():
    here = read_environment({})
    assert (here.host, here.port, here.data) == ("127.0.0.1", 8000, CHECKOUT / ".data")
    assert here.keys == here.data / "keys"
    assert here.anchors == here.data / "anchors"
    assert not here.secure_transport


def test_named_hosts_are_added_to_this_machines_own():
    here = read_environment({"NIANGJIA_HOST": "10.0.0.8", "NIANGJIA_HOSTS": "gh.example.cn, www.example.cn,"})
    assert here.hosts == ("localhost", "127.0.0.1", "[::1]", "10.0.0.8", "gh.example.cn", "www.example.cn")


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "８０００"])
def test_a_port_that_is_none_is_refused_with_what_to_do(port):
    with pytest.raises(NotReady, match="NIANGJIA_PORT"):
        read_environment({"NIANGJIA_PORT": port})


def test_an_unknown_kind_of_server_is_refused():
    with pytest.raises(NotReady, match="wheel or system"):
        read_environment({"NIANGJIA_POSTGRES": "sqlite"})


def test_a_secret_is_written_once_for_its_user_alone(tmp_path: Path):
    path = tmp_path / "keys" / "one"
    keep_secret(path, "first")
    keep_secret(path, "second")
    assert path.read_text(encoding="ascii") == "first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["one"]


def test_without_a_word_no_messages_are_sent_and_codes_are_few():
    here = read_environment({})
    assert here.texts == "niangjia.kernel.messages.NoTexts"
    assert (here.codes_per_hour, here.codes_per_hour_and_address) == (600, 300)


@pytest.mark.parametrize(
    ("variable", "written"),
    [
        ("NIANGJIA_TEXTS", "Ours"),
        ("NIANGJIA_TEXTS", "our gateway.Ours"),
        ("NIANGJIA_CODES_PER_HOUR", "0"),
        ("NIANGJIA_CODES_PER_ADDRESS", "many"),
    ],
)
def test_what_names_no_gateway_and_what_is_no_limit_is_refused(variable, written):
    with pytest.raises(NotReady, match=variable):
        read_environment({variable: written})


CITY = {
    "NIANGJIA_CITY_ISSUER": "https://id.example.cn/realms/city",
    "NIANGJIA_CITY_CLIENT": "niangjia",
    "NIANGJIA_CITY_SECRET": "a secret",
}


def test_without_a_word_nobody_signs_in_by_a_citys_identity():
    assert read_environment({}).city is None
    assert read_environment({"NIANGJIA_CITY_CLIENT": "niangjia"}).city is None


def test_a_citys_identity_system_is_named_with_its_secret_in_a_file(tmp_path: Path):
    (tmp_path / "secret").write_text("a secret\n", encoding="utf-8")
    named = CITY | {"NIANGJIA_CITY_SECRET": "", "NIANGJIA_CITY_SECRET_FILE": str(tmp_path / "secret")}
    city = read_environment(named | {"NIANGJIA_CITY_TRUSTED": "acr=gold, amr=otp,"}).city
    assert city is not None
    assert (city.secret, city.origin, city.name) == ("a secret", "https://id.example.cn", "城市统一身份")
    assert city.trusted == {"acr=gold", "amr=otp"}
    assert "a secret" not in repr(city)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"NIANGJIA_CITY_ISSUER": "http://id.example.cn"}, "NIANGJIA_CITY_ISSUER"),
        ({"NIANGJIA_CITY_ISSUER": "id.example.cn"}, "NIANGJIA_CITY_ISSUER"),
        ({"NIANGJIA_CITY_ISSUER": "https://id.example.cn/?realm=1"}, "NIANGJIA_CITY_ISSUER"),
        ({"NIANGJIA_CITY_ISSUER": "https://user@id.example.cn"}, "NIANGJIA_CITY_ISSUER"),
        ({"NIANGJIA_CITY_ISSUER": "https://"}, "NIANGJIA_CITY_ISSUER"),
        ({"NIANGJIA_CITY_CLIENT": ""}, "NIANGJIA_CITY_CLIENT"),
        ({"NIANGJIA_CITY_SECRET": ""}, "NIANGJIA_CITY_SECRET"),
        ({"NIANGJIA_CITY_SECRET": "", "NIANGJIA_CITY_SECRET_FILE": "/nowhere/at/all"}, "NIANGJIA_CITY_SECRET_FILE"),
        ({"NIANGJIA_CITY_CA": "/nowhere/at/all"}, "NIANGJIA_CITY_CA"),
        ({"NIANGJIA_CITY_TRUSTED": "gold"}, "NIANGJIA_CITY_TRUSTED"),
        ({"NIANGJIA_CITY_TRUSTED": "acr="}, "NIANGJIA_CITY_TRUSTED"),
    ],
)
def test_half_an_identity_system_is_refused_with_what_to_do(wrong, words):
    with pytest.raises(NotReady, match=words):
        read_environment(CITY | wrong)
