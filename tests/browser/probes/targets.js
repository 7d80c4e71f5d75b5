// What people tap on must be 44 px in both directions, but for links in a sentence (WCAG 2.2, 2.5.5: inline).
() => {
  const { focusable, named, unseen } = window.__proof;
  const inSentence = (each) => {
    if (each.localName !== "a" || !getComputedStyle(each).display.startsWith("inline")) return false;
    if (getComputedStyle(each).display !== "inline") return false;
    let block = each.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const copy = block.cloneNode(true);
    copy.querySelectorAll("a").forEach((link) => link.remove());
    return /[\p{L}\p{N},;]/u.test(copy.textContent);
  };
  const faults = [];
  for (const each of focusable()) {
    if (unseen(each) || inSentence(each) || each.matches(".skip:not(:focus)")) continue;
    const label = each.matches("input[type=checkbox], input[type=radio]") && each.closest("label");
    const rect = (label || each).getBoundingClientRect();
    if (rect.height < 43.5 || rect.width < 43.5) {
      faults.push(`${Math.round(rect.width)} x ${Math.round(rect.height)} px: ${named(each)}`);
    }
  }
  return faults;
}
