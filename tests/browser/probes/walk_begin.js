// Notes every element that gets the focus, and whether one can see it there; gives what should get it, in order.
() => {
  const { focusable, named } = window.__proof;
  const expected = focusable().filter((each, _, all) => {
    if (each.type !== "radio") return true;
    const group = all.filter((other) => other.type === "radio" && other.name === each.name && other.form === each.form);
    return each === (group.find((other) => other.checked) || group[0]);
  });
  const numbers = new Map(expected.map((each, number) => [each, number]));
  window.__walk?.end.abort();
  // The next Tab goes on from where the focus was last, even if that is gone: so from before everything.
  const start = document.createElement("span");
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  window.scrollTo(0, 0);
  const end = new AbortController();
  window.__walk = { seen: [], hidden: [], end };
  document.addEventListener("focusin", ({ target }) => {
    const group = expected.find((other) =>
      target.type === "radio" && other.type === "radio" && other.name === target.name && other.form === target.form);
    const step = numbers.get(target) ?? numbers.get(group) ?? named(target);
    // A window that gets the focus back tells of the same element again; one that holds it fast tells of no other.
    if (step !== window.__walk.seen[window.__walk.seen.length - 1]) window.__walk.seen.push(step);
  }, { signal: end.signal });
  // By the time of the next key, the browser has scrolled to what the last one reached.
  document.addEventListener("keydown", () => {
    const each = document.activeElement;
    const rect = each && each !== document.body && [...each.getClientRects()][0];
    if (!rect) return;
    const x = Math.min(Math.max(rect.left + rect.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(rect.top + Math.min(rect.height / 2, innerHeight / 2), 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const outside = rect.bottom <= 0 || rect.top >= innerHeight || rect.right <= 0 || rect.left >= innerWidth;
    if (outside || !top || (!each.contains(top) && !top.contains(each))) window.__walk.hidden.push(named(each));
  }, { capture: true, signal: end.signal });
  return expected.map(named);
}
