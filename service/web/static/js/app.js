// Small behaviour for every page: dialogs, toasts, the phone's menu. Pages work without it.

const toasts = () => document.getElementById("toasts");

/** Say something once, on screen and to screen readers. */
export function say(text, { action } = {}) {
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.textContent = action.label;
    button.addEventListener("click", () => {
      toast.remove();
      action.run();
    });
    toast.append(button);
  }
  toasts()?.append(toast);
  setTimeout(() => toast.remove(), action ? 12000 : 6000);
}

function openDialog(opener) {
  const dialog = document.getElementById(opener.dataset.opens);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) openDialog(opener);
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target.matches("dialog")) event.target.close();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Copy what stands in another element: the address of a feed, for instance.
document.addEventListener("click", async (event) => {
  const copier = event.target.closest("[data-copies]");
  if (!copier) return;
  const source = document.getElementById(copier.dataset.copies);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  say(copier.dataset.copied);
});

// A form whose select or radio says it all needs no button.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

// The server can say something with any htmx answer: HX-Trigger: {"say": {"text": "..."}}
document.addEventListener("say", (event) => say(event.detail.text));

// A request that found no server: say so, the page stays as it was.
document.addEventListener("htmx:error", () => say(document.body.dataset.offline));
