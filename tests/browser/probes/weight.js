// What the browser fetched for this page, and how far things moved after they were first shown.
async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)));
  window.scrollTo(0, document.documentElement.scrollHeight);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  window.scrollTo(0, 0);
  const moved = await new Promise((done) => {
    let sum = 0;
    const watch = new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }));
    watch.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => { watch.disconnect(); done(sum); }, 30);
  });
  const pictures = /\.(?:avif|gif|jpe?g|png|webp)$/;
  const fetched = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .map(({ name, encodedBodySize, initiatorType }) => ({ name, size: encodedBodySize, by: initiatorType }))
    .filter(({ name }) => !pictures.test(new URL(name).pathname));
  const icons = [...document.querySelectorAll("link[rel~=icon]")].map((link) => link.href);
  const scripts = [...document.querySelectorAll("script:not([type='application/ld+json'])")].map((each) => each.src || "inline");
  const handlers = [...document.querySelectorAll("*")].flatMap((each) => each.getAttributeNames().filter((name) => name.startsWith("on")));
  return { moved, fetched, icons, scripts: [...scripts, ...handlers] };
}
