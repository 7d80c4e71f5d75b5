// Focused one by one, each element must show it: an outline of 2 px and more with a contrast of 3 (WCAG 2.2, 1.4.11).
() => {
  const { colour, contrast, focusable, ground, named } = window.__proof;
  const faults = [];
  const at = document.activeElement;
  for (const each of focusable()) {
    each.focus({ preventScroll: true, focusVisible: true });
    const style = getComputedStyle(each);
    const width = parseFloat(style.outlineWidth);
    if (style.outlineStyle === "none" || width < 2) {
      faults.push(`no outline: ${named(each)}`);
      continue;
    }
    const around = parseFloat(style.outlineOffset) >= 0 ? ground(each.parentElement || each) : ground(each);
    const ratio = contrast(colour(style.outlineColor), around);
    if (ratio < 3) faults.push(`an outline with a contrast of ${ratio.toFixed(2)}: ${named(each)}`);
  }
  document.activeElement?.blur?.();
  at?.focus?.({ preventScroll: true });
  return faults;
}
