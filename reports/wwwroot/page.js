// What a page does besides its charts: a link to another view of the same page redraws only the parts that change, and
// lists of a filter are searched. Without this script links and forms load whole pages.
(() => {
  "use strict";
  const parts = () => [...document.querySelectorAll("#content > [data-hash]")];
  // Marks of letters are ignored, as people type without them: "can tho" finds Cần Thơ.
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  let asked = 0;

  // Where the reader was: the same link in the part that is redrawn, by what it says.
  function place() {
    const element = document.activeElement;
    const part = element && element.closest("#content > [data-hash]");
    const summary = element && element.closest("details.slicer") && element.closest("details.slicer").querySelector(".slicer-name");
    return part && { part: part.id, slicer: summary && summary.textContent, text: element.textContent, name: element.name };
  }

  function backTo(was) {
    const part = was && document.getElementById(was.part);
    if (!part || part.contains(document.activeElement)) return;
    const slicer = was.slicer && [...part.querySelectorAll(".slicer-name")].find(name => name.textContent === was.slicer);
    const target = slicer ? slicer.parentElement : [...part.querySelectorAll("a, input, button, summary")].find(one => one.textContent === was.text && one.name === was.name);
    if (target) target.focus({ preventScroll: true });
  }

  async function redraw(address, keeps) {
    const turn = ++asked;
    const was = place();
    const unfolded = [...document.querySelectorAll("details.fold[open]")].map(details => details.closest("section").id);
    const content = document.getElementById("content");
    content.setAttribute("aria-busy", "true");
    let failed = false;
    const fail = () => { failed = true; };
    document.addEventListener("htmx:response:error", fail);
    document.addEventListener("htmx:error", fail);
    try {
      await htmx.ajax("GET", address, {
        target: "#content", swap: "innerHTML",
        headers: { "X-Shown-Parts": parts().map(part => `${part.id}:${part.dataset.hash}`).join(",") },
      });
    } catch {
      failed = true;
    }
    document.removeEventListener("htmx:response:error", fail);
    document.removeEventListener("htmx:error", fail);
    // Of two clicks in a row the second one counts; what fails says so as a page of its own.
    if (turn !== asked) return;
    if (failed) return location.assign(address);
    content.removeAttribute("aria-busy");
    if (!keeps) history.pushState({}, "", address);
    if (window.drawCharts) await window.drawCharts();
    // A table that the reader opened stays open.
    document.querySelectorAll("details.fold").forEach(details => { if (unfolded.includes(details.closest("section").id)) details.open = true; });
    backTo(was);
    const title = document.querySelector("h1");
    document.getElementById("said").textContent = title ? title.textContent : "";
    followLanguage();
    window.redrawn = (window.redrawn || 0) + 1;
  }

  // The links outside of the content (language, other pages) go on from the view that is shown.
  function followLanguage() {
    const query = new URLSearchParams(location.search);
    const other = document.querySelector("a.language");
    const code = other.getAttribute("hreflang");
    const next = new URLSearchParams(query);
    if (code === "vi") next.delete("lang"); else next.set("lang", code);
    other.href = location.pathname + (next.size ? `?${next}` : "");
    document.querySelectorAll("nav.pages a").forEach(link => {
      const target = new URL(link.href);
      const kept = new URLSearchParams();
      for (const name of ["as_of", "from", "to", "scope", "province", "agency", "kind", "view", "lang"]) if (query.has(name)) kept.set(name, query.get(name));
      link.href = target.pathname + (kept.size ? `?${kept}` : "");
    });
  }

  const isHere = address => address.origin === location.origin && address.pathname === location.pathname && !address.hash && !!window.htmx;

  window.openView = href => {
    const address = new URL(href, location.href);
    if (isHere(address)) redraw(address.pathname + address.search);
    else location.assign(address);
  };

  document.addEventListener("click", event => {
    const link = event.target.closest("#content a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.hasAttribute("download")) return;
    if (!isHere(new URL(link.href))) return;
    event.preventDefault();
    redraw(link.getAttribute("href"));
  });

  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.method !== "get" || !isHere(new URL(form.action, location.href))) return;
    event.preventDefault();
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    redraw(location.pathname + (fields.size ? `?${fields}` : ""));
  });

  // Back and forward undo and redo each step; the server tells how the page was.
  addEventListener("popstate", () => redraw(location.pathname + location.search, true));

  document.addEventListener("input", event => {
    if (!event.target.matches(".slicer .search")) return;
    const menu = event.target.closest(".menu");
    const wanted = plain(event.target.value.trim());
    let shown = 0;
    menu.querySelectorAll("li").forEach(item => {
      item.hidden = !plain(item.textContent).includes(wanted);
      if (!item.hidden) shown++;
    });
    menu.querySelector(".none").hidden = shown > 0;
  });

  document.addEventListener("keydown", event => {
    const slicer = event.target.closest && event.target.closest("details.slicer[open]");
    if (!slicer) return;
    const choices = [...slicer.querySelectorAll("li:not([hidden]) a")];
    const at = choices.indexOf(event.target);
    if (event.key === "Escape") {
      slicer.open = false;
      slicer.querySelector("summary").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = choices[event.key === "ArrowDown" ? Math.min(at + 1, choices.length - 1) : Math.max(at - 1, 0)];
      if (next) next.focus();
    } else if (event.key === "Enter" && event.target.matches(".search") && choices.length) {
      event.preventDefault();
      choices[0].click();
    }
  });

  // A list that is left is closed; one that is opened is searched at once.
  document.addEventListener("click", event => {
    document.querySelectorAll("details.slicer[open]").forEach(slicer => { if (!slicer.contains(event.target)) slicer.open = false; });
  });
  document.addEventListener("toggle", event => {
    if (event.target.matches && event.target.matches("details.slicer[open]")) event.target.querySelector(".search")?.focus();
  }, true);
  document.querySelectorAll("nav.pages details").forEach(list => { if (matchMedia("(max-width: 1100px)").matches) list.open = false; });
})();
