// @ts-check
/** Filtering of findings, their keys, and links that lead to one that is hidden. */

const section = document.getElementById("findings");
if (section) enhance(section);

/** @param {HTMLElement} section */
function enhance(section) {
  const tools = section.querySelector(".tools");
  const field = tools?.querySelector("input");
  const told = tools?.querySelector("output");
  if (!(tools instanceof HTMLElement) || !field || !told) return;
  const buttons = [...tools.querySelectorAll("button")];
  const selects = [...tools.querySelectorAll("select")];
  const files = [...section.querySelectorAll("details")].map(readFile);
  const total = files.reduce((sum, { findings }) => sum + findings.length, 0);
  let severity = "";

  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    /** @type {Record<string, string>} */
    const wanted = { severity };
    for (const { dataset, value } of selects) wanted[dataset.key ?? ""] = value;
    const isAll = words.length === 0 && Object.values(wanted).every((value) => value === "");
    let count = 0;
    for (const { element, path, language, findings } of files) {
      let inFile = 0;
      for (const { element, text, data } of findings) {
        const isIn = (!wanted.language || wanted.language === language) &&
          ["severity", "category", "rule"].every((key) =>
            !wanted[key] || wanted[key] === data[key]
          ) &&
          words.every((word) => text.includes(word) || path.includes(word));
        element.hidden = !isIn;
        if (isIn) inFile++;
      }
      element.hidden = inFile === 0 && !isAll;
      count += inFile;
    }
    const all = total.toLocaleString("en");
    told.textContent = count === total
      ? `${all} findings`
      : `${count.toLocaleString("en")} of ${all}`;
    const none = section.querySelector(".none");
    if (none instanceof HTMLElement) none.hidden = count > 0 || isAll;
  };

  /** @param {string} value */
  const choose = (value) => {
    severity = value;
    for (const one of buttons) {
      one.setAttribute("aria-pressed", `${one.dataset.severity === value}`);
    }
  };
  const clear = () => {
    field.value = "";
    for (const one of selects) one.value = "";
    choose("");
  };

  field.addEventListener("input", show);
  for (const one of selects) one.addEventListener("input", show);
  for (const one of buttons) {
    one.addEventListener("click", () => {
      choose(one.dataset.severity ?? "");
      show();
    });
  }
  // The number of a rule's findings shows these.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("[data-show]") : null;
    if (!(link instanceof HTMLElement)) return;
    clear();
    const rule = selects.find(({ dataset }) => dataset.key === "rule");
    if (rule) rule.value = link.dataset.show ?? "";
    show();
  });
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !section.contains(target) || target === section) return;
    if (target.hidden || target.closest("[hidden]")) {
      clear();
      show();
    }
    const file = target.closest("details");
    if (file) file.open = true;
    // At once: what is on the way has no height before it is seen.
    target.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", reveal);
  section.addEventListener("keydown", (event) => step(section, event));
  for (const hidden of [tools, section.querySelector(".keys")]) {
    if (hidden instanceof HTMLElement) hidden.hidden = false;
  }
  show();
  reveal();
}

/** @param {HTMLDetailsElement} element */
function readFile(element) {
  return {
    element,
    path: (element.querySelector("h3")?.textContent ?? "").toLowerCase(),
    language: element.dataset.language,
    findings: [...element.querySelectorAll("article")].map((element) => (
      { element, data: element.dataset, text: (element.textContent ?? "").toLowerCase() }
    )),
  };
}

/**
 * `j` goes to the next finding that is shown, `k` to the one before.
 *
 * @param {HTMLElement} section
 * @param {KeyboardEvent} event
 */
function step(section, { key, target, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey || key !== "j" && key !== "k") return;
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
  const shown = [...section.querySelectorAll("details[open]:not([hidden]) article:not([hidden])")];
  const place = target instanceof Node ? target : section;
  const current = shown.findIndex((one) => one.contains(place));
  const next = current >= 0
    ? shown[current + (key === "j" ? 1 : -1)]
    : shown.find((one) =>
      place === section || place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
    );
  if (next instanceof HTMLElement) next.focus();
}
