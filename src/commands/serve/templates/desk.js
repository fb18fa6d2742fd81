"use strict";
// Completion while typing, and a filter over long tables. Everything works without.
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = "list-" + Math.random().toString(36).slice(2);
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const command = input.closest("form").getAttribute("action");
      const asked = new URLSearchParams({ command, field: input.dataset.suggest, typed: input.value });
      const answer = await fetch("/suggest?" + asked);
      if (!answer.ok) return;
      const found = await answer.json();
      list.replaceChildren(...found.map(([value, help]) => {
        const option = document.createElement("option");
        option.value = value;
        option.textContent = help;
        return option;
      }));
    }, 150);
  });
}
for (const table of document.querySelectorAll("article table")) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  if (rows.length < 12) continue;
  const input = document.createElement("input");
  input.type = "search";
  input.className = "narrow";
  input.setAttribute("aria-label", document.body.dataset.narrow);
  input.placeholder = document.body.dataset.narrow;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
  });
  table.parentElement.before(input);
}
