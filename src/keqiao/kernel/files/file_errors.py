"""Why a file is not taken, and why a stored one can't be read: one named error a cause."""

import logging
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.errors import Invalid, Refusal, Text

log = logging.getLogger(__name__)


class FileRefused(Invalid):
    """The file was judged and is not taken. Nothing was stored."""

    text: ClassVar[Text] = _("This file can't be taken.")
    todo: ClassVar[Text] = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(str(self.text) % facts, field="file", remedy=self.todo)


class EmptyFile(FileRefused):
    text = _("The file is empty.")
    todo = _("Choose the file again; it may not have finished copying.")


class FileTooLarge(FileRefused):
    text = _("The file is larger than %(limit)s MB.")
    todo = _("Split it or make it smaller, for example by a lower scan resolution.")


class KindRefused(FileRefused):
    text = _("Judged by its content, this file is of a kind that isn't taken here. Taken are: %(kinds)s.")
    todo = _("Save it as one of these kinds. Changing the file's name is not enough.")


class ProgramRefused(FileRefused):
    text = _("This is a program, or contains one: %(member)s.")
    todo = _("Programs are never taken. Send the document itself.")


class PasswordRefused(FileRefused):
    text = _("This file is protected by a password, so nobody else can read it: %(kind)s.")
    todo = _("Take the password off, save the file and send it again.")


class OldOfficeRefused(FileRefused):
    text = _("This is a file of the old Office format (doc, xls, ppt), which may hide macros: %(member)s.")
    todo = _("Save it as docx, xlsx or pptx and send that.")


class MacrosRefused(FileRefused):
    text = _("The document contains macros: %(member)s.")
    todo = _("Save it without macros, as docx, xlsx or pptx.")


class FetchesRefused(FileRefused):
    text = _("When it is opened, the document fetches something from elsewhere: %(member)s.")
    todo = _("Break its links to other files, or put what they show into it, save it and send that.")


class ArchiveBomb(FileRefused):
    text = _("Unpacked, this file would be out of all proportion: %(fact)s.")
    todo = _("Send the documents one by one, or in smaller archives.")


class ArchiveUnreadable(FileRefused):
    text = _("The archive can't be checked: %(fact)s.")
    todo = _("Pack it again as a plain zip without a password and without archives of other kinds inside.")


class UnsafeMember(FileRefused):
    text = _("The archive contains an entry whose name or type is unsafe: %(member)s.")
    todo = _("Pack it again from an ordinary folder.")


class UnsafeXml(FileRefused):
    text = _("The document contains XML with declarations that aren't allowed, or damaged XML: %(member)s.")
    todo = _("Open it in Office or WPS, save it again and send that.")


class PixelFlood(FileRefused):
    text = _("The picture has more than %(limit)s million pixels.")
    todo = _("Make the picture smaller and send it again.")


class DamagedFile(FileRefused):
    text = _("The file begins like %(kind)s but is damaged or incomplete.")
    todo = _("Open it once to see whether it is whole, save it again and send that.")


class BadName(FileRefused):
    text = _("The file name %(name)s can't be taken: %(fact)s.")
    todo = _("Rename the file and send it again.")


class StoreFault(Refusal):
    """The store itself can't do its work; whoever asked did nothing wrong.

    The message is for anybody; paths and key ids are in `facts`, in tracebacks and in the log.
    """

    status = 503
    text: ClassVar[Text] = _("The file store can't be used. Nothing was stored.")
    todo: ClassVar[Text] = _("Tell the system administrator.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.text, clause="4.1.5", remedy=self.todo)
        self.facts = facts
        note = ", ".join(f"{name}: {fact}" for name, fact in facts.items())
        self.add_note(note)
        log.error("%s: %s", type(self).__name__, note)


class StoreFull(StoreFault):
    text = _("The file store is full. Nothing was stored.")
    todo = _("Tell the system administrator, and send the file again once there is room.")


class MissingFile(StoreFault):
    text = _("The stored file is not where it should be.")
    todo = _("Tell the system administrator: it has to be restored from the backup.")


class CorruptData(StoreFault):
    text = _("Stored data was changed, shortened, moved or damaged, and is not shown.")
    todo = _("Tell the system administrator: it has to be restored from the backup, and the cause found.")


class MissingMasterKey(StoreFault):
    """No new key is made, because data is sealed under the old one."""

    text = _("The master key file is missing.")
    todo = _("Tell the system administrator: the key file of this site has to be put back.")


class DamagedMasterKey(StoreFault):
    text = _("The master key file can't be read as keys.")
    todo = _("Tell the system administrator: the key file of this site has to be put back.")


class WrongMasterKey(StoreFault):
    text = _("The master key file does not hold the key under which this data is sealed.")
    todo = _(
        "Tell the system administrator: the key file that belongs to this database has to be put in place."
    )


class MissingKey(StoreFault):
    text = _("The key under which this data is sealed is not in the database.")
    todo = _("Tell the system administrator: the database that belongs to these files has to be restored.")
