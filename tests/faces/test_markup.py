"""Rules that all templates and scripts keep: the content policy, and known icons."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from keqiao.faces.templatetags.keqiao import TONES

SRC = Path(__file__).parents[2] / "src"
FACES = SRC / "keqiao/faces"
TEMPLATES = sorted(SRC.glob("keqiao/*/templates/**/*.html"))
ICONS = set((FACES / "bundle/icons.txt").read_text().split())


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


def test_the_default_language_is_chinese():
    assert settings.LANGUAGE_CODE == "zh-hans"
