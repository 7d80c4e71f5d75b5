// The contrast of every text with what is behind it, large text with less (WCAG 2.2, 1.4.3).
() => {
  const { colour, contrast, ground, named, texts } = window.__proof;
  const faults = [];
  for (const { parent } of texts()) {
    const style = getComputedStyle(parent);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(colour(style.color), ground(parent));
    if (ratio < (large ? 3 : 4.5)) faults.push(`${ratio.toFixed(2)}: ${named(parent)}`);
  }
  return [...new Set(faults)];
}
