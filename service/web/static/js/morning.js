// The meeting by keyboard: arrows lead from tenant to tenant. Without this, links do the same.

const turns = [...document.querySelectorAll("[data-turn]")];

function current() {
  const found = turns.findIndex((turn) => `#${turn.id}` === decodeURIComponent(location.hash));
  return found < 0 ? 0 : found;
}

function show(index, { focus }) {
  const turn = turns[(index + turns.length) % turns.length];
  if (!turn) return;
  if (location.hash !== `#${turn.id}`) location.replace(`#${turn.id}`);
  for (const row of document.querySelectorAll("[data-row]")) {
    const here = row.dataset.row === turn.id;
    row.toggleAttribute("data-current", here);
    const link = row.querySelector("a");
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (here) inList(row);
  }
  if (focus) turn.querySelector("h2").focus({ preventScroll: true });
}

// Only within the list's own scroll: the page stays where it is.
function inList(row) {
  const list = row.closest(".meeting-list");
  if (list.scrollHeight <= list.clientHeight) return;
  const above = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const top = list.scrollTop + above - list.clientHeight / 2;
  list.scrollTo({ top });
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, .meeting-list:focus, details")) return;
  const step = STEPS[event.key];
  if (step) show(current() + step, { focus: true });
  else if (event.key === "Home") show(0, { focus: true });
  else if (event.key === "End") show(turns.length - 1, { focus: true });
  else return;
  event.preventDefault();
});

// Steps by pointer leave no trail of twenty pages behind the 'back' button.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-step]");
  if (!link) return;
  event.preventDefault();
  show(current() + Number(link.dataset.step), { focus: false });
});

// Whoever asked who else could go stands on the first answer, not at the top of the page.
document.addEventListener("htmx:after:swap", () => {
  for (const others of document.querySelectorAll(".turn-others:not([data-offered])")) {
    others.dataset.offered = "";
    (others.querySelector("button") ?? others).focus({ preventScroll: true });
  }
});

addEventListener("hashchange", () => show(current(), { focus: false }));
if (turns.length) {
  document.documentElement.classList.add("meeting-ready");
  show(current(), { focus: false });
}
