/** The review screen: ties the original, the tree, the details and the queue of changes together. */

import { Desk } from "./review-desk.js";
import { Head } from "./review-head.js";
import { Original } from "./review-original.js";
import { Tree } from "./review-tree.js";

const root = document.getElementById("review");
const desk = new Desk(root);
const original = new Original(root);
const tree = new Tree(root, desk, original);
const head = new Head(root, desk);

const linesOf = (button) => (button.dataset.showLines ?? button.dataset.showLine).split(" ").map(Number);

original.onPick = (line) => tree.focusLine(line);

/** The warning after the line at hand, and round again; the line gets the focus, the words are read out. */
tree.onWarning = (row) => {
  const at = Number(row.dataset.line) || 0;
  const warnings = [...root.querySelectorAll("[data-warning-line]")];
  const lineOf = (warning) => Number(warning.dataset.warningLine);
  warnings.sort((one, other) => lineOf(one) - lineOf(other));
  const next = warnings.find((warning) => lineOf(warning) > at) ?? warnings[0];
  if (!next) return desk.say(desk.words.noWarning);
  tree.focusLine(lineOf(next));
  return desk.say(next.querySelector("span, h3").textContent);
};

/** A detail was set by the server (a conflict taken or taken back): its widget is best drawn anew. */
tree.onTaken = (answer) => answer.field && location.reload();

async function take(button) {
  const entry = button.closest("[data-conflict]");
  const change = { op: "take", conflict: Number(button.dataset.take) };
  const done = async () => {
    button.disabled = true; // a second press would ask for what has been done
    const answer = await desk.revise(change, done);
    button.disabled = Boolean(answer);
    if (!answer) return;
    entry.classList.add("rv-settled");
    entry.replaceChildren(entry.querySelector("h3"), Object.assign(document.createElement("p"), { textContent: desk.words.taken }));
    tree.take({ from: 0, removed: 0, ...answer });
  };
  button.disabled = true;
  if (head.dirty) await head.flush();
  await desk.run(done);
}

async function proposals(link) {
  const box = root.querySelector("#rv-proposals-box");
  desk.say(desk.words.loading);
  try {
    const response = await fetch(link.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!response.ok) throw new Error(response.statusText);
    box.innerHTML = await response.text();
    desk.say("");
    const title = root.querySelector("#rv-proposals-title");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    title.scrollIntoView({ behavior: "instant" });
  } catch {
    desk.say(desk.words.offline);
  }
}

root.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button) return;
  if (button.dataset.goLine) tree.focusLine(Number(button.dataset.goLine)) ?? original.reveal([Number(button.dataset.goLine)]);
  else if (button.dataset.goRow) tree.focus(tree.list.children[Number(button.dataset.goRow)]);
  else if (button.dataset.showLine) original.reveal(linesOf(button)) || desk.say(desk.words.nothing);
  else if (button.dataset.take) take(button);
  else if (button.dataset.rv === "back") tree.focus(tree.current);
  else if (button.dataset.rv === "to-tree" || button.dataset.rv === "proposals") {
    event.preventDefault();
    if (button.dataset.rv === "to-tree") tree.focus(tree.current);
    else proposals(button);
  }
});

// The draft is made of what was saved: what is still open or under way goes first.
head.form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(head.timer);
  const ready = await desk.run(() => tree.editor.save());
  if (ready && !desk.failed) {
    leaving = true;
    head.form.submit();
  }
});

let leaving = false;
addEventListener("beforeunload", (event) => {
  if (!leaving && (tree.editor.dirty || head.dirty || desk.failed)) event.preventDefault();
});

root.dataset.ready = "";
