// Bars whose parts grow by their figures, and charts. Every figure also stands in a table: pages work without this file.
"use strict";

for (const part of document.querySelectorAll("[data-grow]")) part.style.flexGrow = part.dataset.grow;

const INKS = { done_on_time: "#1b6b3a", done_late: "#c98a00", open_in_time: "#4b7fb8", open_overdue: "#a31621", no_deadline: "#9aa3ab" };

function draw(canvas) {
  const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  const pie = canvas.dataset.kind === "doughnut";
  const datasets = pie
    ? [{ data: data.values, backgroundColor: data.codes.map((code) => INKS[code]), borderWidth: 2 }]
    : data.series.map((one) => ({ label: one.label, data: one.values, backgroundColor: INKS[one.code], maxBarThickness: 22 }));
  new Chart(canvas, {
    type: canvas.dataset.kind,
    data: { labels: data.labels, datasets },
    options: {
      responsive: true, maintainAspectRatio: false, indexAxis: "y", animation: false,
      locale: "vi-VN",
      scales: pie ? {} : { x: { stacked: true, ticks: { precision: 0 } }, y: { stacked: true, ticks: { autoSkip: false, callback(value) { const text = this.getLabelForValue(value); return text.length > 30 ? text.slice(0, 29) + "…" : text; } } } },
      plugins: { legend: { position: pie && canvas.clientWidth > 420 ? "right" : "bottom", labels: { boxWidth: 12 } } },
      onClick: (event, found) => { if (found.length && data.links) location.href = data.links[found[0].index]; },
    },
  });
}

if (window.Chart) {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) draw(canvas);
}
