"""Everything that differs between machines, read once from the environment of the process."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from niangjia.config.tiles import Tiles, TilesUnclear, read_tiles
from niangjia.kernel.access.city.rules import CityDoor
from niangjia.kernel.messages.mail_server import MailServer, server_named
from niangjia.kernel.messages.wechat.official import AccountUnclear, OfficialAccount, read_official_account

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
POSTGRES_KINDS = ("wheel", "system")
HIGHEST_PORT = 65_535
HIGHEST_LIMIT = 10_000
TRUE_WORDS = ("1", "yes", "true", "on")

_NO_ISSUER = (
    "NIANGJIA_CITY_ISSUER={issuer} is no issuer: give its https address, without ? and #.\n"
    "NIANGJIA_CITY_ISSUER={issuer} 不是统一身份系统的地址：请填 https 开头的地址，不带 ? 和 #。"
)
_HALF_A_CITY = (
    "NIANGJIA_CITY_ISSUER is set: give NIANGJIA_CITY_CLIENT and NIANGJIA_CITY_SECRET or NIANGJIA_CITY_SECRET_FILE, too.\n"
    "设了 NIANGJIA_CITY_ISSUER，还要设 NIANGJIA_CITY_CLIENT 和 NIANGJIA_CITY_SECRET（或 NIANGJIA_CITY_SECRET_FILE）。"
)
_NO_TRUST = (
    "NIANGJIA_CITY_TRUSTED has {each}: write acr=… or amr=…, separated by commas.\n"
    "NIANGJIA_CITY_TRUSTED 里的 {each} 看不懂：请写 acr=… 或 amr=…，用逗号分开。"
)

_NO_SMTP = (
    "NIANGJIA_SMTP={server} with NIANGJIA_MAIL_FROM={sender} is no mail server: write smtp://user@host:587 or "
    "smtps://user@host:465 without the password, and the address that mail comes from.\n"
    "NIANGJIA_SMTP={server}、NIANGJIA_MAIL_FROM={sender} 不能用：服务器写成 smtp://用户@主机:587 或 smtps://用户@主机:465，"
    "不带密码，还要写发件人的邮箱。"
)
_NO_WECHAT = (
    "NIANGJIA_WECHAT_APP_ID is set, and {name} is missing or makes no sense: see docs/how-to/接邮件和微信.md.\n"
    "设了 NIANGJIA_WECHAT_APP_ID，但 {name} 没有设或者不对：请看 docs/how-to/接邮件和微信.md。"
)


class NotReady(Exception):
    """This machine cannot run the program yet; the text says why and what to do next, in English and Chinese."""


@dataclass(frozen=True)
class Environment:
    """Where the program listens, keeps its data and finds its database; folders are absolute."""

    host: str
    port: int
    data: Path
    database_url: str
    owner_url: str
    postgres: str
    hosts: tuple[str, ...]
    keys: Path
    anchors: Path
    secure_transport: bool
    # 12351 is the unions' own line all over the country (职工服务热线).
    complaints_phone: str = "12351"
    complaints_email: str = ""
    # The class that hands short messages over (短信网关); by default there is none.
    texts: str = "niangjia.kernel.messages.NoTexts"
    # The mail server that messages go by (发信服务器); None where none is named.
    mail: MailServer | None = None
    # The official account that messages go by (微信公众号); None where none is named.
    wechat: OfficialAccount | None = None
    # 本系统默认值: codes to phones in an hour, of all together and for one address.
    codes_per_hour: int = 600
    codes_per_hour_and_address: int = 300
    # 本系统默认值：how many sealed values one account may look at.
    looks_per_hour: int = 20
    looks_per_day: int = 60
    # The city's identity system (城市统一身份); None where nobody signs in by one.
    city: CityDoor | None = None
    # Pictures of the land under maps; None: maps need no network.
    tiles: Tiles | None = None
    # Networks inside that events may be sent to (政务内网), such as 10.8.0.0/16.
    webhook_networks: tuple[str, ...] = ()
    # Whether PostgreSQL prepares what every page asks; a pooler between that hands connections around may not know how.
    prepares: bool = True

    @property
    def is_of_this_machine_alone(self) -> bool:
        """Whether nobody reaches the program but from this machine: no other name, no other address, no TLS in front."""
        return not self.secure_transport and set(self.hosts) <= set(LOOPBACK_HOSTS)


def read_environment(variables: Mapping[str, str]) -> Environment:
    """The environment in words of the program; `NotReady` where a variable makes no sense."""
    data = Path(variables.get("NIANGJIA_DATA") or CHECKOUT / ".data").expanduser().absolute()
    host = variables.get("NIANGJIA_HOST") or "127.0.0.1"
    named = (part.strip() for part in variables.get("NIANGJIA_HOSTS", "").split(","))
    return Environment(
        host=host,
        port=_port(variables.get("NIANGJIA_PORT") or "8000"),
        data=data,
        database_url=variables.get("DATABASE_URL", ""),
        owner_url=variables.get("NIANGJIA_OWNER_URL", ""),
        postgres=_postgres(variables.get("NIANGJIA_POSTGRES", "")),
        hosts=tuple(dict.fromkeys((*LOOPBACK_HOSTS, host, *filter(None, named)))),
        keys=Path(variables.get("NIANGJIA_KEYS") or data / "keys").expanduser().absolute(),
        anchors=Path(variables.get("NIANGJIA_ANCHORS") or data / "anchors").expanduser().absolute(),
        secure_transport=variables.get("NIANGJIA_TLS", "").lower() in TRUE_WORDS,
        complaints_phone=variables.get("NIANGJIA_COMPLAINTS_PHONE") or "12351",
        complaints_email=variables.get("NIANGJIA_COMPLAINTS_EMAIL", ""),
        texts=_dotted("NIANGJIA_TEXTS", variables.get("NIANGJIA_TEXTS") or Environment.texts),
        mail=_mail(variables),
        wechat=_wechat(variables),
        codes_per_hour=_codes(variables, "NIANGJIA_CODES_PER_HOUR", Environment.codes_per_hour),
        codes_per_hour_and_address=_codes(
            variables, "NIANGJIA_CODES_PER_ADDRESS", Environment.codes_per_hour_and_address
        ),
        looks_per_hour=_limit("NIANGJIA_LOOKS_PER_HOUR", variables.get("NIANGJIA_LOOKS_PER_HOUR") or "20"),
        looks_per_day=_limit("NIANGJIA_LOOKS_PER_DAY", variables.get("NIANGJIA_LOOKS_PER_DAY") or "60"),
        city=_city(variables),
        tiles=_tiles(variables),
        webhook_networks=_networks("NIANGJIA_WEBHOOK_NETWORKS", variables),
        prepares=(variables.get("NIANGJIA_PREPARE") or "yes").lower() in TRUE_WORDS,
    )


def secret_key() -> str:
    """The key that signs sessions: drawn at the first start, kept beside the other keys, readable by this user alone."""
    path = environment().keys / "session.key"
    try:
        if not path.exists():
            keep_secret(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise NotReady(unwritable(path.parent, error)) from error


def keep_secret(path: Path, text: str) -> None:
    """Write a secret whole or not at all, mode 0600; a secret that is there already stays."""
    make_passable(path.parent.parent)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process drew it first: both go on with that one
    finally:
        draft.unlink()


def make_passable(folder: Path) -> None:
    """Make a folder that other users may pass through but not list, whatever the umask: the server may run as one."""
    for each in (*reversed(folder.parents), folder):
        if not each.exists():
            each.mkdir(exist_ok=True)
            each.chmod(0o711)


def unwritable(folder: Path, error: OSError) -> str:
    """The sentence for a folder that this user may not write."""
    return (
        f"Cannot write to {folder} ({error.strerror}): choose a folder of yours with NIANGJIA_DATA=/path, "
        f"or run as the user it belongs to.\n"
        f"无法写入 {folder}：请用 NIANGJIA_DATA=/路径 指定一个可写的文件夹，或换用该文件夹的所有者运行。"
    )


@cache
def environment() -> Environment:
    """This process's environment, read at first use: the command line may still add the database's address before."""
    return read_environment(os.environ)


def __getattr__(name: str) -> Environment:
    if name == "ENVIRONMENT":
        return environment()
    raise AttributeError(name)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    message = (
        f"NIANGJIA_PORT={text} is no port: give a number from 1 to {HIGHEST_PORT}.\n"
        f"NIANGJIA_PORT={text} 不是端口号：请填 1 到 {HIGHEST_PORT} 之间的整数。"
    )
    raise NotReady(message)


def _limit(name: str, text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_LIMIT:
        return int(text)
    message = (
        f"{name}={text} is no limit: give a number from 1 to {HIGHEST_LIMIT}.\n"
        f"{name}={text} 不是上限：请填 1 到 {HIGHEST_LIMIT} 之间的整数。"
    )
    raise NotReady(message)


def _dotted(name: str, text: str) -> str:
    if all(part.isidentifier() for part in text.split(".")) and "." in text:
        return text
    message = (
        f"{name}={text} names no class: write it with its module, such as gateways.Ours.\n"
        f"{name}={text} 不是类的名字：连同模块一起写，比如 gateways.Ours。"
    )
    raise NotReady(message)


def _codes(variables: Mapping[str, str], name: str, usual: int) -> int:
    text = variables.get(name) or str(usual)
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    message = f"{name}={text} is no number of codes: give one above 0.\n{name}={text} 不是条数：请填大于 0 的整数。"
    raise NotReady(message)


def _mail(variables: Mapping[str, str]) -> MailServer | None:
    address, sender = variables.get("NIANGJIA_SMTP", "").strip(), variables.get("NIANGJIA_MAIL_FROM", "").strip()
    if not address:
        return None
    server = server_named(address, sender=sender, password=_text_of("NIANGJIA_SMTP_PASSWORD_FILE", variables))
    if server is None:
        raise NotReady(_NO_SMTP.format(server=address, sender=sender))
    return server


def _wechat(variables: Mapping[str, str]) -> OfficialAccount | None:
    """The official account: named whole or not at all, its secrets in files."""
    try:
        return read_official_account(
            variables,
            secret=_text_of("NIANGJIA_WECHAT_SECRET_FILE", variables),
            token=_text_of("NIANGJIA_WECHAT_TOKEN_FILE", variables),
            key=_text_of("NIANGJIA_WECHAT_KEY_FILE", variables),
        )
    except AccountUnclear as error:
        raise NotReady(_NO_WECHAT.format(name=error)) from error


def _city(variables: Mapping[str, str]) -> CityDoor | None:
    """The city's identity system: named whole or not at all, and reached over TLS."""
    issuer = variables.get("NIANGJIA_CITY_ISSUER", "").strip()
    if not issuer:
        return None
    client = variables.get("NIANGJIA_CITY_CLIENT", "").strip()
    secret = variables.get("NIANGJIA_CITY_SECRET", "") or _text_of("NIANGJIA_CITY_SECRET_FILE", variables)
    parts = urlsplit(issuer)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname or ""))
    if not (is_safe and parts.hostname and not parts.query and not parts.fragment and not parts.username):
        raise NotReady(_NO_ISSUER.format(issuer=issuer))
    if not (client and secret):
        raise NotReady(_HALF_A_CITY)
    trusted = frozenset(filter(None, (part.strip() for part in variables.get("NIANGJIA_CITY_TRUSTED", "").split(","))))
    unclear = sorted(each for each in trusted if not each.startswith(("acr=", "amr=")) or each.endswith("="))
    if unclear:
        raise NotReady(_NO_TRUST.format(each=unclear[0]))
    name = variables.get("NIANGJIA_CITY_NAME", "").strip() or "城市统一身份"
    has_authority = bool(_text_of("NIANGJIA_CITY_CA", variables))
    authority = str(Path(variables["NIANGJIA_CITY_CA"]).expanduser().absolute()) if has_authority else ""
    return CityDoor(issuer=issuer, client=client, name=name, secret=secret, trusted=trusted, authority=authority)


