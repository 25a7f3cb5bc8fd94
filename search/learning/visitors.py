"""Whether five different visitors asked the same, without knowing any of them.

A visitor leaves a mark: sixteen bits of a keyed hash of her network (not her address) and of the question, so that
no two questions can be put together and hundreds of networks share each mark. The key is drawn anew each week and
thrown away; without it a mark says nothing to anybody. Marks of a question are kept until there are five or the week
is over, whichever comes first."""

import hmac
import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.conf import settings

ENOUGH = 5
_ROBOT = re.compile(
    r"(?<!cu)bot\b|(?<!cu)bot[/_;-]|crawl|spider|slurp|archiver|scrap|headless|preview|externalhit|monitor|uptime|pingdom|lighthouse"
    r"|^(?:curl|wget|python|java|go-http|okhttp|axios|node|ruby|perl|libwww|httpx?|postman|insomnia|feed)",
    re.I,
)


def is_robot(agent: str) -> bool:
    """Programs name themselves, or say nothing at all; browsers always say something."""
    return not agent.strip() or _ROBOT.search(agent) is not None


def address_of(meta: Mapping[str, str]) -> str:
    """Who asks. Behind proxies it is what the outermost of ``TRUSTED_PROXIES`` saw; a proxy on this host comes on top
    without being told, and what a reader claims of herself counts for nothing."""
    peer = meta.get("REMOTE_ADDR", "")
    passed_on = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    own = not network_of(peer) or ipaddress.ip_address(peer).is_loopback
    proxies = settings.TRUSTED_PROXIES + int(own)
    return passed_on[-min(proxies, len(passed_on))] if passed_on and proxies else peer


def network_of(address: str) -> str:
    """The network an address belongs to: what one household, office or school shares; "" for no address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def week_of(day: date) -> str:
    """ "2026-W47" """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def mark(salt: bytes, key: str, network: str) -> str:
    """Sixteen bits, as four letters."""
    return hmac.new(salt, f"{network}\n{key}".encode(), "sha256").hexdigest()[:4]


_salts: dict[Path, bytes] = {}


def salt_of(folder: Path, week: str) -> bytes:
    """The week's key; whoever comes first draws it. It stands in one file on this machine, for this user alone."""
    path = folder / f"salt-{week}"
    if path not in _salts or not path.exists():
        _salts.clear()
        _salts[path] = _drawn(path)
    return _salts[path]


def _drawn(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix="draw-") as drawn:
            drawn.write(secrets.token_bytes(32))
            drawn.flush()
            try:
                os.link(drawn.name, path)
            except FileExistsError:
                pass
    return path.read_bytes()


def forget(folder: Path, week: str) -> None:
    """Throw away the keys of all other weeks."""
    for path in folder.glob("salt-*"):
        if path.name != f"salt-{week}":
            path.unlink(missing_ok=True)
            _salts.pop(path, None)
