/* Which result was opened: told in passing, with nothing about the reader. The list bears a token (data-click) and the
   address it goes to (data-click-to); a link, or what is around it, its rank (data-rank). Links stay plain links. */

function tell(event) {
  if (event.type === "auxclick" && event.button !== 1) return;
  const link = event.target.closest?.("a[href]");
  const ranked = link?.closest("[data-rank]");
  const list = ranked?.closest("[data-click]");
  if (!list?.dataset.clickTo) return;
  const body = new URLSearchParams({ token: list.dataset.click, rank: ranked.dataset.rank });
  navigator.sendBeacon?.(list.dataset.clickTo, body);
}

for (const type of ["click", "auxclick"]) document.addEventListener(type, tell);
