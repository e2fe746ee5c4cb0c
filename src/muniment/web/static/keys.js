// Keys for people who read all day. Every one has a link or button too; none works while a field is in use; "Keys: off"
// is kept on this machine. Rows: j, k, Enter. Search: /. Help: ?. Pages add their own by `add`.

const OFF = "muniment.keys.off";
const known = new Map();

export function add(key, words, act) {
  known.set(key, { words, act });
}

function off() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function turn(value) {
  try {
    localStorage.setItem(OFF, value ? "1" : "0");
  } catch {
    // A browser that keeps nothing: keys stay as they are.
  }
}

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null && target.closest !== undefined;
}

// --- rows
let at = -1;

function rows() {
  return [...document.querySelectorAll("[data-row]")];
}

function go(step) {
  const all = rows();
  if (!all.length) return;
  all[at]?.classList.remove("on");
  at = Math.min(Math.max(at + step, 0), all.length - 1);
  const row = all[at];
  row.classList.add("on");
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("a")?.focus({ preventScroll: true });
}

function help() {
  let dialog = document.querySelector("dialog.help");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "help";
    dialog.setAttribute("aria-label", "Keys");
    document.body.append(dialog);
  }
  const heading = document.createElement("h2");
  heading.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [key, { words }] of known) {
    const term = document.createElement("dt");
    const sign = document.createElement("kbd");
    sign.textContent = key;
    term.append(sign);
    const meaning = document.createElement("dd");
    meaning.textContent = words;
    list.append(term, meaning);
  }
  const buttons = document.createElement("p");
  buttons.className = "acts";
  const close = document.createElement("button");
  close.className = "btn";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  const single = document.createElement("button");
  single.className = "btn";
  const label = () => (single.textContent = off() ? "Turn single keys on" : "Turn single keys off");
  single.addEventListener("click", () => {
    turn(!off());
    label();
  });
  label();
  buttons.append(close, single);
  dialog.replaceChildren(heading, list, buttons);
  dialog.showModal();
}

add("/", "search the case", () => document.querySelector("#find")?.focus());
add("?", "this list", help);
if (document.querySelector("[data-row]") || document.querySelector("#results")) {
  add("j", "next row", () => go(1));
  add("k", "previous row", () => go(-1));
}
const queue = document.querySelector(".queue");
if (queue) {
  const move = (step) => {
    const all = [...queue.querySelectorAll("a")];
    const now = all.findIndex((a) => a.hasAttribute("aria-current"));
    const next = all[now + step];
    if (next) location.href = next.href;
  };
  add("j", "next question", () => move(1));
  add("k", "previous question", () => move(-1));
  for (const number of ["1", "2"]) {
    const link = document.querySelector(`[data-open="${number}"]`);
    if (link) add(number, `open the ${number === "1" ? "first" : "second"}`, () => (location.href = link.href));
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const found = known.get(event.key);
  if (!found || (off() && event.key !== "?")) return;
  event.preventDefault();
  found.act();
});

for (const button of document.querySelectorAll("[data-keys-help]")) {
  button.hidden = false;
  button.addEventListener("click", help);
}
for (const bar of document.querySelectorAll("[data-keybar]")) bar.hidden = false;
