// The reader's margin: cards stand level with their words and give way to one another; selecting never moves the text.
import { add } from "/static/keys.js";

const body = document.querySelector("article.body");
const cards = [...document.querySelectorAll(".card[data-claim]")];
const wide = matchMedia("(min-width: 60.01rem)");
let selected = null;

function marks(number) {
  return [...body.querySelectorAll("mark[data-claims]")].filter((mark) =>
    mark.dataset.claims.split(" ").includes(number),
  );
}

function place() {
  body.classList.toggle("js-margin", wide.matches && cards.length > 0);
  const sides = [...body.querySelectorAll(".side")];
  if (!wide.matches) {
    for (const side of sides) side.style.removeProperty("inset-block-start");
    body.style.removeProperty("min-block-size");
    return;
  }
  const top = body.getBoundingClientRect().top;
  let free = 0;
  for (const side of sides) {
    const level = side.parentElement.getBoundingClientRect().top - top;
    let start = Math.max(level, free);
    const card = side.querySelector(".card.sel");
    if (card) {
      // The selected card stands at its words; those before it stay where they are, later ones give way.
      const before = card.getBoundingClientRect().top - side.getBoundingClientRect().top;
      const words = marks(card.dataset.claim)[0];
      if (words) start = Math.max(free, Math.max(level, words.getBoundingClientRect().top - top - before - 8));
    }
    side.style.insetBlockStart = `${start}px`;
    free = start + side.offsetHeight + 8;
  }
  body.style.minBlockSize = `${free}px`;
}

function select(card, { scroll = false } = {}) {
  if (selected) {
    selected.classList.remove("sel");
    for (const mark of marks(selected.dataset.claim)) mark.classList.remove("on");
  }
  selected = card;
  if (card) {
    card.classList.add("sel");
    const words = marks(card.dataset.claim);
    for (const mark of words) mark.classList.add("on");
    if (scroll) (words[0] ?? card).scrollIntoView({ block: "center" });
  }
  place();
}

function step(by) {
  if (!cards.length) return;
  const now = selected ? cards.indexOf(selected) : by > 0 ? -1 : cards.length;
  const next = cards[Math.min(Math.max(now + by, 0), cards.length - 1)];
  select(next, { scroll: true });
  next.querySelector(".no")?.focus({ preventScroll: true });
}

function fromAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id.startsWith("card-")) select(document.getElementById(id)?.closest(".card") ?? null, { scroll: true });
  if (id.startsWith("claim-")) {
    const link = cards.find((card) => card.querySelector(".no")?.getAttribute("href") === `#${id}`);
    if (link) select(link, { scroll: true });
  }
}

if (body && cards.length) {
  body.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-claims]");
    const card = event.target.closest(".card");
    if (mark && !getSelection()?.toString()) {
      const numbers = mark.dataset.claims.split(" ");
      const next = numbers[(numbers.indexOf(selected?.dataset.claim) + 1) % numbers.length];
      select(cards.find((c) => c.dataset.claim === next) ?? null);
    } else if (card && !event.target.closest("a")) {
      select(card === selected ? null : card);
    }
  });
  add("j", "next claim", () => step(1));
  add("k", "previous claim", () => step(-1));
  add("o", "open the claim’s incident", () => {
    if (selected?.dataset.incident) location.href = selected.dataset.incident;
  });
  add("Escape", "let go of the claim", () => select(null));
  addEventListener("hashchange", fromAddress);
  addEventListener("resize", place);
  wide.addEventListener("change", place);
  document.fonts?.ready.then(place);
  place();
  fromAddress();
}
