// The preview in the browser: keeps bar and panel up to date, and the place that is read over a reload.
// Reloading itself, and swapping the stylesheet, is the work of livereload's script.
'use strict';

(function () {
  const here = document.querySelector('clinic-preview');
  const page = location.pathname + location.search;
  const key = 'clinic preview ' + page;
  let digest = here.dataset.page;
  let number = 0;

  // Browsers that don't know templates with a shadow root of their own.
  const template = here.querySelector('template');
  if (template) {
    here.attachShadow({ mode: 'open' }).append(template.content);
    template.remove();
  }
  const root = here.shadowRoot;

  function memory() {
    try {
      return JSON.parse(sessionStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  }

  function remember(more) {
    try {
      sessionStorage.setItem(key, JSON.stringify(Object.assign(memory(), more)));
    } catch {
      // A browser that keeps nothing: the page reloads all the same.
    }
  }

  // The panel: closed by button or Escape, until what it says is something else.
  function panel() {
    return root.querySelector('.panel');
  }

  function show(open) {
    const shown = panel();
    if (!shown) {
      document.documentElement.style.scrollPaddingBottom = '';
      return;
    }
    shown.hidden = !open;
    const button = root.querySelector('.open');
    if (button) button.setAttribute('aria-expanded', String(open));
  }

  function close() {
    const shown = panel();
    if (!shown || shown.hidden) return;
    remember({ closed: shown.textContent });
    const inside = shown.contains(root.activeElement);
    show(false);
    if (inside) root.querySelector('.open').focus();
  }

  function arrange() {
    const shown = panel();
    show(Boolean(shown) && memory().closed !== shown.textContent);
    const form = root.querySelector('form');
    if (form) form.action = location.pathname;
  }

  root.addEventListener('click', (event) => {
    if (event.target.closest('.close')) close();
    if (event.target.closest('.open')) {
      const opening = panel().hidden;
      remember({ closed: opening ? '' : panel().textContent });
      show(opening);
      if (opening) panel().focus();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });

  // The place that is read: what stands nearest the top, so that text that came or went above it moves nothing.
  function anchors() {
    return [...document.querySelectorAll('main :is(h1, h2, h3, h4, p, summary, td, li:not(:has(p)))')];
  }

  function words(one) {
    return one.localName + one.textContent.slice(0, 80);
  }

  function leave() {
    const each = anchors().find((one) => one.getBoundingClientRect().bottom > 0);
    remember({
      y: scrollY,
      words: each && words(each),
      same: each && anchors().filter((one) => words(one) === words(each)).indexOf(each),
      at: each && each.getBoundingClientRect().top,
      open: [...document.querySelectorAll('details')].map((one) => one.open),
      summaries: [...document.querySelectorAll('details')].map((one) => one.textContent.slice(0, 40)),
    });
  }

  function come() {
    const kept = memory();
    const reloaded = performance.getEntriesByType('navigation')[0]?.type === 'reload';
    if (!reloaded || kept.y === undefined) return;
    const all = [...document.querySelectorAll('details')];
    all.forEach((one, at) => {
      const same = kept.summaries.indexOf(one.textContent.slice(0, 40));
      const open = kept.open[same < 0 ? at : same];
      if (open !== undefined) one.open = open;
    });
    const near = kept.y > 0 && anchors().filter((one) => words(one) === kept.words)[kept.same];
    history.scrollRestoration = 'manual';
    if (near) scrollBy({ top: near.getBoundingClientRect().top - kept.at, behavior: 'instant' });
    else scrollTo({ top: kept.y, behavior: 'instant' });
  }

  addEventListener('pagehide', leave);
  come();
  addEventListener('load', come, { once: true });

  // A moment that is shown goes along to links that scripts have made.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!here.dataset.on || !link || link.origin !== location.origin) return;
    const to = new URL(link.href);
    if (!to.searchParams.has('on')) {
      to.searchParams.set('on', here.dataset.on);
      link.href = to.href;
    }
  }, true);

  // What the server says.
  function say(html) {
    const focused = root.activeElement && root.activeElement.className;
    const others = root.querySelector('details')?.open;
    root.innerHTML = html;
    arrange();
    if (others && root.querySelector('details')) root.querySelector('details').open = true;
    if (focused) root.querySelector('.' + focused.split(' ')[0])?.focus();
  }

  function lost(is) {
    const said = root.querySelector('.save');
    if (!is || root.querySelector('.lost')) return;
    const note = document.createElement('p');
    note.className = 'lost';
    note.setAttribute('role', 'alert');
    note.textContent = 'The preview has stopped, so this page stays as it is. Start it again to go on.';
    said.after(note);
  }

  let waiting = 250;
  function connect() {
    const socket = new WebSocket('ws://' + location.host + '/.preview/channel');
    socket.onopen = () => {
      waiting = 250;
      root.querySelector('.lost')?.remove();
      socket.send(JSON.stringify({ page, digest, number }));
    };
    socket.onmessage = (event) => {
      const said = JSON.parse(event.data);
      // livereload's script reloads the page; should its socket be gone, this does.
      if (said.do === 'reload') setTimeout(() => location.reload(), 60);
      if (said.do === 'say') {
        number = said.number;
        if (said.digest) digest = said.digest;
        say(said.html);
      }
    };
    socket.onclose = () => {
      lost(true);
      setTimeout(connect, waiting);
      waiting = Math.min(waiting * 2, 4000);
    };
  }

  arrange();
  connect();
})();
