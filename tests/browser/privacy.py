"""What a page sends, keeps and points to: the recorder that says whether somebody else learns of a visit."""

from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

from tests.browser.hosts import Hosts

_SCAN = """(own) => {
  const found = [];
  const away = (value) => {
    try { const at = new URL(value, document.baseURI); return at.protocol.startsWith('http') && at.host !== own; }
    catch { return false; }
  };
  const told = (each, name, value) => found.push(`<${each.localName} ${name}="${value}">`);
  const names = ['src', 'action', 'formaction', 'ping', 'poster', 'data', 'background', 'xlink:href'];
  for (const each of document.querySelectorAll('*')) {
    for (const name of names) {
      const value = each.getAttribute(name);
      if (value !== null && value.split(/\\s+/).some(away)) told(each, name, value);
    }
    for (const part of (each.getAttribute('srcset') || '').split(',')) {
      if (part.trim() && away(part.trim().split(/\\s+/)[0])) told(each, 'srcset', part.trim());
    }
    if (each.localName === 'link' && !/^(canonical|alternate|license)$/.test(each.rel) && away(each.href)) {
      told(each, each.rel, each.href);
    }
    if (each.localName === 'meta' && /refresh/i.test(each.httpEquiv) && away((each.content.split('url=')[1] || ''))) {
      told(each, 'refresh', each.content);
    }
  }
  return found;
}"""

_KEPT = """async () => {
  const found = [];
  if (document.cookie) found.push('a cookie');
  if (localStorage.length) found.push('local storage');
  if (sessionStorage.length) found.push('session storage');
  if ((await indexedDB.databases()).length) found.push('a database');
  if ((await caches.keys()).length) found.push('a cache');
  if ((await navigator.serviceWorker.getRegistrations()).length) found.push('a service worker');
  return found;
}"""


class Recorder:
    """Watches one page of a browser from the start; `faults` tells what it saw since it was asked last."""

    def __init__(self, context: BrowserContext, hosts: Hosts, own: str) -> None:
        """Opens the page. `own` is the host of the site; every other one is a stranger."""
        self.context = context
        self.hosts = hosts
        self.own = own
        self.sent: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        context.on("request", self._request)
        self.page.on("websocket", lambda socket: self.sent.append(f"a websocket to {socket.url}"))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.own:
            self.sent.append(f"a request to {request.url}")

    def open(self, path: str) -> None:
        """Goes to a page of the site and waits until it is quiet."""
        self.page.goto(f"https://{self.own}{path}", wait_until="load")
        if self.page.locator('script:not([type="application/ld+json"])').count():
            self.page.wait_for_load_state("networkidle")

    def faults(self, permitted: Collection[str] = ()) -> list[str]:
        """All that somebody else learned or could learn, or that was kept; `permitted` are endpoints of forms."""
        found = [*self.sent, *(f"the console says: {text}" for text in self.complaints)]
        found += [f"a connection to {name}" for name in self.hosts.called if name != self.own]
        found += [f"a request that reached {asked.host}" for asked in self.hosts.asked if asked.host != self.own]
        forms = {f'<form action="{one}">' for one in permitted}
        found += [each for each in self.page.evaluate(_SCAN, self.own) if each not in forms]
        found += [f"it keeps {what}" for what in self.page.evaluate(_KEPT)]
        found += [f"it keeps the cookie {cookie.get('name')}" for cookie in self.context.cookies()]
        for seen in (self.sent, self.complaints, self.hosts.called, self.hosts.asked):
            seen.clear()
        return found
