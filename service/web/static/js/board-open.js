// What is open on the board stays open when the board is read again, and shows what then stands.

/** A part of the same name in the answer is opened like the one it takes the place of. */
const keepsOpen = {
  htmx_before_morph_node(_element, { oldNode, newNode }) {
    if (!oldNode.matches?.("details[data-stays][open]")) return;
    if (newNode.dataset?.stays === oldNode.dataset.stays) newNode.open = true;
  },
};

// htmx comes after this script.
document.addEventListener("DOMContentLoaded", () => globalThis.htmx.registerExtension("board-open", keepsOpen));

/** Let the open details read what they hold. */
export function readOpen() {
  const details = document.getElementById("capacity-details");
  if (details?.open) details.dispatchEvent(new CustomEvent("reads"));
}

document.addEventListener("toggle", (event) => event.target.id === "capacity-details" && readOpen(), true);

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id === "board") readOpen();
});
