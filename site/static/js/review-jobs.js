/** Keeps the list of imports true while some of them are being read. What is being chosen for upload is left alone. */

const SECONDS = 3;
const holder = document.getElementById("rv-jobs");
const goingOn = () => holder.querySelector(".rv-job-waiting, .rv-job-reading");

async function look() {
  // Whoever is about to press a button in the list does not have it taken away.
  if (!document.hidden && !holder.contains(document.activeElement)) {
    try {
      const response = await fetch(location.pathname);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = response.ok && page.getElementById("rv-jobs");
      if (fresh && fresh.innerHTML !== holder.innerHTML) holder.innerHTML = fresh.innerHTML;
    } catch {
      // No connection: asked again below.
    }
  }
  if (goingOn()) setTimeout(look, SECONDS * 1000);
}

if (goingOn()) setTimeout(look, SECONDS * 1000);
