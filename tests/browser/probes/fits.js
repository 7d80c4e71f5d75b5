// What sticks out, is cut off or lies on something else, at the width that the page has now.
() => {
  const { named, scroller, shown, texts, unseen } = window.__proof;
  const faults = [];
  const root = document.documentElement;
  const wide = root.clientWidth;
  if (root.scrollWidth > wide) faults.push(`the page is ${root.scrollWidth} px wide in a window of ${wide} px`);

  const all = texts();
  for (const { parent, rects } of all) {
    const box = scroller(parent);
    const [left, right] = box ? [box.getBoundingClientRect().left, box.getBoundingClientRect().right] : [0, 0];
    if (box ? left < -0.5 || right > wide + 0.5 : rects.some((rect) => rect.left < -0.5 || rect.right > wide + 0.5)) {
      faults.push(`sticks out: ${named(parent)}`);
    }
  }

  for (const each of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(each);
    const hides = (value) => value === "hidden" || value === "clip";
    if ((!hides(style.overflowX) && !hides(style.overflowY)) || unseen(each) || !shown(each)) continue;
    const cut = (hides(style.overflowX) && each.scrollWidth > each.clientWidth + 1) ||
      (hides(style.overflowY) && each.scrollHeight > each.clientHeight + 1);
    if (cut || style.textOverflow === "ellipsis") faults.push(`cut off: ${named(each)}`);
  }

  for (const box of new Set(all.map(({ parent }) => scroller(parent)).filter(Boolean))) {
    if (box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0 && !box.querySelector("a[href], button, input")) {
      faults.push(`scrolls, but not by keyboard: ${named(box)}`);
    }
  }

  // Overlap: lines of text of different owners, and boxes of pictures and fields, may not lie on each other.
  const boxes = [];
  for (const { node, parent, rects } of all) {
    if (parent.closest("sup, sub")) continue;
    const clip = scroller(parent)?.getBoundingClientRect();
    for (const rect of rects) {
      const inset = rect.height * 0.2;
      const left = Math.max(rect.left + 1, clip?.left ?? -Infinity);
      const right = Math.min(rect.right - 1, clip?.right ?? Infinity);
      if (right > left) boxes.push({ owner: node, shown: parent, left, right, top: rect.top + inset, bottom: rect.bottom - inset });
    }
  }
  for (const each of document.body.querySelectorAll("img, input, select, textarea, video, iframe")) {
    if (unseen(each) || !shown(each)) continue;
    const rect = each.getBoundingClientRect();
    if (rect.width > 2 && rect.height > 2) {
      boxes.push({ owner: each, shown: each, left: rect.left + 1, right: rect.right - 1, top: rect.top + 1, bottom: rect.bottom - 1 });
    }
  }
  boxes.sort((one, other) => one.top - other.top);
  let open = [];
  for (const box of boxes) {
    open = open.filter((each) => each.bottom > box.top);
    for (const other of open) {
      if (other.owner !== box.owner && other.left < box.right && box.left < other.right) {
        faults.push(`overlap: ${named(other.shown)} and ${named(box.shown)}`);
      }
    }
    open.push(box);
  }
  return [...new Set(faults)].slice(0, 8);
}
