// Keys, dropped files and running jobs. Every page works without this file.
"use strict";

const typing = (el) => el.matches("input:not([type=checkbox]), select, textarea") || el.isContentEditable;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q").focus();
    return;
  }
  turn(event);
  review(event);
});

// ← and → turn the pages of an original.
function turn(event) {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = rel && document.querySelector(`a[rel=${rel}]`);
  if (link) link.click();
}

function review(event) {
  const pairs = [...document.querySelectorAll("[data-pair]")];
  if (!pairs.length) return;
  const at = pairs.findIndex((pair) => pair.classList.contains("current"));
  if (event.key === "j" || event.key === "k") {
    const next = Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), pairs.length - 1);
    select(pairs, next);
  } else if (at >= 0) {
    const button = pairs[at].querySelector(`[data-key="${event.key}"]`);
    if (button) button.click();
  }
}

function select(pairs, index) {
  pairs.forEach((pair, i) => pair.classList.toggle("current", i === index));
  pairs[index].focus();
  pairs[index].scrollIntoView({ block: "nearest" });
  pairs[index].dispatchEvent(new Event("chosen", { bubbles: true }));
}

function choose(pair) {
  const pairs = [...document.querySelectorAll("[data-pair]")];
  select(pairs, pairs.indexOf(pair));
}

// After a decision the page comes back at the pair it was made on.
window.addEventListener("load", () => {
  const pairs = [...document.querySelectorAll("[data-pair]")];
  const here = pairs.findIndex((pair) => "#" + pair.id === location.hash);
  if (pairs.length) select(pairs, Math.max(here, 0));
});

for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    input.files = event.dataTransfer.files;
  });
}

const states = { queued: "đang chờ", running: "đang chạy", done: "đã xong", failed: "bị lỗi", cancelled: "đã dừng" };
const open = () => [...document.querySelectorAll('[data-job][data-state="queued"], [data-job][data-state="running"]')];

async function poll() {
  for (const row of open()) {
    const answer = await fetch(`/api/v1/jobs/${row.dataset.job}`);
    if (!answer.ok) continue;
    const job = await answer.json();
    const seen = job.done;
    row.querySelector("progress").max = job.total || 1;
    row.querySelector("progress").value = seen;
    const left = job.seconds_left === null ? "" : `, còn khoảng ${job.seconds_left} giây`;
    row.querySelector("[data-job-count]").textContent = `${seen}/${job.total} tệp${job.failed ? `, ${job.failed} chưa đọc được` : ""}${left}`;
    row.querySelector("[data-job-state]").textContent = states[job.state] + (job.phase && job.state === "running" ? `: ${job.phase}` : "");
    if (!["queued", "running"].includes(job.state)) { location.reload(); return; }
  }
  if (open().length) setTimeout(poll, 1000);
}
if (open().length) poll();
