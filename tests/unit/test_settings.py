"""Settings: read right, and refused in one line that names the variable."""

from __future__ import annotations

import subprocess
import sys

import pytest

from smartupload.service.files import limits
from smartupload.settings import WrongSetting, load


def test_nothing_set() -> None:
    settings = load({})
    assert settings.port == 3000
    assert settings.site_url == "http://localhost:3000"
    assert settings.embedded_store
    assert settings.listen_host == "127.0.0.1"
    assert settings.max_file_size is None
    assert settings.database.startswith("sqlite:///")
    assert settings.database.endswith("/data/smartupload.sqlite")


def test_the_environment_beside_it_does_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTUPLOAD_PORT", "4000")
    assert load({}).port == 3000
    assert load().port == 4000


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("5368709120", 5368709120),
        ("5GB", 5 * 10**9),
        ("2GiB", 2 * 2**30),
        ("1.5 MiB", 3 * 2**19),
        ("10k", 10_000),
        ("3tb", 3 * 10**12),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert load({"SMARTUPLOAD_MAX_FILE_SIZE": text}).max_file_size == size


def test_an_empty_variable_is_unset() -> None:
    assert load({"SMARTUPLOAD_MAX_FILE_SIZE": "", "SMARTUPLOAD_PORT": ""}).port == 3000


def test_types() -> None:
    assert load({"SMARTUPLOAD_ALLOWED_TYPES": "image/*, .PDF"}).allowed_types == ("image/*", ".pdf")


@pytest.mark.parametrize("given", ["", "off", "AES256", "aws:kms", "aws:kms:arn:aws:kms:eu-central-1:1:key/abc"])
def test_encryption(given: str) -> None:
    assert load({"SMARTUPLOAD_S3_ENCRYPTION": given}).encryption == (given or "AES256")


def test_a_real_store() -> None:
    settings = load(
        {
            "SMARTUPLOAD_S3_ENDPOINT_URL": "https://s3.example.org/",
            "SMARTUPLOAD_S3_ACCESS_KEY_ID": "a",
            "SMARTUPLOAD_S3_SECRET_ACCESS_KEY": "b",
            "SMARTUPLOAD_DATABASE_URL": "postgres://u@h/d",
            "SMARTUPLOAD_PUBLIC_URL": "https://up.example.org/",
        }
    )
    assert not settings.embedded_store
    assert settings.s3_endpoint_url == "https://s3.example.org"
    assert settings.listen_host == "0.0.0.0"
    assert settings.database == "postgresql+psycopg://u@h/d"
    assert settings.origins == ("https://up.example.org", "http://localhost:3000", "http://127.0.0.1:3000")


