"""Rules that all templates and scripts keep: the content policy, known icons, and Chinese for every word."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from keqiao.faces.templatetags.keqiao import TONES

SRC = Path(__file__).parents[2] / "src"
FACES = SRC / "keqiao/faces"
TEMPLATES = sorted(SRC.glob("keqiao/*/templates/**/*.html"))
OURS = sorted((FACES / "templates/faces").glob("*.html"))
ICONS = set((FACES / "bundle/icons.txt").read_text().split())
WORDS = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')|\b_\((?:"([^"]*)"|'([^']*)')\)""")
BLOCKS = re.compile(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", re.DOTALL)


def called(paths):
    return [str(path.relative_to(SRC)) for path in paths]


@pytest.mark.parametrize("path", TEMPLATES, ids=called(TEMPLATES))
def test_nothing_that_the_content_policy_forbids(path):
    text = path.read_text()
    assert (
        re.findall(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<style|https?://(?!www\.w3\.org)", text)
        == []
    )
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=called(TEMPLATES))
def test_only_icons_of_the_sprite(path):
    named = re.findall(r"""{% icon "([^"]+)"|icon="([^"]+)\"""", path.read_text())
    assert {a or b for a, b in named} - ICONS == set()


def test_every_tone_has_an_icon_of_the_sprite():
    assert set(TONES.values()) - ICONS == set()


def chinese():
    text = (FACES / "locale/zh_Hans.po").read_text()
    return dict(re.findall(r'msgid "(.*)"\nmsgstr "(.*)"', text))


def wanted(path):
    text = path.read_text()
    yield from (next(filter(None, found)) for found in WORDS.findall(text))
    for block in BLOCKS.findall(text):
        yield re.sub(r"{{ (\w+) }}", r"%(\1)s", block.strip())


@pytest.mark.parametrize("path", OURS, ids=called(OURS))
def test_every_word_has_its_chinese(path):
    known = chinese()
    assert [word for word in wanted(path) if not known.get(word)] == []


def test_the_default_language_is_chinese():
    assert settings.LANGUAGE_CODE == "zh-hans"
