from keqiao.kernel.models.journal import CaseCounter, Entry, EntryFile, Payload
from keqiao.kernel.models.seals import Seal, SealKey, Tile

__all__ = ["CaseCounter", "Entry", "EntryFile", "Payload", "Seal", "SealKey", "Tile"]
