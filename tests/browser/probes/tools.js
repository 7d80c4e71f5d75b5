// What the probes share, put into the page before them. Nothing here changes the page.
(() => {
  const named = (each) => {
    const text = (each.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const classes = typeof each.className === "string" && each.className ? "." + each.className.split(" ").join(".") : "";
    return `<${each.localName}${each.id ? "#" + each.id : ""}${classes}> ${text}`;
  };

  // Whether it takes part in the page now: what a closed <details> holds does not.
  const shown = (each) => each.getClientRects().length > 0 && each.checkVisibility({ visibilityProperty: true });

  // Hidden from eyes on purpose, for screen readers only: a box of one pixel, or one that is clipped away.
  const unseen = (each) => {
    for (let at = each; at && at.nodeType === 1; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath === "inset(50%)" || style.visibility === "hidden") return true;
    }
    return false;
  };

  // The nearest box that scrolls sideways and may: tables and code (WCAG 2.2, 1.4.10).
  const scroller = (each) => {
    for (let at = each; at && at !== document.body && at.nodeType === 1; at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      if ((overflowX === "auto" || overflowX === "scroll") && (at.localName === "pre" || at.querySelector("table"))) {
        return at;
      }
    }
    return null;
  };

  const texts = () => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const each = walk.currentNode.parentElement;
      if (!walk.currentNode.data.trim() || !shown(each) || unseen(each)) continue;
      const range = document.createRange();
      range.selectNodeContents(walk.currentNode);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
      if (rects.length) found.push({ node: walk.currentNode, parent: each, rects });
    }
    return found;
  };

  const focusable = () =>
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(
      (each) => each.tabIndex >= 0 && !each.disabled && each.type !== "hidden" && shown(each));

  const colour = (text) => text.match(/[\d.]+/g).map(Number);
  const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const canvas = () => {
    const probe = document.createElement("i");
    probe.style.color = "Canvas";
    document.body.append(probe);
    const found = colour(getComputedStyle(probe).color);
    probe.remove();
    return found;
  };
  const ground = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return canvas();
  };

  window.__proof = { named, shown, unseen, scroller, texts, focusable, colour, contrast, ground };
})()
