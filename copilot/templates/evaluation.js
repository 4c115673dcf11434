"use strict";
{
  const filter = document.querySelector(".filter");
  const cases = [...document.querySelectorAll(".case")];
  const apply = () => {
    const show = filter.elements.show.value;
    const words = filter.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of cases) {
      const visible = (show === "all" || each.classList.contains(show)) && words.every((word) => each.dataset.words.includes(word));
      each.hidden = !visible;
      shown += visible;
    }
    document.querySelector(".empty").hidden = shown > 0;
  };
  filter.addEventListener("input", apply);
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) { filter.elements.show.value = "all"; named.open = true; }
  else if (!cases.some((each) => each.classList.contains("wrong"))) filter.elements.show.value = "all";
  apply();
  if (named) named.scrollIntoView();
}
