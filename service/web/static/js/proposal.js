// Copies a text that is sent to a tenant. Without this the words can still be selected.

for (const button of document.querySelectorAll("[data-copies]")) {
  if (navigator.clipboard) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const text = button.parentElement.querySelector("[data-copied-text]").textContent.trim();
  await navigator.clipboard.writeText(text);
  const word = button.querySelector("[data-said-copied]");
  word.textContent = word.dataset.saidCopied;
  word.setAttribute("role", "status");
});

/** A polled page that became a proposal has new buttons. */
document.addEventListener("htmx:after:swap", () => {
  for (const button of document.querySelectorAll("[data-copies]")) {
    if (navigator.clipboard) button.hidden = false;
  }
});
