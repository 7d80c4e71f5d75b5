// The cards that say whom to call, as the page holds them: their headings and the first line below each.
() => [...document.querySelectorAll("main .card.emergency, main .card.urgent, main .card.call-us")].map((card) => ({
  kind: ["emergency", "urgent", "call-us"].find((kind) => card.classList.contains(kind)),
  heading: card.querySelector("h2, h3, h4")?.textContent ?? "",
  first: card.querySelector("li, p")?.textContent ?? "",
}))
