// What the keyboard does, and copying; every page works without this.
"use strict";
(() => {
  const keys = {
    "/": () => focus("find") || focus("question"),
    "a": () => focus("question"),
    "n": () => step("next"), "p": () => step("previous"),
    "]": () => go("next-document"), "[": () => go("previous-document"),
    "c": () => open("cite"), "g": () => go("mark"),
    "b": () => go("nav-browse"), "m": () => go("nav-mentions"), "s": () => go("nav-status"),
    "?": () => help(),
  };
  const byKey = (name) => document.querySelector(`[data-key="${name}"]`);
  function focus(name) {
    const field = byKey(name);
    if (!field) return false;
    field.focus(); if (field.select) field.select();
    return true;
  }
  function go(name) { const link = byKey(name); if (link) link.click(); return !!link; }
  function open(name) {
    const details = byKey(name);
    if (details) { details.open = !details.open; details.querySelector("summary").focus(); }
    return !!details;
  }
  function help() {
    const dialog = document.getElementById("keys");
    if (dialog && dialog.showModal) { dialog.showModal(); return true; }
    return false;
  }
  let at = 0;
  function step(way) {
    const found = [...document.querySelectorAll("mark.found[id]")];
    if (!found.length) return go(`${way}-document`);
    const hash = location.hash.match(/^#found-(\d+)$/);
    if (hash) at = found.findIndex((mark) => mark.id === `found-${hash[1]}`);
    else if (way === "next") at = -1;
    at = (at + (way === "next" ? 1 : -1) + found.length) % found.length;
    location.hash = found[at].id;
    say(`${at + 1} of ${found.length}`);
    return true;
  }
  function say(words) {
    const place = document.getElementById("said");
    if (place) { place.textContent = ""; setTimeout(() => { place.textContent = words; }, 20); }
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inside = event.target.closest("input, textarea, select, [contenteditable]");
    if (inside) { if (event.key === "Escape") inside.blur(); return; }
    const does = keys[event.key];
    if (does && does()) event.preventDefault();
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    say("copied"); button.textContent = "Copied";
  });
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) button.hidden = false;
  const drop = document.querySelector("[data-drop]");
  if (drop) {
    const input = drop.querySelector("input[type=file]");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; drop.requestSubmit(); }
    });
  }
})();
