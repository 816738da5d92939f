// Choosing a day or a worker in the menu of planning again means that scope.

document.addEventListener("change", (event) => {
  const chosen = event.target.closest?.("[data-chooses]");
  if (!chosen) return;
  const scope = `input[name="scope"][value="${CSS.escape(chosen.dataset.chooses)}"]`;
  chosen.form.querySelector(scope).checked = true;
});
