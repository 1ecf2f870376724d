"""Names of files as people gave them: what is hostile is refused, what is merely untidy is tidied."""

import re
import unicodedata

from django.utils.translation import gettext as _

from keqiao.kernel.files.file_errors import BadName

# 240 bytes leave room for a number in front where an archive pack is unpacked; file systems stop at 255.
MAX_BYTES = 240
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?", re.IGNORECASE)
UNTIDY = re.compile(r'[<>:"|?*\u200b-\u200d\u2060\ufeff]')


def clean_name(name: str) -> str:
    """The name as it is kept. Raises BadName for what no honest file is called."""
    name = unicodedata.normalize("NFC", name)
    fact = _hostile(name)
    if fact:
        raise BadName(name=ascii(name[:60]), fact=fact)
    return UNTIDY.sub("_", name).strip().rstrip(". ")


def with_extension(*, name: str, extensions: tuple[str, ...]) -> str:
    """A name never promises another kind than the content is: `x.bat` that holds text becomes `x.bat.txt`."""
    if name.lower().rpartition(".")[2] in extensions and "." in name:
        return name
    room = MAX_BYTES - len(extensions[0]) - 1
    return name.encode()[:room].decode(errors="ignore") + f".{extensions[0]}"


def hostile_member(name: str) -> bool:
    """Whether an archive entry's name could leave the folder it is unpacked to, or show as something else."""
    parts = name.replace("\\", "/").split("/")
    return (
        not name
        or name[0] in "/\\"
        or ".." in parts
        or bool(re.match("[A-Za-z]:", name))
        or bool(BIDI.search(name))
        or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in name)
    )


def _hostile(name: str) -> str:
    if not name.strip(" ."):
        return _("it is empty")
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in name):
        return _("it contains control characters")
    if BIDI.search(name):
        return _("it contains characters that turn the direction of writing")
    if "/" in name or "\\" in name:
        return _("it contains a path")
    if RESERVED.fullmatch(name.strip(" .")):
        return _("the system reserves it")
    if len(name.encode()) > MAX_BYTES:
        return _("it is longer than %(bytes)s bytes, about 80 Chinese characters") % {"bytes": MAX_BYTES}
    return ""
