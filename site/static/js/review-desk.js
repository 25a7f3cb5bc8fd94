/**
 * The queue of changes. The server holds the truth: changes reach it one after another, each with the version it was
 * made on, and what could not be saved stays on the screen with a way to try again.
 */

export class Desk {
  /** @param {HTMLElement} root the review screen; its data attributes name the addresses and the version */
  constructor(root) {
    this.urls = { revise: root.dataset.revise, head: root.dataset.head, proposals: root.dataset.proposals };
    this.version = Number(root.dataset.version);
    this.form = root.querySelector("#rv-form");
    this.form.elements.version.value = this.version; // a browser may put back what stood there before a reload
    this.words = root.querySelector("#rv-words").dataset;
    this.state = root.querySelector("#rv-state");
    this.trouble = root.querySelector("#rv-trouble");
    this.waiting = [];
    this.working = false;
    this.failed = null;
    this.clock = new Intl.DateTimeFormat(document.documentElement.lang || "vi", { hour: "2-digit", minute: "2-digit" });
    root.addEventListener("click", (event) => {
      const wish = event.target.closest("[data-rv]")?.dataset.rv;
      if (wish === "again") this.again();
      if (wish === "reload") {
        this.failed = null;
        location.reload();
      }
    });
  }

  /** Run `task` after everything before it; at once when nothing is under way. */
  run(task) {
    return new Promise((resolve) => {
      this.waiting.push(async () => resolve(await task()));
      if (!this.working) this.#work();
    });
  }

  async #work() {
    this.working = true;
    while (this.waiting.length) {
      try {
        await this.waiting.shift()();
      } catch (error) {
        console.error(error);
      }
    }
    this.working = false;
  }

  /** Post one change of the text. The answer, or null when it was not done; then `retry` is what "try again" does. */
  async revise(change, retry) {
    const body = JSON.stringify({ ...change, version: this.version });
    return this.post(this.urls.revise, body, "application/json", retry);
  }

  async post(url, body, type, retry) {
    this.say(this.words.saving);
    let response;
    try {
      response = await fetch(url, {
        method: "POST",
        body,
        headers: { "Content-Type": type, Accept: "application/json", "X-CSRFToken": this.#token() },
      });
    } catch {
      return this.#stop(this.words.offline, retry);
    }
    const json = response.headers.get("Content-Type")?.includes("json");
    const answer = json ? await response.json() : {};
    if (response.status === 409) return this.#stop(this.words.stale, null);
    // Signed out: led to the sign-in page, or refused because the session's token is another one now.
    if (response.redirected || response.status === 403) return this.#stop(this.words.signedOut, retry);
    if (response.status === 422 && json && !answer.errors) {
      this.#hush();
      this.say(answer.message);
      this.waiting.length = 0;
      return null;
    }
    if (!json || !(response.ok || response.status === 422)) {
      return this.#stop(answer.message || this.words.refused, retry);
    }
    this.#hush();
    if (answer.version !== undefined) this.#newer(answer.version);
    return answer;
  }

  /** Tell that all is saved, with the time; `message` tells what was done. */
  saved(message) {
    const saved = this.words.saved.replace("{time}", this.clock.format(new Date()));
    this.say(message ? `${message} ${saved}` : saved);
  }

  say(message) {
    this.state.textContent = message || "";
  }

  again() {
    const retry = this.failed;
    this.#hush();
    if (retry) this.run(retry);
  }

  /** The token of the session as it is now: whoever signed in again in another tab has another than the page has. */
  #token() {
    const field = this.form.elements.csrfmiddlewaretoken;
    field.value = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? field.value;
    return field.value;
  }

  #newer(version) {
    this.version = version;
    this.form.elements.version.value = version;
  }

  /** What waited behind the change that failed was meant for a text that has not come about: it is let go. */
  #stop(message, retry) {
    this.waiting.length = 0;
    this.failed = retry || null;
    this.trouble.hidden = false;
    this.trouble.querySelector("#rv-trouble-words").textContent = message;
    this.trouble.querySelector("[data-rv=again]").hidden = !retry;
    this.trouble.querySelector("[data-rv=reload]").hidden = Boolean(retry);
    this.say("");
    return null;
  }

  #hush() {
    this.failed = null;
    this.trouble.hidden = true;
  }
}
