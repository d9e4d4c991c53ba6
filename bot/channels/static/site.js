/* Questions of the page, asked in the chat: an example of window.QuebecVilleEtudes. Without the widget, they stay plain text. */
(function () {
  function asks(element) {
    const question = element.dataset.ask;
    element.addEventListener("click", () => {
      const chat = window.QuebecVilleEtudes;
      if (!chat) return;
      if (question) chat.ask(question);
      else chat.open();
    });
  }

  for (const button of document.querySelectorAll("button[data-ask]")) {
    button.hidden = false;
    asks(button);
  }
  for (const item of document.querySelectorAll("li[data-ask]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.ask = item.dataset.ask;
    button.append(...item.childNodes);
    item.append(button);
    asks(button);
  }
})();
