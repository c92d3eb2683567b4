// The guide on another website: links marked data-guide open it in a dialog. Without script they are plain links to it.
// <script src="https://THE-GUIDE/chat/embed.js" defer></script>   <a data-guide href="https://THE-GUIDE/chat/">Ask the guide</a>
(() => {
  const HERE_WITHIN = 4000; // milliseconds; a guide that is away cannot show its numbers in a frame
  const home = new URL(document.currentScript.src).origin;
  let opener = null;
  let frame = null;
  let wait = 0;

  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "Guide");
  Object.assign(dialog.style, {
    width: "min(100vw, 30rem)", height: "min(100vh, 50rem)", maxWidth: "100vw", maxHeight: "100vh", padding: "0",
    border: "2px solid", borderRadius: "8px", overflow: "hidden", background: "Canvas", color: "CanvasText",
  });
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close the guide";
  Object.assign(close.style, { display: "block", width: "100%", minHeight: "44px", font: "inherit", cursor: "pointer" });
  close.addEventListener("click", () => dialog.close());
  dialog.append(close);

  // The frame goes with the dialog: a guide out of sight holds no conversation.
  dialog.addEventListener("close", () => {
    clearTimeout(wait);
    frame.remove();
    frame = null;
    opener.focus();
  });

  function open(link) {
    opener = link;
    frame = document.createElement("iframe");
    frame.src = link.href.startsWith(`${home}/chat/`) ? link.href : `${home}/chat/`; // with the language that the link names
    frame.title = "Guide";
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "no-referrer";
    Object.assign(frame.style, { display: "block", width: "100%", height: "calc(100% - 44px)", border: "0" });
    dialog.append(frame);
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
    frame.focus();
    const { src } = frame;
    wait = setTimeout(() => location.assign(src), HERE_WITHIN); // there the web server shows them
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-guide]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !dialog.showModal) return;
    event.preventDefault();
    open(link);
  });

  // Shift three times leaves from our button too: the guide counts, and hears here which keys it did not get.
  for (const type of ["keydown", "keyup"]) {
    dialog.addEventListener(type, ({ key, repeat, ctrlKey, altKey, metaKey }) => {
      frame?.contentWindow.postMessage({ guide: "key", type, key: key === "Shift" ? key : "", repeat, ctrlKey, altKey, metaKey }, home);
    });
  }

  // Escape in the guide closes it; “Leave quickly” takes this page away too. Only our own frame is listened to.
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home) return;
    if (event.data?.guide === "here") clearTimeout(wait);
    if (event.data?.guide === "close") dialog.close();
    if (event.data?.guide !== "leave" || !/^https:\/\//.test(event.data.to)) return;
    document.title = "Loading";
    document.body.replaceChildren();
    location.replace(event.data.to);
  });
})();
