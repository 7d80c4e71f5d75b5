"""The checkers of others: what they are told, how they are run, and their findings in one form, as file:line."""

import json
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HTML_RULES: Mapping[str, object] = {
    "doctype-style": ["error", {"style": "lowercase"}],  # HTML takes both; ours is written small
    "valid-id": ["error", {"relaxed": True}],  # ours begin with _, so that no heading of a text can be called the same
    "aria-label-misuse": ["error", {"allowAnyNamable": True}],  # a list of results may have a name (ARIA 1.2, 5.2.8)
    "long-title": "off",  # titles are content: `check` warns of long ones, with the place to mend
    "tel-non-breaking": "off",  # style.css keeps numbers in a line, but where letters are too large for that
}
"""What html-validate is told beside its recommended rules, each with its reason."""

BROWSERS = ("chrome 79", "firefox 71", "safari 13", "ios_saf 13.2", "samsung 10.1", "edge 18")
"""The browsers of December 2019."""

NEWER: Mapping[str, str] = {
    "css-hyphens": "headings break by syllables; else between words, and long ones anywhere",
    "css-logical-props": "sides are missed only by Edge 18, which then has the margins of a page without styles",
    "css-marker-pseudo": "bullets are coloured; else they are of the text's colour",
    "css-masks": "what the checker takes clip-path for",
    "css-clip-path": "texts for screen readers are one pixel anyway",
    "css-math-functions": "the checker reads minmax() as max(); the rule below forbids the functions themselves",
    "css-media-scripting": "without scripts the search takes no room; else an empty one",
    "css-overflow": "only `overflow: clip` and the two axes at once are newer; neither is used",
    "css-paged-media": "margins of paper and page numbers; else the browser's own",
    "css-snappoints": "scroll-padding: a heading that was jumped to has some room above; else none",
    "css-unicode-bidi": "isolates numbers in texts from right to left; else they are set by their own direction",
    "css-widows-orphans": "paper without single lines; else with some",
    "extended-system-fonts": "a stack of fonts: what is not known is passed over",
    "mdn-css-unicode-bidi-isolate": "the same as css-unicode-bidi",
    "mdn-text-decoration-shorthand": "underlines are of another kind; else plain",
    "multicolumn": "break-inside and break-after on paper; all browsers know enough of them",
    "object-fit": "a logo that is not square keeps its shape; Edge 18 knows it for images",
    "prefers-color-scheme": "a dark scheme; else the light one",
    "prefers-reduced-motion": "the skip link moves in; else it is there at once",
    "text-decoration": "thicker underlines; else plain ones",
    "text-size-adjust": "phones leave the size of text alone; else they may enlarge it",
}
"""Newer features of CSS that the theme uses, each with what a browser shows that does not know it: a whole page."""

STYLE_RULES: Mapping[str, object] = {
    "plugin/no-unsupported-browser-features": [True, {"browsers": BROWSERS, "ignore": sorted(NEWER)}],
    "function-disallowed-list": ["clamp", "min", "max", "light-dark", "color-mix", "oklch", "oklab", "env"],
    "selector-pseudo-class-disallowed-list": ["has", "is", "where", "focus-visible", "focus-within"],
    "at-rule-disallowed-list": ["layer", "container", "scope", "starting-style", "property", "import"],
    "max-nesting-depth": [0, {"ignoreAtRules": ["media", "page", "supports", "bottom-center"]}],
    "property-no-unknown": True,
    "unit-no-unknown": True,
    "media-feature-name-no-unknown": True,
    "no-invalid-double-slash-comments": True,
}
"""What stylelint is told."""


def vnu(folders: Sequence[Path], modules: Path) -> list[str]:
    """The errors of the Nu HTML checker in all pages, stylesheets and drawings of some folders.

    Warnings are left out: read from a disk, every file of a page seems to break the page's own policy.

    Raises:
        RuntimeError: it could not be run.
    """
    jar = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ["--format", "json", "--also-check-css", "--also-check-svg", "--skip-non-html"]
    ran = _ran(["java", "-jar", str(jar), *options, *map(str, folders)])
    return [
        f"{_place(message['url'], folders)}:{message.get('lastLine', 1)}: {message['message']}"
        for message in _read(ran.stderr, ran)["messages"]
        if message["type"] != "info"
    ]


def html_validate(folders: Sequence[Path], modules: Path, scratch: Path) -> list[str]:
    """The errors of html-validate in all pages of some folders.

    Raises:
        RuntimeError: it could not be run.
    """
    config = scratch / "html-validate.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": HTML_RULES}))
    command = [str(modules / ".bin" / "html-validate"), "--formatter", "json", "--config", str(config)]
    ran = _ran([*command, *(f"{folder}/**/*.html" for folder in folders)])
    return [
        f"{_place(file['filePath'], folders)}:{message['line']}: {message['ruleId']}: {message['message']}"
        for file in _read(ran.stdout, ran)
        for message in file["messages"]
    ]


def stylelint(files: Iterable[Path], modules: Path, scratch: Path, root: Path) -> list[str]:
    """What browsers of 2019 would not understand in some stylesheets, and what no browser would.

    Raises:
        RuntimeError: it could not be run.
    """
    config = scratch / "stylelint.json"
    plugin = str(modules / "stylelint-no-unsupported-browser-features" / "lib" / "index.js")
    config.write_text(json.dumps({"plugins": [plugin], "rules": STYLE_RULES}))
    command = [str(modules / ".bin" / "stylelint"), "--formatter", "json", "--config", str(config)]
    ran = _ran([*command, *map(str, files)])
    return [
        f"{Path(file['source']).relative_to(root)}:{warning['line']}: {warning['text']}"
        for file in _read(ran.stderr.strip() or ran.stdout, ran)
        for warning in (*file["warnings"], *file["invalidOptionWarnings"])
    ]


def _ran(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _read(text: str, ran: subprocess.CompletedProcess[str]) -> Any:
    """What a tool wrote, in the form that is its own."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise RuntimeError(f"{ran.args[0]} ended with {ran.returncode}: {ran.stderr[-800:]}") from error


def _place(address: str, folders: Sequence[Path]) -> str:
    """A file as people know it: site and path."""
    path = Path(unquote(urlsplit(address).path) if re.match(r"file:", address) else address)
    for folder in folders:
        if path.is_relative_to(folder):
            return f"{folder.name}/{path.relative_to(folder)}"
    return str(path)
