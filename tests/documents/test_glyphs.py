from pathlib import Path

import pylopdf_fonts_zh_cn as wheel
import pytest

from keqiao.documents.glyphs import code_points, spell_out

FONTS = (wheel.serif_path(), wheel.sans_path())


def test_the_wheel_has_the_common_letters():
    assert {ord(c) for c in "镕龘¥①A　，"} <= code_points(wheel.serif_path())


def test_a_letter_no_font_has_is_written_by_its_code_point():
    assert spell_out(text="𠮷镕\n😀 a", fonts=FONTS) == "〔U+20BB7〕镕\n〔U+1F600〕 a"


def test_private_use_letters_mean_nothing_to_others_and_are_written_out():
    assert spell_out(text="\ue000", fonts=FONTS) == "〔U+E000〕"


def test_an_extra_font_adds_its_letters(extra_font):
    assert spell_out(text="𠮷", fonts=(*FONTS, extra_font)) == "𠮷"


def test_a_file_without_characters_is_refused(tmp_path):
    path = tmp_path / "not-a-font.otf"
    path.write_bytes(b"OTTO\x00\x00" + bytes(10))
    with pytest.raises(ValueError, match="is no font with a character map"):
        code_points(Path(path))
