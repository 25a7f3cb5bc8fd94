/* Clause anchors that also copy their address. Without this module they are ordinary links to themselves.
   Its words stand in the data attributes of its own script element. */

const AGAIN_AFTER = 4000;

/** Only the first words change: what names the clause for a screen reader stays. */
function say(link, text) {
  link.firstChild.textContent = text;
}

async function copy(link, words, status) {
  let said = words.done;
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    said = words.failed;
  }
  status.textContent = said;
  if (said === words.done) say(link, said);
  setTimeout(() => {
    say(link, words.label);
    status.textContent = "";
  }, AGAIN_AFTER);
}

/** An empty region that screen readers read out when it is filled. */
function makeStatus() {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);
  return status;
}

function start() {
  const words = { ...document.getElementById("copy-link")?.dataset };
  if (!words.label || !navigator.clipboard) return;
  const status = makeStatus();
  for (const link of document.querySelectorAll(".clause__link")) {
    link.removeAttribute("aria-label");
    say(link, words.label);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".clause__link");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) copy(link, words, status);
  });
}

start();
