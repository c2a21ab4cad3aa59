"use strict";
(function () {
  const root = document.documentElement;
  const tabs = [...document.querySelectorAll("nav a")];
  const sections = [...document.querySelectorAll("section")];
  root.classList.add("js");

  function show(id) {
    const chosen = sections.some((s) => s.id === id) ? id : sections[0].id;
    sections.forEach((s) => { s.hidden = s.id !== chosen; });
    tabs.forEach((t) => {
      const on = decodeURIComponent(t.hash.slice(1)) === chosen;
      t.setAttribute("aria-selected", String(on));
      t.tabIndex = on ? 0 : -1;
    });
  }
  function place() { return decodeURIComponent(location.hash.slice(1)); }
  window.addEventListener("hashchange", () => show(place()));
  tabs.forEach((tab, at) => tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(at + step + tabs.length) % tabs.length];
    location.hash = next.hash;
    show(decodeURIComponent(next.hash.slice(1)));
    next.focus();
  }));
  show(place());

  document.querySelectorAll("section").forEach((section) => {
    const table = section.querySelector("table[data-list]");
    const tools = section.querySelector(".tools");
    if (!table || !tools) return;
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, words: row.textContent.toLowerCase() }));
    const search = tools.querySelector("input[type=search]");
    const picks = [...tools.querySelectorAll("select")];
    const count = tools.querySelector("output");
    let waiting = 0;
    function filter() {
      const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach(({ row, words }) => {
        const fits = wanted.every((w) => words.includes(w)) &&
          picks.every((p) => !p.value || (row.dataset[p.name] || "").split("|").includes(p.value));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.value = "显示 " + shown + " / " + rows.length;
    }
    function soon() { clearTimeout(waiting); waiting = setTimeout(filter, 60); }
    search.addEventListener("input", soon);
    picks.forEach((p) => p.addEventListener("change", filter));
    tools.hidden = false;
    filter();

    [...table.tHead.rows[0].cells].forEach((cell, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = cell.textContent;
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = cell.getAttribute("aria-sort") === "ascending";
        [...table.tHead.rows[0].cells].forEach((c) => c.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[at].dataset.key || row.cells[at].textContent.trim();
        const compare = new Intl.Collator("zh-CN", { numeric: true }).compare;
        rows.sort((a, b) => (down ? -1 : 1) * compare(key(a.row), key(b.row)));
        body.append(...rows.map((r) => r.row));
      });
    });
  });

  const dark = document.getElementById("dark");
  const prefers = window.matchMedia("(prefers-color-scheme: dark)").matches;
  function paint(on) { root.classList.toggle("dark", on); dark.setAttribute("aria-pressed", String(on)); }
  dark.addEventListener("click", () => paint(!root.classList.contains("dark")));
  paint(prefers);
  document.getElementById("print").addEventListener("click", () => window.print());
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((d) => { d.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((d) => { d.open = false; }));
})();
