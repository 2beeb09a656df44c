// The review of tasks by keys; j and k are in dondoc.js. Every key presses a button or follows a link of the page.
"use strict";

const list = document.querySelector("[data-tasks]");
const tools = document.getElementById("thao-tac");
const source = document.querySelector("[data-source]");
const current = () => list.querySelector("[data-pair].current");
const boxes = () => [...list.querySelectorAll("input[name=ids]")];
const fieldKeys = "1234567890";

function count() {
  tools.querySelector("[data-count]").textContent = boxes().filter((box) => box.checked).length;
}

// An action means the ticked tasks, or the current one where none is ticked.
function mean() {
  const card = current();
  if (!boxes().some((box) => box.checked) && card) card.querySelector("input[name=ids]").checked = true;
  count();
}

function act(action) {
  mean();
  tools.querySelector(`button[value=${action}]:not(.sr)`).click();
}

function follow(selector, place = current()) {
  const link = place && place.querySelector(selector);
  if (link) link.click();
}

function edit(key) {
  const link = current() && current().querySelector("[data-edit]");
  if (!link) return;
  const address = new URL(link.href);
  address.searchParams.set("muc", fieldKeys.indexOf(key));
  location.assign(address);
}

const keys = {
  c: () => act("confirm"),
  t: () => act("tracked"),
  g: () => act("general"),
  m: () => act("merge"),
  x: () => { mean(); tools.querySelector("[name=reason]").focus(); },
  e: () => follow("[data-edit]"),
  s: () => follow("[data-split]"),
  i: () => follow("[data-history]"),
  a: () => follow("[data-add]", tools),
  u: () => follow("[data-undo]", document),
  "*": () => { const all = boxes().every((box) => box.checked); boxes().forEach((box) => { box.checked = !all; }); count(); },
  " ": () => { const box = current() && current().querySelector("input[name=ids]"); if (box) box.checked = !box.checked; count(); },
  "?": () => { const help = document.getElementById("phim-tat"); help.open = !help.open; },
};

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("[data-form]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault(); // the browser would send the form once more
    form.requestSubmit();
    return;
  }
  if (form && event.key === "Escape") { follow("[data-cancel]", form); return; }
  if (event.key === "Escape" && event.target.name === "reason") { const card = current(); if (card) card.focus(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.target.matches("button, a, summary") && (event.key === " " || event.key === "Enter")) return;
  if (event.key === "Enter" && current()) { event.preventDefault(); follow("[data-edit]"); return; }
  const run = fieldKeys.includes(event.key) ? () => edit(event.key) : keys[event.key];
  if (!run) return;
  event.preventDefault();
  run();
});

// A long text comes in parts: when they come into sight, or when a task is chosen that stands in one.
async function fetchPart(part) {
  const address = part.dataset.part;
  if (!address) return;
  delete part.dataset.part;
  const answer = await fetch(address);
  if (!answer.ok) { part.dataset.part = address; return; }
  const came = document.createRange().createContextualFragment(await answer.text());
  part.classList.remove("part");
  part.replaceChildren(came);
}
const watch = new IntersectionObserver(
  (seen) => seen.filter((one) => one.isIntersecting).forEach((one) => { watch.unobserve(one.target); fetchPart(one.target); }),
  { root: source, rootMargin: "400px" },
);
for (const part of source.querySelectorAll("[data-part]")) watch.observe(part);

// The words of the current task are shown and marked in the source beside it.
async function show(task) {
  for (const mark of source.querySelectorAll("mark.here")) mark.classList.remove("here");
  const waiting = [...source.querySelectorAll("[data-part]")].filter((part) => part.dataset.tasks.split(" ").includes(task));
  await Promise.all(waiting.map(fetchPart));
  const now = current();
  if (waiting.length && (!now || now.dataset.task !== task)) return; // someone went on meanwhile
  const marks = [...source.querySelectorAll(`mark.t${task}`)];
  marks.forEach((mark) => mark.classList.add("here"));
  if (!marks.length) return;
  const offset = marks[0].getBoundingClientRect().top - source.getBoundingClientRect().top;
  source.scrollTop += offset - source.clientHeight / 3;
}

list.addEventListener("chosen", (event) => show(event.target.dataset.task));
list.addEventListener("change", count);
list.addEventListener("click", (event) => {
  const card = event.target.closest("[data-pair]");
  if (card && !event.target.closest("a, button, input, select, textarea, label, summary")) choose(card);
});
source.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[class*=' t']");
  const task = mark && mark.className.match(/\bt(\d+)\b/);
  const card = task && document.getElementById(`the-${task[1]}`);
  if (card) { choose(card); card.scrollIntoView({ block: "center" }); }
});

window.addEventListener("load", () => { // after the browser has gone to the address of the card
  const form = list.querySelector("[data-form]");
  const card = form && form.closest("[data-pair]");
  if (card) choose(card);
  const field = list.querySelector("[data-focus]");
  if (field) field.focus();
  if (form) form.closest("section").scrollIntoView({ block: "nearest" });
});
