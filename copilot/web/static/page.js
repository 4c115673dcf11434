// The page works with plain forms and htmx; this adds only what a form cannot do.
(() => {
  "use strict";
  const form = document.getElementById("asking");
  if (!form) return;
  const question = form.elements.question;
  const answers = document.getElementById("answers");
  const examples = document.getElementById("examples");
  const thread = document.getElementById("thread-note");

  // Enter sends, as in chat; shift and enter makes a new line.
  question.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  document.addEventListener("click", (event) => {
    const example = event.target.closest("[data-example]");
    if (example) {
      question.value = example.textContent.trim();
      form.requestSubmit();
    }
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    question.value = "";
    if (examples) examples.hidden = true;
    thread.hidden = false;
  });

  // Who reads with a screen reader or the keyboard lands on the verdict, and on a phone it comes to the top.
  // A card that a model phrased anew takes the focus only from the card in whose place it comes.
  const narrow = matchMedia("(max-width: 34rem)");
  let within = false;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    within = event.detail.target.contains(document.activeElement);
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const card = event.target.matches(".card") ? event.target : event.target.querySelector(".card");
    const verdict = card && card.querySelector("h2");
    const phrased = event.detail.pathInfo.requestPath.startsWith("/phrased/");
    if (!verdict || (phrased && !within)) return;
    verdict.focus({ preventScroll: true });
    if (!phrased) (narrow.matches ? card : verdict).scrollIntoView({ block: narrow.matches ? "start" : "nearest" });
  });

  const askAgain = () => {
    question.focus();
    form.scrollIntoView({ block: "nearest" });
  };
  document.getElementById("follow-up").addEventListener("click", askAgain);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !thread.hidden) askAgain();
  });

  // The role stays after a reload, and goes along to the other pages.
  form.addEventListener("change", (event) => {
    if (event.target.tagName !== "SELECT") return;
    const chosen = Array.from(form.querySelectorAll("select"), (each) => [each.name, each.value]);
    const withChosen = (address) => {
      for (const [name, value] of chosen) address.searchParams.set(name, value);
      return address.href;
    };
    history.replaceState(null, "", withChosen(new URL(location.href)));
    for (const link of document.querySelectorAll("nav a")) link.href = withChosen(new URL(link.href));
  });

  const failed = () => {
    const notice = document.createElement("article");
    notice.className = "card trouble";
    notice.setAttribute("role", "alert");
    notice.append(Object.assign(document.createElement("h2"), { textContent: answers.dataset.failed }));
    answers.prepend(notice);
  };
  document.body.addEventListener("htmx:sendError", failed);
  document.body.addEventListener("htmx:responseError", failed);

  document.getElementById("next-customer").addEventListener("click", () => {
    form.elements.thread.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0")).join("");
    answers.replaceChildren();
    if (examples) examples.hidden = false;
    thread.hidden = true;
    askAgain();
  });
})();
