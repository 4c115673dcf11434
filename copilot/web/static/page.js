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

  // Who reads with a screen reader or the keyboard lands on the verdict.
  document.body.addEventListener("htmx:afterSettle", () => {
    const verdict = answers.querySelector(".card h2");
    if (verdict) verdict.focus({ preventScroll: true });
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
    question.focus();
  });
})();