@pytest.mark.parametrize(
    ("given", "addresses"),
    [
        ("", ()),
        (" ", ()),
        ("https://s3.example.org/", ("https://s3.example.org",)),
        ("https://a.example.org, https://b.example.org/", ("https://a.example.org", "https://b.example.org")),
        ("https://a.example.org https://b.example.org:8333", ("https://a.example.org", "https://b.example.org:8333")),
        ("https://a.example.org,https://a.example.org/,", ("https://a.example.org",)),
    ],
)
def test_hosts_of_the_store(given: str, addresses: tuple[str, ...]) -> None:
    assert load({"SMARTUPLOAD_S3_PUBLIC_ENDPOINT_URL": given}).s3_public_endpoint_url == addresses


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ("", 6),
        ("https://a.example.org", 6),
        ("https://a.example.org https://b.example.org", 12),
        ("https://a.example.org/one https://a.example.org/two", 6),  # a browser sees one host
        ("https://a.example.org https://a.example.org:8333", 12),
        ("https://a.example.org https://b.example.org https://c.example.org", 12),
    ],
)
def test_parts_at_the_same_time(given: str, parts: int) -> None:
    assert limits.parallel_parts(load({"SMARTUPLOAD_S3_PUBLIC_ENDPOINT_URL": given})) == parts


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"PROT": "1"}, "SMARTUPLOAD_PROT is not a setting. Did you mean SMARTUPLOAD_PORT?"),
        ({"S3_ENDPOINT": "x"}, "Did you mean SMARTUPLOAD_S3_ENDPOINT_URL?"),
        ({"QQQQ": "1"}, "SMARTUPLOAD_QQQQ is not a setting."),
        ({"PORT": "http"}, "SMARTUPLOAD_PORT='http' is wrong"),
        ({"PORT": "70000"}, "SMARTUPLOAD_PORT='70000' is wrong"),
        ({"MAX_FILE_SIZE": "big"}, "SMARTUPLOAD_MAX_FILE_SIZE='big' is not a size; write it like"),
        ({"MAX_FILE_SIZE": "0"}, "SMARTUPLOAD_MAX_FILE_SIZE='0' is wrong: must be more than nothing"),
        ({"RATES": "0"}, "SMARTUPLOAD_RATES='0' is no factor; write a number above 0 such as 0.5, or off"),
        ({"RATES": "nan"}, "SMARTUPLOAD_RATES='nan' is no factor"),
        ({"OPEN_UPLOADS": "0"}, "SMARTUPLOAD_OPEN_UPLOADS='0' is wrong"),
        (
            {"TRUSTED_PROXIES": "nginx"},
            "SMARTUPLOAD_TRUSTED_PROXIES='nginx' holds 'nginx'; write addresses or networks like",
        ),
        ({"REDIS_URL": "http://:hush@redis"}, "SMARTUPLOAD_REDIS_URL is not a Redis; write it like redis://"),
        ({"OWNER_QUOTA": "-5GB"}, "SMARTUPLOAD_OWNER_QUOTA='-5GB' is not a size"),
        ({"ALLOWED_TYPES": "png"}, "SMARTUPLOAD_ALLOWED_TYPES='png' holds 'png'; write types like"),
        ({"PUBLIC_URL": "files.example.org"}, "SMARTUPLOAD_PUBLIC_URL='files.example.org' is not an address"),
        (
            {"PUBLIC_URL": "https://-ü-.org"},
            "SMARTUPLOAD_PUBLIC_URL='https://-ü-.org' is not an address; write it like",
        ),
        ({"WEBHOOK_URL": "https://-ü-.org"}, "SMARTUPLOAD_WEBHOOK_URL='https://-ü-.org' is not an address"),
        ({"S3_PUBLIC_ENDPOINT_URL": "https://-ü-.org"}, "holds 'https://-ü-.org', which is no address of a store"),
        ({"S3_PUBLIC_ENDPOINT_URL": "s3.example.org"}, "holds 's3.example.org', which is no address of a store"),
        ({"S3_PUBLIC_ENDPOINT_URL": "https://a.example.org; https://b"}, "holds 'https://a.example.org;', which is no"),
        (
            {"S3_PUBLIC_ENDPOINT_URL": "https://a.example.org ftp://b"},
            "holds 'ftp://b', which is no address of a store",
        ),
        ({"S3_PUBLIC_ENDPOINT_URL": "https://a.example.org,https://b:port"}, "holds 'https://b:port', which is no"),
        ({"S3_PUBLIC_ENDPOINT_URL": "https://["}, "holds 'https://[', which is no address of a store"),
        ({"DATABASE_URL": "mysql://x"}, "SMARTUPLOAD_DATABASE_URL='mysql://x' is not a database"),
        ({"LOG_FORMAT": "xml"}, "SMARTUPLOAD_LOG_FORMAT='xml' is wrong"),
        ({"S3_ENDPOINT_URL": "http://x", "S3_SECRET_ACCESS_KEY": "b"}, "SMARTUPLOAD_S3_ACCESS_KEY_ID is missing"),
        ({"S3_ADDRESSING": "virtual"}, "SMARTUPLOAD_S3_ADDRESSING='virtual' is wrong"),
        (
            {"S3_ENDPOINT_URL": "https://x.example", "S3_BUCKET": "a.b.c", "S3_ADDRESSING": "host"},
            "SMARTUPLOAD_S3_ADDRESSING=host needs a bucket without a dot",
        ),
        ({"S3_ENDPOINT_URL": "http://x", "S3_ACCESS_KEY_ID": "a"}, "SMARTUPLOAD_S3_SECRET_ACCESS_KEY is missing"),
        ({"S3_SECRET_ACCESS_KEY": "hush"}, "SMARTUPLOAD_S3_ENDPOINT_URL is missing"),
        ({"S3_BUCKET": "X"}, "SMARTUPLOAD_S3_BUCKET='X' is wrong"),
        ({"SMTP_URL": "mail.example.org"}, "is not a mail server; write it like smtp://"),
        ({"SMTP_URL": "smtp://mail.example.org:x"}, "SMARTUPLOAD_SMTP_URL is not an address; its host or its port"),
        ({"SMTP_URL": "smtp://mail.example.org?tls=no"}, "SMARTUPLOAD_SMTP_URL is wrong: may end with ?tls=on or"),
        ({"MAIL_FROM": "files"}, "SMARTUPLOAD_MAIL_FROM='files' is not a sender; write it like"),
        ({"MAIL_FROM": "a@b.org\r\nBcc: c@d.org"}, "is not a sender; write it like"),
        ({"ADMIN_EMAILS": "anna@example.org, ben"}, "holds 'ben'; write addresses like"),
        ({"CLAMD_URL": "localhost:3310"}, "is not a clamd; write it like tcp://localhost:3310"),
        ({"SCAN": "required"}, "SMARTUPLOAD_CLAMD_URL is missing"),
        ({"WEBHOOK_URL": "https://x.example.org"}, "SMARTUPLOAD_WEBHOOK_SECRET is missing"),
        (
            {"WEBHOOK_SECRET": "whsec_hush!"},
            "SMARTUPLOAD_WEBHOOK_SECRET begins with whsec_, and no base64 follows; take",
        ),
        (
            {"WEBHOOK_SECRET": " whsec_hüsh"},
            "SMARTUPLOAD_WEBHOOK_SECRET begins with whsec_, and no base64 follows; take",
        ),
        (
            {"WEBHOOK_SECRET": "whsec_dG9vIHNob3J0"},
            "SMARTUPLOAD_WEBHOOK_SECRET is of 9 bytes after whsec_, and 24 to 64",
        ),
        ({"WEBHOOK_URL": "https://x.example.org", "WEBHOOK_SECRET": "  "}, "SMARTUPLOAD_WEBHOOK_SECRET is missing"),
        ({"EVENTS_QUEUE_URL": "queue"}, "is no queue; write the address of an SQS queue"),
        ({"PUSH_HOSTS": "https://x"}, "holds 'https://x'; write hosts like"),
        ({"VAPID_PRIVATE_KEY": "hush"}, "SMARTUPLOAD_VAPID_PRIVATE_KEY is not a VAPID key; write base64url"),
        ({"VAPID_PRIVATE_KEY": "A" * 43}, "SMARTUPLOAD_VAPID_PRIVATE_KEY is not a VAPID key"),
        ({"S3_ENCRYPTION": "rot13"}, "is not known; write AES256"),
        ({"S3_ENCRYPTION": "aws:kms:"}, "is not known; write AES256"),
        ({"ACCESS": "everybody"}, "SMARTUPLOAD_ACCESS='everybody' is wrong"),
        ({"ACCESS": "invite"}, "SMARTUPLOAD_OIDC_ISSUER is missing: SMARTUPLOAD_ACCESS=invite"),
        ({"ACCESS": "login"}, "SMARTUPLOAD_OIDC_ISSUER is missing: SMARTUPLOAD_ACCESS=login needs"),
        ({"ACCESS": "login", "OIDC_ISSUER": "https://x.org"}, "SMARTUPLOAD_OIDC_CLIENT_ID is missing"),
        ({"OIDC_ISSUER": "https://x.org"}, "SMARTUPLOAD_OIDC_CLIENT_ID is missing"),
        ({"OIDC_ISSUER": "http://x.org"}, "is not an issuer; write it like https://"),
        ({"OIDC_ISSUER": "https://x.org?a"}, "is not an issuer; write it without ?"),
        ({"OIDC_CLIENT_SECRET": "hush"}, "SMARTUPLOAD_OIDC_ISSUER is missing: SMARTUPLOAD_OIDC_CLIENT_SECRET belongs"),
        ({"ADMIN_TOKEN": "hush"}, "SMARTUPLOAD_ADMIN_TOKEN is too easy to guess"),
        ({"SESSION_SECONDS": "5"}, "SMARTUPLOAD_SESSION_SECONDS='5' is wrong"),
    ],
)
def test_refused_in_one_line(given: dict[str, str], line: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        load({f"SMARTUPLOAD_{name}": value for name, value in given.items()})
    assert line in str(wrong.value)
    assert "\n" not in str(wrong.value)
    assert "hush" not in str(wrong.value)


@pytest.mark.parametrize(("text", "factor"), [("", 1.0), ("0.5", 0.5), ("10", 10.0), ("off", None), ("OFF", None)])
def test_rates(text: str, factor: float | None) -> None:
    assert load({"SMARTUPLOAD_RATES": text}).rates == factor


def test_proxies() -> None:
    given = load({"SMARTUPLOAD_TRUSTED_PROXIES": "127.0.0.1, 10.1.2.3/8,fd00::/8"}).trusted_proxies
    assert [str(one) for one in given] == ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"]


def test_a_sender_may_have_a_name() -> None:
    for sender in ("files@example.org", "Files of ours <files@example.org>"):
        assert load({"SMARTUPLOAD_MAIL_FROM": sender}).sender == sender
    assert load({"SMARTUPLOAD_PUBLIC_URL": "https://up.example.org"}).sender == "smartupload@up.example.org"


def test_a_mail_servers_password_is_not_shown() -> None:
    with pytest.raises(WrongSetting) as wrong:
        load({"SMARTUPLOAD_SMTP_URL": "imap://anna:hush@mail.example.org"})
    assert "hush" not in str(wrong.value)


def test_what_stands_around_a_value_is_none_of_it() -> None:
    given = {
        "WEBHOOK_SECRET": " geheim",
        "S3_ACCESS_KEY_ID": "a\n",
        "S3_SECRET_ACCESS_KEY": "b\r\n",
        "S3_REGION": " x ",
    }
    given |= {
        "WEBHOOK_URL": " https://hooks.example.org ",
        "S3_ENDPOINT_URL": " https://s3.example.org/ ",
        "PUBLIC_URL": "https://a.org/\n",
    }
    settings = load({f"SMARTUPLOAD_{name}": value for name, value in given.items()})
    assert (settings.webhook_secret, settings.webhook_key) == ("geheim", b"geheim")
    assert (settings.s3_access_key_id, settings.s3_secret_access_key, settings.s3_region) == ("a", "b", "x")
    assert (settings.s3_endpoint_url, settings.site_url) == ("https://s3.example.org", "https://a.org")
    whsec = "whsec_c21hcnR1cGxvYWQgc2lnbnMgd2l0aCB0aGlz"
    given = {"SMARTUPLOAD_WEBHOOK_URL": "https://hooks.example.org", "SMARTUPLOAD_WEBHOOK_SECRET": f"\t{whsec}\n"}
    assert load(given).webhook_key == b"smartupload signs with this"


def test_what_is_to_be_typed_makes_a_secret() -> None:
    with pytest.raises(WrongSetting) as wrong:
        load({"SMARTUPLOAD_WEBHOOK_SECRET": "whsec_x"})
    _, _, rest = str(wrong.value).partition('python3 -c "')
    made = subprocess.run([sys.executable, "-c", rest.partition('"')[0]], capture_output=True, text=True, check=True)
    given = {"SMARTUPLOAD_WEBHOOK_URL": "https://hooks.example.org", "SMARTUPLOAD_WEBHOOK_SECRET": made.stdout}
    assert len(load(given).webhook_key) == 32


def test_the_secret_is_not_shown() -> None:
    settings = load(
        {
            "SMARTUPLOAD_S3_ENDPOINT_URL": "http://x",
            "SMARTUPLOAD_S3_ACCESS_KEY_ID": "a",
            "SMARTUPLOAD_S3_SECRET_ACCESS_KEY": "hush",
        }
    )
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("address", "site", "origin"),
    [
        ("https://bücher.example/", "https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://bu\u0308cher.example", "https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://Straße.example:443", "https://xn--strae-oqa.example", "https://xn--strae-oqa.example"),
        ("http://a.example:8080/", "http://a.example:8080", "http://a.example:8080"),
    ],
)
def test_an_address_in_other_letters_goes_out_in_ascii(address: str, site: str, origin: str) -> None:
    settings = load({"SMARTUPLOAD_PUBLIC_URL": address})
    assert (settings.site_url, settings.origins[0]) == (site, origin)
    assert settings.sender.isascii()


def test_a_store_in_other_letters_is_signed_for_in_ascii() -> None:
    given = "https://größe.example/s3/,https://xn--gre-6ka8i.example/s3"
    assert load({"SMARTUPLOAD_S3_PUBLIC_ENDPOINT_URL": given}).s3_public_endpoint_url == (
        "https://xn--gre-6ka8i.example/s3",
    )


@pytest.mark.parametrize(
    ("address", "site"), [("", "http://localhost:3007"), ("https://up.example", "https://up.example")]
)
def test_a_site_at_another_port(address: str, site: str) -> None:
    settings = load({"SMARTUPLOAD_PUBLIC_URL": address})
    assert "http://localhost:3000" in settings.origins
    moved = settings.at_port(3007)
    assert moved.site_url == site
    assert moved.origins == tuple(dict.fromkeys([site, "http://localhost:3007", "http://127.0.0.1:3007"]))
    assert settings.site_url == site.replace("3007", "3000")