def _text_of(name: str, variables: Mapping[str, str]) -> str:
    """What a file says that a variable names; nothing where it names none."""
    path = variables.get(name, "")
    if not path:
        return ""
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = (
            f"Cannot read {name}={path}: give a text file that this user may read.\n"
            f"读不了 {name}={path}：请给一个运行程序的用户能读的文本文件。"
        )
        raise NotReady(message) from error


def _tiles(variables: Mapping[str, str]) -> Tiles | None:
    try:
        return read_tiles(variables)
    except TilesUnclear as error:
        message = (
            f"NIANGJIA_TILES={error} is no source of tiles: give its web address with {{z}}, {{x}} and {{y}}.\n"
            f"NIANGJIA_TILES={error} 不是底图地址：请写带 {{z}}、{{x}}、{{y}} 的网址。"
        )
        raise NotReady(message) from error


def _networks(name: str, variables: Mapping[str, str]) -> tuple[str, ...]:
    written = filter(None, (part.strip() for part in variables.get(name, "").split(",")))
    try:
        return tuple(str(ip_network(part)) for part in written)
    except ValueError as error:
        message = (
            f"{name}: {error}; write networks such as 10.8.0.0/16, separated by commas.\n"
            f"{name} 里有看不懂的网络：请写成 10.8.0.0/16 这样，用逗号分开。"
        )
        raise NotReady(message) from error


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _postgres(text: str) -> str:
    if text in ("", *POSTGRES_KINDS):
        return text
    message = (
        f"NIANGJIA_POSTGRES={text} is unknown: say wheel or system, or leave it out.\n"
        f"NIANGJIA_POSTGRES={text} 无法识别：只能填 wheel 或 system，也可以不设。"
    )
    raise NotReady(message)
