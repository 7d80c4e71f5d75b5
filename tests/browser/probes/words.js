// Every word that a reader can get to: what is shown, with the menu opened where it is folded away.
() => {
  const before = location.hash;
  const link = document.querySelector(".menu-link");
  const folded = link && link.getClientRects().length;
  if (folded) location.hash = link.getAttribute("href");
  const words = document.body.innerText.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  if (folded) location.hash = before;
  window.scrollTo(0, 0);
  return words;
}
