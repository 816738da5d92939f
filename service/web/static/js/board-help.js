// What the board says of itself: the legend of signs and keys, and a word for who is new to it.

const SEEN = "thuisronde-board-seen"; // whether this browser was told; nothing about anybody

/** Show or hide the signs and keys; true shows them in any case. */
export function legend(show) {
  const found = document.querySelector("#board .legend");
  if (!found) return;
  found.open = show || !found.open;
  if (!found.open) return;
  found.scrollIntoView({ block: "nearest" });
  if (show) found.querySelector("summary").focus();
}

function seen() {
  try {
    return localStorage.getItem(SEEN) === "yes";
  } catch {
    return true; // a browser that keeps nothing would ask each time
  }
}

const first = document.getElementById("first-look");
if (first && !seen()) first.hidden = false;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-shows-legend]")) legend(true);
  if (!event.target.closest("[data-first-look-seen]")) return;
  localStorage.setItem(SEEN, "yes");
  first.hidden = true;
  document.querySelector("#board [data-visit]")?.focus();
});
