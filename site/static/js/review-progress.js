/** Asks every second how far the reading is, and goes on when it is done. */

const holder = document.getElementById("rv-progress");
const words = document.getElementById("rv-progress-words");
const pages = document.getElementById("rv-progress-pages");
const bar = document.getElementById("rv-progress-bar");
const slow = document.getElementById("rv-progress-slow");
const PATIENCE = 10;
let waited = 0;

function tell({ state, label, done, total }) {
  waited = state === "waiting" ? waited + 1 : 0;
  if (slow.hidden !== waited < PATIENCE) slow.hidden = waited < PATIENCE;
  // Only a change of state is read out; the page numbers run on quietly.
  if (words.textContent !== label) words.textContent = label;
  pages.textContent = total ? holder.dataset.pages.replace("{done}", done).replace("{total}", total) : "";
  if (total) {
    bar.max = total;
    bar.value = done;
  } else bar.removeAttribute("value");
}

async function ask() {
  try {
    const response = await fetch(holder.dataset.stateUrl, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.statusText);
    const state = await response.json();
    if (!["waiting", "reading"].includes(state.state)) {
      location.replace(state.url || location.href);
      return;
    }
    tell(state);
  } catch {
    words.textContent = holder.dataset.lost;
  }
  setTimeout(ask, 1000);
}

setTimeout(ask, 1000);
