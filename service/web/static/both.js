// Each side is brought to where its words stand.
"use strict";

for (const pane of document.querySelectorAll("[data-pane]")) {
  const here = pane.querySelector(".here rect, .here");
  if (!here) continue;
  const bring = () => {
    const words = here.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    pane.scrollTop += words.top - frame.top - pane.clientHeight / 3;
    if (words.right > frame.right) pane.scrollLeft += words.left - frame.left - 24;
  };
  bring();
  window.addEventListener("load", bring);
}
