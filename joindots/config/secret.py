"""The secret that signs cookies: made at first start, in a file for this user alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def stored_secret(data: Path) -> str:
    """The secret in the data folder, made if it is not there yet. Safe against two starts at once."""
    path = data / "keys" / "secret"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        beside = path.with_name(f"secret.{os.getpid()}")
        beside.write_text(secrets.token_urlsafe(50))
        beside.chmod(0o600)
        try:
            os.link(beside, path)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return path.read_text()
