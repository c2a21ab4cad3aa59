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

  // Of a long list the first rows stand in the page; the others wait until they are asked for,
  // found or printed. Without this script all of them are there.
  const MOST = 200;
  const collate = new Intl.Collator("zh-CN", { numeric: true }).compare;
  const lists = [...document.querySelectorAll("table[data-list]")].map((table) => {
    const scroll = table.parentElement;
    const tools = scroll.previousElementSibling;
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, words: "" }));
    const search = tools.querySelector("input[type=search]");
    const picks = [...tools.querySelectorAll("select")];
    const count = tools.querySelector("output");
    const more = document.createElement("button");
    let found = rows, most = MOST, waiting = 0;

    function draw(all) {
      const seen = all ? found : found.slice(0, most);
      body.replaceChildren(...seen.map((one) => one.row));
      more.hidden = seen.length === found.length;
      more.textContent = "再显示 " + Math.min(MOST, found.length - seen.length) + " 行";
      count.value = more.hidden ? "显示 " + found.length + " / " + rows.length
        : "找到 " + found.length + " / " + rows.length + "，显示前 " + seen.length + " 行";
    }
    function fits(one, wanted) {
      one.words = one.words || one.row.textContent.toLowerCase();
      return wanted.every((w) => one.words.includes(w)) &&
        picks.every((p) => !p.value || (one.row.dataset[p.name] || "").split("|").includes(p.value));
    }
    function filter() {
      const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      found = wanted.length || picks.some((p) => p.value) ? rows.filter((one) => fits(one, wanted)) : rows;
      most = MOST;
      draw();
    }
    function soon() { clearTimeout(waiting); waiting = setTimeout(filter, 60); }
    search.addEventListener("input", soon);
    picks.forEach((p) => p.addEventListener("change", filter));
    more.type = "button";
    more.addEventListener("click", () => {
      const next = found[most].row;
      most += MOST;
      draw();
      next.tabIndex = -1;
      next.focus();
    });
    scroll.after(more);
    tools.hidden = false;
    draw();

    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((cell, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = cell.dataset.name = cell.textContent;
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const way = cell.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        heads.forEach((c) => c.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", way < 0 ? "descending" : "ascending");
        rows.forEach((one) => {
          one.key = one.row.cells[at].textContent.trim();
          one.number = one.row.cells[at].classList.contains("n") ? parseFloat(one.key) : NaN;
        });
        rows.sort((a, b) => {
          const blank = isNaN(a.number) - isNaN(b.number);  // what has no number comes last
          return blank || way * (a.number - b.number || collate(a.key, b.key));
        });
        filter();
      });
    });
    return draw;
  });

  const dark = document.getElementById("dark");
  const prefers = window.matchMedia("(prefers-color-scheme: dark)").matches;
  function paint(on) { root.classList.toggle("dark", on); dark.setAttribute("aria-pressed", String(on)); }
  dark.addEventListener("click", () => paint(!root.classList.contains("dark")));
  paint(prefers);
  document.getElementById("print").addEventListener("click", () => window.print());
  let opened = [];
  window.addEventListener("beforeprint", () => {
    lists.forEach((draw) => draw(true));
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((d) => { d.open = true; });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((d) => { d.open = false; });
    lists.forEach((draw) => draw());
  });
})();
