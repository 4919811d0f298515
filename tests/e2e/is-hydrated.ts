/** In the page: React has taken over what the server painted. Before that a click on it is lost. */
export const isHydrated = () =>
  [...document.querySelectorAll("button, input, select, form")].every((element) =>
    Object.keys(element).some((key) => key.startsWith("__reactProps")),
  );
