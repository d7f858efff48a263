// @ts-check
/** The switch of the theme; it holds as long as the page is open. */
const theme = document.querySelector(".theme");
if (theme instanceof HTMLElement) {
  theme.hidden = false;
  theme.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    document.documentElement.dataset.theme = target.dataset.theme;
    for (const button of theme.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", `${button === target}`);
    }
  });
}

/** On paper nothing can be opened. */
const closed = new Set();
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.setAttribute("open", "");
    closed.add(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of closed) details.removeAttribute("open");
  closed.clear();
});
