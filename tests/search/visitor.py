"""Somebody who searches in a real browser: the site is served from memory, every request is written down."""

from typing import TypedDict
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, Route

from clinic.library.addresses import key_of
from tests.search.made import Search

HOST = "http://clinic.example"

ASK = """async (queries) => {
  const status = document.querySelector('.search [role=status]'), found = [];
  for (const query of queries) {
    if (location.hash === '#q=' + encodeURIComponent(query)) location.hash = '#q=';
    const until = Date.now() + 20000;
    status.textContent = '?';
    location.hash = '#q=' + encodeURIComponent(query);
    while (status.textContent === '?') {
      if (Date.now() > until) throw new Error('no answer to ' + query);
      await new Promise((done) => setTimeout(done, 0));
    }
    const items = [...document.querySelectorAll('.results li')];
    found.push({
      said: status.textContent,
      hrefs: items.map((item) => item.querySelector('a').getAttribute('href')),
      texts: items.map((item) => item.innerText),
    });
  }
  return found;
}"""


class Answer(TypedDict):
    """What a search showed."""

    said: str
    hrefs: list[str]
    texts: list[str]


class Visitor:
    """One page of a browser on the site of `search`."""

    def __init__(self, page: Page, search: Search) -> None:
        """Starts with nothing opened; `offline` makes every file of the search fail."""
        self.page = page
        self.search = search
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.offline = False
        page.route("**/*", self._answer)
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answer(self, route: Route) -> None:
        address = route.request.url
        self.asked.append(address)
        if not address.startswith(HOST + "/") or (self.offline and address.endswith(".json")):
            route.abort()
            return
        file = self.search.files.get(key_of(unquote(urlsplit(address).path)))
        if file is None:
            route.fulfill(status=404, body="<h1>Not found</h1>", content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body=file.make().body, content_type=file.content_type)

    def open(self, rest: str = "") -> None:
        """Opens the search page."""
        self.page.goto(f"{HOST}/search/{rest}")

    def ask(self, *queries: str) -> list[Answer]:
        """What each search shows."""
        answers: list[Answer] = self.page.evaluate(ASK, list(queries))
        return answers
