// Figures that are being made anew: says how many tasks are left, and shows the new figures once they are there.
// A page that someone is working on, or that was shown anew a moment ago, waits for its reader.
"use strict";

const note = document.querySelector("[data-weighing]");
const SHOWN_ANEW = "dondoc-shown-anew";
const REST = 30_000;
let pause = 2_000;
let touched = false;

for (const kind of ["input", "change", "pointerdown", "keydown"]) {
  document.addEventListener(kind, () => { touched = true; }, { once: true, capture: true });
}

function rested() {
  return Date.now() - Number(sessionStorage.getItem(SHOWN_ANEW) || 0) > REST;
}

function finished() {
  if (!touched && rested() && document.visibilityState === "visible") {
    sessionStorage.setItem(SHOWN_ANEW, String(Date.now()));
    location.reload();
    return;
  }
  const words = "Số liệu đã được tính lại xong.";
  const again = note.querySelector("[data-again]");
  again.textContent = "Xem số liệu mới";
  note.querySelector("strong").textContent = words;
  note.querySelector("[data-said]").textContent = words;
  note.classList.add("ready");
}

async function look() {
  if (document.visibilityState === "visible") {
    const answer = await fetch("/api/v1/gaps/waiting").catch(() => null);
    if (answer && answer.ok) {
      const left = await answer.json();
      if (!left.tasks && !left.documents) { finished(); return; }
      const said = note.querySelector("[data-left]");
      if (said) said.textContent = left.tasks.toLocaleString("vi-VN");
    }
  }
  pause = Math.min(pause * 1.3, 15_000);
  setTimeout(look, pause);
}

setTimeout(look, pause);
