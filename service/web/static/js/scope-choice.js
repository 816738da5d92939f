// The board's menus: a day or a worker chosen means that scope; the week is printed as it stands.

document.addEventListener("change", (event) => {
  const chosen = event.target.closest?.("[data-chooses]");
  if (!chosen) return;
  const scope = `input[name="scope"][value="${CSS.escape(chosen.dataset.chooses)}"]`;
  chosen.form.querySelector(scope).checked = true;
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-prints]")) return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
  globalThis.print();
});
