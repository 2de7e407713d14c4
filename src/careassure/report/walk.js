/* Arrow keys in the tree of a picture: down into, up out of, left and right along; Home, End, and Escape to its title. */
"use strict";
for (const tree of document.querySelectorAll("[role=tree]")) {
  const items = [...tree.querySelectorAll("[role=treeitem]")];
  const level = (at) => Number(items[at].getAttribute("aria-level"));
  const along = (at, step) => {
    let next = at + step;
    while (items[next] && level(next) > level(at)) next += step;
    return items[next] && level(next) === level(at) ? next : at;
  };
  const end = (at, step) => {
    let last = at;
    while (along(last, step) !== last) last = along(last, step);
    return last;
  };
  const out = (at) => {
    let next = at;
    while (next > 0 && level(next) >= level(at)) next -= 1;
    return next;
  };
  const keys = {
    ArrowDown: (at) => (items[at + 1] && level(at + 1) > level(at) ? at + 1 : at),
    ArrowUp: out,
    ArrowRight: (at) => along(at, 1),
    ArrowLeft: (at) => along(at, -1),
    Home: (at) => end(at, -1),
    End: (at) => end(at, 1),
    Escape: () => 0,
  };
  const picture = tree.closest("svg");
  let shown = null;
  const show = (item) => {
    if (!picture.parentElement) return;
    if (!shown) {
      shown = document.createElement("p");
      shown.className = "spoken";
      shown.setAttribute("aria-hidden", "true");
      picture.after(shown);
    }
    const hint = item === items[0] ? " Arrow keys: down into, up out of, left and right along." : "";
    shown.textContent = item.getAttribute("aria-label") + hint;
  };
  // Heard at each place: an element of SVG that listens for the focus itself would be a further stop of the tab key.
  for (const item of items) item.addEventListener("focus", () => show(item));
  tree.addEventListener("keydown", (event) => {
    const at = items.indexOf(event.target);
    if (at < 0 || !keys[event.key] || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const next = items[keys[event.key](at)];
    items[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}
