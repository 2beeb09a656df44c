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
    const next = at + (event.key === "j" ? 1 : -1);
    const turned = document.querySelector(`.pager a[rel=${next < 0 ? "prev" : "next"}]`);
    if ((next < 0 || next >= pairs.length) && turned) turned.click();
    else select(pairs, Math.min(Math.max(next, 0), pairs.length - 1));
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
document.addEventListener("DOMContentLoaded", () => {
  const pairs = [...document.querySelectorAll("[data-pair]")];
  const here = pairs.findIndex((pair) => "#" + pair.id === location.hash);
  if (pairs.length) select(pairs, Math.max(here, 0));
});

// While files are sent the page says how far it is; the answer of the server takes the page's place.
function send(form) {
  const said = form.querySelector("[data-sending]");
  const request = new XMLHttpRequest();
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) said.textContent = `Đang tải lên: ${Math.round((100 * event.loaded) / event.total)}%`;
  };
  request.onload = () => {
    if (request.status < 400) { location.assign(request.responseURL); return; }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    document.querySelector("main").replaceWith(answer.querySelector("main"));
    takeFiles();
    poll();
  };
  request.onerror = () => {
    said.textContent = "Chưa tải lên được: mất kết nối với máy chủ. Anh/Chị thử lại.";
    form.querySelector("button").disabled = false;
  };
  request.open("POST", form.action);
  request.send(new FormData(form));
  form.querySelector("button").disabled = true;
}

function takeFiles() {
  for (const input of document.querySelectorAll(".pick input")) {
    const said = input.parentElement.querySelector("[data-chosen]");
    const say = () => { said.textContent = [...input.files].map((file) => file.name).join(", ") || "Chưa chọn tệp nào"; };
    input.addEventListener("change", say);
    say();
  }
  for (const form of document.querySelectorAll("[data-drop]")) {
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      const input = form.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  }
}
takeFiles();

// Menus close by Escape, by a click elsewhere and when the focus leaves them.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
}

// A browser that writes the month first would have 01/07 read as the first of July: the day is said beside the field.
const order = new Intl.DateTimeFormat(undefined, { dateStyle: "short" }).formatToParts(new Date()).find((part) => part.type !== "literal");
if (order.type !== "day") {
  for (const field of document.querySelectorAll("input[type=date]")) {
    const said = document.createElement("small");
    said.className = "day-said";
    const say = () => { said.textContent = field.value ? `ngày ${field.value.split("-").reverse().join("/")}` : ""; };
    field.after(said);
    field.addEventListener("input", say);
    say();
  }
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
poll();
