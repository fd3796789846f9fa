"""Tags that link the built front end and the small pieces of markup every page uses."""

import json
import os
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from apps.common.browser_messages import MESSAGES

MANIFEST = {
    "src/main.ts": {"file": "assets/main-a1.js", "isEntry": True, "css": ["assets/main-b2.css"]},
    "fonts/inter-latin-wght-normal.woff2": {"file": "assets/inter-c3.woff2"},
}


def rendered(source: str, **context: object) -> str:
    return Template("{% load ui vite %}" + source).render(Context(context))


def attributes(html: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    parser = HTMLParser()
    parser.handle_starttag = lambda _tag, pairs: found.update(pairs)  # type: ignore[method-assign]
    parser.feed(html)
    return found


@pytest.fixture
def manifest(tmp_path, settings):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    settings.VITE_MANIFEST = path
    return path


def test_the_entry_is_linked_by_its_hashed_names(manifest):
    html = rendered("{% vite_styles %}{% vite_asset %}{% vite_font %}")

    assert '<link rel="stylesheet" href="/static/build/assets/main-b2.css">' in html
    assert '<script type="module" src="/static/build/assets/main-a1.js"></script>' in html
    assert 'href="/static/build/assets/inter-c3.woff2"' in html


def test_a_new_build_is_seen_without_a_restart(manifest):
    rendered("{% vite_asset %}")
    changed = {"src/main.ts": {"file": "assets/main-z9.js"}}
    manifest.write_text(json.dumps(changed))
    os.utime(manifest, (1, 1))

    assert "main-z9.js" in rendered("{% vite_asset %}")


def test_pages_render_before_the_first_build(tmp_path, settings):
    settings.VITE_MANIFEST = tmp_path / "none.json"

    assert rendered("{% vite_styles %}{% vite_asset %}{% vite_font %}") == ""


def test_an_island_takes_its_data_as_escaped_attributes():
    html = rendered("<div {% island 'figure' may_edit=1 label=label %}></div>", label='a "b" <c>')

    expected = {"data-island": "figure", "data-may-edit": "1", "data-label": 'a "b" <c>'}
    assert attributes(html) == expected


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Mara Linden", "ML"), ("mara", "M"), ("jun.okafor", "JO"), ("王小明", "王"), ("", "?")],
)
def test_initials(name, letters):
    assert rendered("{{ name|initials }}", name=name) == letters


@pytest.mark.parametrize(
    ("since", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5\xa0minutes ago"),
        (timedelta(days=2, hours=3), "2\xa0days ago"),
    ],
)
def test_ago(since, text):
    assert rendered("{{ moment|ago }}", moment=timezone.now() - since) == text


def test_a_share_is_shown_as_per_cent():
    assert rendered("{{ share|as_percent }} {{ none|as_percent }}", share=0.876, none=None) == (
        "87.6 –"
    )


class NameForm(forms.Form):
    name = forms.CharField(help_text="As on the door.")


def test_a_field_points_to_its_help_and_error():
    html = rendered("{% control form.name %}", form=NameForm({"name": ""}))

    found = attributes(html)
    assert found["aria-invalid"] == "true"
    assert found["aria-describedby"] == "id_name-help id_name-error"


def test_english_pages_carry_no_catalogue_and_others_what_is_translated():
    with translation.override("en"):
        assert rendered("{% js_messages %}") == ""
    with translation.override("zh-hans"):
        html = rendered("{% js_messages %}")
    texts = json.loads(html.partition(">")[2].rpartition("<")[0])
    assert set(texts) <= set(MESSAGES)
    assert all(text for text in texts.values())
