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
