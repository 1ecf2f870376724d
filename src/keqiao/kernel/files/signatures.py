"""First bytes of what is never taken: programs, old Office files, archives that can't be looked into."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",  # Mach-O, both word sizes and byte orders
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Java class, Mach-O for several processors
    b"dex\n03",
    b"\0asm",
    b"#!",
    b"L\0\0\0\x01\x14\x02\0",  # Windows shortcut
    b"MSCF\0\0\0\0",  # cabinet
    b"!<arch>\n",
)
PACKED = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
)
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_program(head: bytes) -> bool:
    """Whether the bytes begin like something a computer runs. A table may begin with the letters MZ; a
    program goes on with zero bytes.
    """
    bare = next((head.removeprefix(bom) for bom in BOMS if head.startswith(bom)), head)
    return (
        head.startswith(PROGRAMS)
        or bare.startswith(b"#!")
        or (head.startswith(b"MZ") and b"\0" in head[:256])
    )


def is_packed(head: bytes) -> bool:
    """Whether this is an archive of a kind that is not looked into (zip is)."""
    return head.startswith(PACKED)
