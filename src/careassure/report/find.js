/* Typing finds a council in the list, which is there without this script too. */
"use strict";
for (const place of document.querySelectorAll(".find")) {
  const field = place.querySelector("input");
  const list = place.querySelector("details");
  const said = place.querySelector("[role=status]");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'\u2019.]/g, "").replace(/&/g, "and").toLowerCase();
  const items = [...list.querySelectorAll("li")];
  const names = items.map((item) => plain(item.querySelector("a").textContent));
  place.querySelector(".typed").hidden = false;
  field.addEventListener("input", () => {
    const wanted = plain(field.value.trim());
    let count = 0;
    items.forEach((item, at) => {
      item.hidden = !names[at].includes(wanted);
      if (!item.hidden) count += 1;
    });
    list.open = wanted !== "";
    said.textContent = wanted === "" ? "" : `${count} found`;
  });
  field.addEventListener("keydown", (event) => {
    const first = items.find((item) => !item.hidden);
    if (event.key === "Enter" && field.value.trim() !== "" && first) first.querySelector("a").click();
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) list.open = false;
  });
}
