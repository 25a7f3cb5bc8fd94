/** The details of the document: saved by themselves when they change, errors beside the field and in the summary. */

const PAUSE = 700;

export class Head {
  constructor(root, desk) {
    this.desk = desk;
    this.form = root.querySelector("#rv-form");
    this.summary = root.querySelector("#rv-summary");
    this.match = root.querySelector("#rv-match-box");
    this.saved = this.#body();
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.#later());
    // Choosers and date pickers set values without an event now and then; leaving the field finds them.
    this.form.addEventListener("focusout", () => this.#later());
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select")) return;
      event.preventDefault();
      this.flush();
    });
  }

  get dirty() {
    return this.#body() !== this.saved;
  }

  flush() {
    clearTimeout(this.timer);
    return this.desk.run(() => this.#save());
  }

  async #save() {
    const body = this.#body();
    if (body === this.saved) return true;
    const answer = await this.desk.post(
      this.desk.urls.head,
      `${body}&version=${this.desk.version}`,
      "application/x-www-form-urlencoded",
      () => this.#save(),
    );
    if (!answer) return false;
    this.saved = body;
    const wrong = this.#errors(answer.errors ?? {});
    if (answer.match) this.#matched(answer.match);
    if (wrong) this.desk.say(this.desk.words.errors);
    else this.desk.saved(answer.message);
    // Another document to compare with is another starting text.
    if (answer.reload) location.reload();
    return !wrong;
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dirty && this.flush(), PAUSE);
  }

  #body() {
    const data = new URLSearchParams(new FormData(this.form));
    for (const name of ["version", "csrfmiddlewaretoken"]) data.delete(name); // set anew as work goes on; sent apart
    return data.toString();
  }

  #matched(html) {
    const chosen = this.match.contains(document.activeElement) ? document.activeElement.value : null;
    this.match.innerHTML = html;
    if (chosen !== null) this.match.querySelector(`input[value="${CSS.escape(chosen)}"]`)?.focus();
  }

  /** Put the errors beside their fields and into the summary. True when there are any. */
  #errors(errors) {
    const list = document.createElement("ul");
    for (const holder of this.form.querySelectorAll("[data-field-name]")) {
      const name = holder.dataset.fieldName;
      const field = holder.querySelector("input:not([type=hidden]), select, textarea");
      const words = (errors[name] ?? []).join(" ");
      const place = holder.querySelector("[data-field-errors]");
      place.textContent = "";
      place.parentElement.classList.toggle("w-field--error", Boolean(words));
      field?.toggleAttribute("aria-invalid", Boolean(words));
      if (!words) continue;
      field?.setAttribute("aria-invalid", "true");
      const message = document.createElement("p");
      message.className = "error-message";
      message.textContent = words;
      place.append(message);
      list.append(this.#entry(`${holder.querySelector("label")?.textContent.trim() ?? name}: ${words}`, field?.id));
    }
    for (const words of errors.__all__ ?? []) list.append(this.#entry(words));
    this.summary.textContent = "";
    if (list.children.length) this.summary.append(list);
    return list.children.length > 0;
  }

  #entry(words, id) {
    const entry = document.createElement("li");
    const holder = id ? document.createElement("a") : entry;
    if (id) {
      holder.href = `#${id}`;
      entry.append(holder);
    }
    holder.textContent = words;
    return entry;
  }
}
