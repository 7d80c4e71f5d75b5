// Where everything stands and whether it is shown: two modes with the same shape differ in colours only.
() => [...document.querySelectorAll("*")].map((each) => {
  const { left, top, width, height } = each.getBoundingClientRect();
  const { display, visibility } = getComputedStyle(each);
  return [each.localName, left, top, width, height, display, visibility].join();
}).join("\n")
